"""Words: what is said in one place of a document, in each of its languages."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """Why words are not quite what the reader should get."""

    FALLBACK = "fallback"
    OUTDATED = "outdated"
    MACHINE_DRAFT = "machine_draft"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words in one language.

    :ivar language: BCP 47 tag of ``words``; for a fallback, the language that it really is
    :ivar mark: why the words are not quite what was asked for, if so
    :ivar note: the mark in words, in the language that was asked for ("på svensk"); empty where the words say it
    :ivar sign: name of a sign drawn before the words: ``state.on_track``, ``trend.better``
    """

    words: str
    language: str
    mark: Mark | None = None
    note: str = ""
    sign: str = ""


#: one phrase for each language of the document in its order, or a single one where all languages say the same
Words = tuple[Phrase, ...]
