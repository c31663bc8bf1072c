"""Words as they are kept: one normal form, and a fingerprint."""

import hashlib
import unicodedata

from consortium.errors import InvalidValue, UnusableText
from consortium.i18n.message import _


def digest(words: str) -> str:
    """Return a short fingerprint of ``words``: the first 16 hex digits of their SHA-256."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def normal_words(words: str) -> str:
    """Write ``words`` in their normal form: NFC, plain line ends, no space around.

    :raises UnusableText: if there are control signs or half characters in them
    """
    tidy = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n"))
    for sign in tidy:
        if (sign < " " and sign not in "\n\t") or sign in "\x7f\ufffe\uffff" or "\ud800" <= sign <= "\udfff":
            raise UnusableText(
                _("The text holds a sign that cannot be kept (U+{code}). Delete it and write it anew.").fill(
                    code=f"{ord(sign):04X}"
                )
            )
    return "\n".join(line.rstrip() for line in tidy.split("\n")).strip()


def some_words(words: str) -> str:
    """Write ``words`` in their normal form, and insist that there are any.

    :raises InvalidValue: if there are none
    """
    tidy = normal_words(words)
    if not tidy:
        raise InvalidValue(_("A text cannot be empty. To take a translation away, remove it instead of emptying it."))
    return tidy
