"""Excerpts: the words around what was found, which is a piece of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from consortium.models.dialect import COMPOUND
from consortium.services.searching.sought import Unit
from consortium.texts.stems import stem_row

#: about as many characters are shown before and after what was found first
BEFORE, AFTER = 60, 180

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of an excerpt, and whether they are what was sought."""

    words: str
    is_found: bool = False


def excerpt(words: str, language: str, units: Sequence[Unit]) -> tuple[Piece, ...]:
    """Cut what stands around the first word that was found out of ``words``, with “…” where something is left out.

    :param language: by whose endings the words are known again
    """
    sought = frozenset(stem for unit in units for way in unit.ways for stem in way)
    first = next(_found(words, 0, len(words), language, sought), None)
    start = _at_a_word(words, max(0, (first.start() if first else 0) - BEFORE))
    end = _at_a_word(words, min(len(words), (first.end() if first else 0) + AFTER))
    spans = {each.span() for each in _found(words, start, end, language, sought)}
    pieces = [("…", False)] if start else []
    pieces += _cut(words, start, end, spans)
    pieces += [("…", False)] if end < len(words) else []
    return tuple(
        Piece("".join(part for part, _is_found in own), is_found)
        for is_found, own in groupby(pieces, key=lambda each: each[1])
    )


def _found(words: str, start: int, end: int, language: str, sought: frozenset[str]) -> Iterator[re.Match[str]]:
    """Walk the words with a stem that is sought, or that begins with one: they are compounds then."""
    beginnings = tuple(stem for stem in sought if len(stem) >= COMPOUND)
    for each in _WORD.finditer(words, start, end):
        if any(stem in sought or stem.startswith(beginnings) for stem in _stems(each.group(), language)):
            yield each


@lru_cache(maxsize=20_000)
def _stems(word: str, language: str) -> tuple[str, ...]:
    return tuple(stem_row(word, language))


def _at_a_word(words: str, place: int) -> int:
    """Move a place to the beginning of the word in which it is, unless that is a long way off."""
    space = words.rfind(" ", max(0, place - 30), place)
    return place if place in {0, len(words)} or space < 0 else space + 1


def _cut(words: str, start: int, end: int, spans: set[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    place = start
    for first, last in sorted(spans):
        yield words[place:first], False
        yield words[first:last], True
        place = last
    yield words[place:end], False
