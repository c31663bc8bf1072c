"""Makes the key of a record that was given none."""

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import aliased

from consortium.models import Consortium, Record
from consortium.services.parts import Part

#: the letters that do not come apart into a letter and a mark
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})

#: as long as a made key is at most, without its number
LONGEST = 40


def slug(words: str) -> str:
    """Write ``words`` as a key: small letters and figures with hyphens between them."""
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def like(kind: type[Record], wanted: str, *, home: Consortium) -> Part:
    """Choose the keys that begin like ``wanted``."""
    own: Any = aliased(kind)
    return Part(own, (own.consortium_id == home.id, own.key.startswith(wanted, autoescape=True)), shown=own.key)


def free_key(wanted: str, taken: Collection[str], *, joint: str = "-") -> str:
    """Return ``wanted``, or with a number behind it where it is among those that are taken."""
    keys = (wanted, *(f"{wanted}{joint}{number}" for number in range(2, len(taken) + 3)))
    return next(key for key in keys if key not in taken)
