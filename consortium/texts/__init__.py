"""Bilingual text: the words in each language, where they come from, and whether they still agree."""

from consortium.texts.difference import Piece, word_difference
from consortium.texts.terms import term, terms
from consortium.texts.text import Text, told
from consortium.texts.version import Reading, TextState, Version
from consortium.texts.words import normal_words

__all__ = [
    "Piece",
    "Reading",
    "Text",
    "TextState",
    "Version",
    "normal_words",
    "term",
    "terms",
    "told",
    "word_difference",
]
