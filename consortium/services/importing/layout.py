"""What a column and a sheet of a workbook are, in every language.

A column has a machine name (``title.nb``), by which CSV
files of ours are written, and a heading in each language of the interface, by which people's files are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from consortium.errors import InvalidValue
from consortium.i18n.language import INTERFACE_LANGUAGES, normal_tag
from consortium.i18n.message import Message, _
from consortium.i18n.sorting import fold
from consortium.plugins import front_desk

#: the heading of a text in one language, as people read it and as machines do
_SPOKEN = re.compile(r"(?P<name>[^(]+?)\s*\((?P<tag>[^)]+)\)\s*(?:[–-]\s*(?P<basis>.+))?")
_WRITTEN = re.compile(r"(?P<name>[a-z_]+)\.(?P<tag>[A-Za-z0-9-]+)(?:\.(?P<basis>based_on))?")


class Kind(StrEnum):
    """What a cell holds."""

    KEY = "key"
    PLAIN = "plain"
    WORDS = "words"
    LANGUAGE = "language"
    LANGUAGES = "languages"
    CODE = "code"
    DATE = "date"
    NUMBER = "number"
    MEASURE = "measure"
    WHOLE = "whole"
    ONE = "one"
    MANY = "many"
    IDENTIFIER = "identifier"


#: what a spreadsheet keeps as a number
NUMBERS = frozenset({Kind.NUMBER, Kind.MEASURE, Kind.WHOLE})


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    :ivar name: of the field, and of the column in files of ours
    :ivar group: of codes in the term base, for a code; name of the sheet, for a reference; kind, for an identifier
    :ivar language: of the words in it, for one of the columns of a text
    :ivar is_basis: tells a column that holds the earlier source words a translation was made from
    """

    name: str
    kind: Kind
    heading: Message
    note: Message
    required: bool = False
    group: str = ""
    language: str = ""
    is_basis: bool = False

    @cached_property
    def machine_name(self) -> str:
        """Its name in files of ours: ``title.nb``, ``title.nb.based_on``."""
        parts = (
            self.name,
            self.language or (self.group if self.kind is Kind.IDENTIFIER else ""),
            "based_on" if self.is_basis else "",
        )
        return ".".join(filter(None, parts))

    def title(self, language: str) -> str:
        """Its heading for a reader of ``language``."""
        heading = self.heading.say(language)
        if not self.language:
            return heading
        basis = f" – {_('based on').say(language)}" if self.is_basis else ""
        return f"{heading} ({self.language}){basis}"

    def in_language(self, tag: str, *, is_basis: bool = False) -> "Column":
        """Return the column of this text for one language."""
        return replace(self, language=tag, is_basis=is_basis, required=self.required and not is_basis)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name for machines, its title for people, its columns."""

    name: str
    heading: Message
    columns: tuple[Column, ...]

    def spread(self, tags: tuple[str, ...], *, bases: frozenset[str] = frozenset()) -> Iterator[Column]:
        """Walk the columns with every text in its languages; ``bases`` are machine names of bases to include."""
        for column in self.columns:
            if column.kind is Kind.IDENTIFIER:
                yield from _identifiers(column)
            elif column.kind is not Kind.WORDS:
                yield column
            else:
                for tag in tags:
                    yield column.in_language(tag)
                    basis = column.in_language(tag, is_basis=True)
                    if basis.machine_name in bases:
                        yield basis

    def find(self, heading: str) -> Column | None:
        """Find the column that ``heading`` names, in any language or by its machine name."""
        tidy = fold(heading)
        for column in self.columns:
            if column.kind is Kind.IDENTIFIER:
                found = next((each for each in _identifiers(column) if tidy in _names(each)), None)
            elif column.kind is Kind.WORDS:
                found = _find_words(column, heading)
            else:
                found = column if tidy in _names(column) else None
            if found:
                return found
        return None


def _identifiers(column: Column) -> Iterator[Column]:
    """Make a column of every kind of identifier that the plugins bring."""
    for kind in front_desk().identifier_kinds.values():
        yield replace(column, heading=kind.title, group=kind.key)


def _names(column: Column) -> set[str]:
    return {fold(column.machine_name), *(fold(column.title(language)) for language in INTERFACE_LANGUAGES)}


def _find_words(column: Column, heading: str) -> Column | None:
    """Read ``Tittel (sv)``, ``title.sv`` or ``Tittel (sv) – grunnlag``."""
    found = _SPOKEN.fullmatch(heading.strip()) or _WRITTEN.fullmatch(heading.strip())
    names = {fold(column.name), *(fold(column.heading.say(language)) for language in INTERFACE_LANGUAGES)}
    if not found or fold(found["name"]) not in names:
        return None
    bases = {"", "based_on", *(fold(_("based on").say(language)) for language in INTERFACE_LANGUAGES)}
    if fold(found["basis"] or "") not in bases:
        return None
    try:
        return column.in_language(normal_tag(found["tag"]), is_basis=bool(found["basis"]))
    except InvalidValue:
        return None
