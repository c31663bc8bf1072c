"""What is sought: words, and what the glossary calls them in other languages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.texts.glossary import Glossary
from consortium.texts.stems import stem_row

#: the languages by whose endings a word is known again; Nynorsk has those of Bokmål, and the first is for names
LANGUAGES = ("", "nb", "sv", "en")

#: nobody seeks for more
MOST_LETTERS, MOST_WORDS = 400, 20

#: one or several stems that must stand together
Way = tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A word or a term that must be found.

    :ivar own: its stems, by each language's endings
    :ivar ways: these, and those of what the glossary calls it in any language
    """

    own: tuple[Way, ...]
    ways: tuple[Way, ...]


def units_of(words: str, glossary: Glossary) -> tuple[Unit, ...]:
    """Divide what was typed into the words and terms that must all be found; none where there are no letters.

    :raises InvalidValue: if it is too long
    """
    rows = [tuple(stem_row(known_words(words), language)) for language in LANGUAGES]
    terms = _terms(glossary)
    return tuple(_units(rows, terms, longest=max(map(len, terms), default=1)))


def known_words(words: str) -> str:
    """Insist that what was typed is no longer than a search can be.

    :raises InvalidValue: if it is
    """
    if len(words) > MOST_LETTERS or len(words.split()) > MOST_WORDS:
        told = _("A search has at most {words} words and {letters} characters. Leave out some of them.")
        raise InvalidValue(told.fill(words=MOST_WORDS, letters=MOST_LETTERS), "words")
    return words


def _units(rows: list[Way], terms: Mapping[Way, set[Way]], *, longest: int) -> Iterator[Unit]:
    start, end = 0, len(rows[0])
    while start < end:
        for stop in range(min(start + longest, end), start, -1):
            own = {row[start:stop] for row in rows}
            others = {way for each in own for way in terms.get(each, ())}
            if others or stop == start + 1:
                yield Unit(tuple(sorted(own)), tuple(sorted(own | others)))
                start = stop
                break


def _terms(glossary: Glossary) -> Mapping[Way, set[Way]]:
    """Give the stems of each term all that it is called."""
    found: dict[Way, set[Way]] = defaultdict(set)
    for entry in glossary.entries:
        ways = {way for tag, said in entry.words.items() if (way := tuple(stem_row(said, tag)))}
        for way in ways:
            found[way] |= ways
    return found
