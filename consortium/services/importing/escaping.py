"""Writes words so that neither a spreadsheet nor the import takes them for something else, and reads them again."""

import re

#: what people write to take a value away; the hyphen, because few keyboards have a dash
GONE = frozenset({"–", "-", "—"})

#: what stands in a cell whose formula failed, where the file does not say so itself
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})

#: with what a formula begins, for one spreadsheet or another
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: a sign that says nothing and that no text keeps
_MARK = "\ufeff"

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

#: before what looks like an escaped sign
_BEFORE = re.compile(r"(?=_x[0-9A-Fa-f]{4}_)")

#: within what looks like one, or like the half of one that openpyxl drops
_WITHIN = re.compile(r"(?<=_x)(?=[0-9A-Fa-f]{4}_)|(?<=x)(?=005F_)")


def is_gone(raw: object) -> bool:
    """Tell whether a cell says that a value is taken away; an escaped dash is a text."""
    return str(raw).strip() in GONE


def in_csv(words: str) -> str:
    """Escape what looks like an escaped sign, and the first sign of a formula, a failed one or nothing but a dash."""
    written = _BEFORE.sub("_x005F", words)
    if written.startswith(_FORMULA) or written in GONE | ERRORS:
        return f"_x{ord(written[0]):04X}_{written[1:]}"
    return written


def in_workbook(words: str) -> str:
    """Mark nothing but a dash or the name of an error, and what looks like an escaped sign, with a sign that is not seen.

    Escaping does not do there: a spreadsheet undoes it on saving.
    """
    return words + _MARK if words in GONE | ERRORS else _WITHIN.sub(_MARK, words)


def unescaped(words: str) -> str:
    """Write escaped signs as what they are."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words)
