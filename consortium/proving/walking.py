"""Walks a document: all its words, wherever they stand, and what tells two documents apart."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from typing import Any

from consortium.documents import Document, Phrase, Words
from consortium.writers.json import JsonWriter

#: fields of these types hold no words
_PLAIN = (str, int, bool)


def words_in(value: Any) -> Iterator[Words]:
    """Walk all words of a document, a block or anything else that holds some."""
    if isinstance(value, tuple) and value and isinstance(value[0], Phrase):
        yield value
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for each in value:
            yield from words_in(each)
    else:
        kind: Any = type(value)
        for name in _parts(kind):
            yield from words_in(getattr(value, name))


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """Name the fields of a dataclass that can hold words; of anything else there are none."""
    if not is_dataclass(kind):
        return ()
    return tuple(part.name for part in fields(kind) if part.type not in _PLAIN)


def phrases_in(value: object) -> Iterator[Phrase]:
    """Walk all phrases."""
    for words in words_in(value):
        yield from words


def digest_of(document: Document) -> str:
    """Return a SHA-256 of all that a document says, in hex."""
    file = BytesIO()
    JsonWriter().write(document, file)
    return hashlib.sha256(file.getbuffer()).hexdigest()
