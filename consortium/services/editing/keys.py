"""Makes the key of a record that was given none."""

import re
import unicodedata
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.models import Consortium, Record

#: the letters that do not come apart into a letter and a mark
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})

#: as long as a made key is at most, without its number
LONGEST = 40


def slug(words: str) -> str:
    """Write ``words`` as a key: small letters and figures with hyphens between them."""
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")


def free_key(session: Session, *, home: Consortium, kind: type[Record], wanted: str, joint: str = "-") -> str:
    """Return ``wanted``, or with a number behind it where there is already such a key."""
    own: Any = kind
    taken = set(
        session.scalars(
            select(own.key).where(own.consortium_id == home.id, own.key.startswith(wanted, autoescape=True))
        )
    )
    keys = (wanted, *(f"{wanted}{joint}{number}" for number in range(2, len(taken) + 3)))
    return next(key for key in keys if key not in taken)
