"""Stems: what a search compares, so that *samlingen* finds *samling*."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from consortium.i18n.sorting import fold

if TYPE_CHECKING:
    from snowballstemmer.basestemmer import BaseStemmer

_STEMMERS = {"nb": "norwegian", "nn": "norwegian", "sv": "swedish", "en": "english"}
_WORD = re.compile(r"\w+")


def stems(words: str, language: str) -> str:
    """Return the stems of ``words``, sorted, once each, with spaces around every one."""
    name = _STEMMERS.get(language.split("-", maxsplit=1)[0], "")
    found = sorted({_stem(word, name) for word in _WORD.findall(fold(words))})
    return f" {' '.join(found)} " if found else ""


@lru_cache(maxsize=50_000)
def _stem(word: str, name: str) -> str:
    return str(_stemmer(name).stemWord(word)) if name else word


@cache
def _stemmer(name: str) -> "BaseStemmer":
    import snowballstemmer

    return snowballstemmer.stemmer(name)
