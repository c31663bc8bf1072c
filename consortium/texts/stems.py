"""Stems: what a search compares, so that *samlingen* finds *samling*."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from consortium.i18n.sorting import fold

if TYPE_CHECKING:
    from snowballstemmer.basestemmer import BaseStemmer

_STEMMERS = {"nb": "norwegian", "nn": "norwegian", "sv": "swedish", "en": "english"}
_WORD = re.compile(r"\w+")

#: no word of a language is longer, and no index takes all that can be written without a space
LONGEST = 64

#: as many different stems of one text are found again; PostgreSQL holds no more of that length in one vector
MOST_STEMS = 4000


def stems(words: str, language: str) -> str:
    """Return the stems of ``words``, sorted, once each, with spaces around every one."""
    found = sorted(islice(dict.fromkeys(stem_row(words, language)), MOST_STEMS))
    return f" {' '.join(found)} " if found else ""


def marked(found: str, mark: str) -> str:
    """Return stems as :func:`stems` tells them, with ``mark`` before each."""
    return "".join(f" {mark}{stem}" for stem in found.split()) + " " if found else ""


def stem_row(words: str, language: str) -> Iterator[str]:
    """Walk the stems of ``words`` one after the other, as they stand there."""
    name = _STEMMERS.get(language.split("-", maxsplit=1)[0], "")
    return (_stem(word[:LONGEST], name) for word in _WORD.findall(fold(words)))


@lru_cache(maxsize=50_000)
def _stem(word: str, name: str) -> str:
    return str(_stemmer(name).stemWord(word)) if name else word


@cache
def _stemmer(name: str) -> "BaseStemmer":
    import snowballstemmer

    return snowballstemmer.stemmer(name)
