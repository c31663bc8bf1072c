"""Words as they are kept: one normal form, and a fingerprint."""

import hashlib
import re
import unicodedata

from consortium.errors import InvalidValue, UnusableText
from consortium.i18n.message import _

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x85]")

#: control signs but tab and line end, half characters, and what XML cannot hold
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def digest(words: str) -> str:
    """Return a short fingerprint of ``words``: the first 16 hex digits of their SHA-256."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def normal_words(words: str) -> str:
    """Write ``words`` in their normal form: NFC, plain line ends, no space around.

    :raises UnusableText: if there are control signs or half characters in them
    """
    tidy = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", words).replace("\ufeff", ""))
    if found := _UNUSABLE.search(tidy):
        told = _("The text holds a sign that cannot be kept (U+{code}). Delete it and write it anew.")
        raise UnusableText(told.fill(code=f"{ord(found[0]):04X}"))
    return "\n".join(line.rstrip() for line in tidy.split("\n")).strip()


def some_words(words: str) -> str:
    """Write ``words`` in their normal form, and insist that there are any.

    :raises InvalidValue: if there are none
    """
    tidy = normal_words(words)
    if not tidy:
        raise InvalidValue(_("A text cannot be empty. To take a translation away, remove it instead of emptying it."))
    return tidy
