"""Lines that stand at the head of a letter: none of them can begin another one."""

import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from consortium.errors import InvalidValue
from consortium.i18n.message import _

#: the longest line, such as a subject
LONGEST_LINE = 200

#: how often words can be hidden in each other before nobody means them
_DEEPEST = 5

#: kinds of signs that break a line or steer a machine; and those that turn the direction of writing
_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def known_line(words: str) -> str:
    """Return words that may stand at the head of a letter: what they say when every mail program has decoded them.

    :raises InvalidValue: if there is a line break or another control sign in them, hidden or not, or they are too long
    """
    said = words
    for _round in range(_DEEPEST):
        _refuse_breaks(said)
        decoded = _decoded(said)
        if decoded == said:
            break
        said = decoded
    tidy = " ".join(unicodedata.normalize("NFC", said).split())
    if "=?" in tidy or len(tidy) > LONGEST_LINE:
        told = _("“{words}” cannot stand at the head of a letter. Write it shorter and in plain words.")
        raise InvalidValue(told.fill(words=shown(words)), "subject")
    return tidy


def shown(words: str) -> str:
    """Show words that could do harm where they are shown: in plain signs, and not too many."""
    return ascii(words)[1:-1][:80]


def _refuse_breaks(words: str) -> None:
    if any(unicodedata.category(sign) in _BREAKING or sign in _TURNING for sign in words):
        told = _("The head of a letter is one line; “{words}” has a line break or a control sign in it. Take it out.")
        raise InvalidValue(told.fill(words=shown(words)), "subject")


def _decoded(words: str) -> str:
    """Decode what is encoded for the mail; words that cannot be decoded stay as they are."""
    if "=?" not in words:
        return words
    try:
        return str(make_header(decode_header(words)))
    except (HeaderParseError, LookupError, ValueError):
        return words
