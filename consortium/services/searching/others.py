"""What else is sought: the words of the glossary that mean the same in another language."""

from collections.abc import Sequence

from consortium.services.searching.sought import Unit
from consortium.texts.glossary import Glossary
from consortium.texts.stems import stem_row


def also_sought(units: Sequence[Unit], glossary: Glossary) -> tuple[tuple[str, str], ...]:
    """List the words that are found as well, each with its language before it; none that were typed themselves."""
    own = {way for unit in units for way in unit.own}
    others: dict[tuple[str, str], None] = {}
    for entry in glossary.entries:
        ways = {tag: tuple(stem_row(said, tag)) for tag, said in entry.words.items()}
        if own & set(ways.values()):
            others |= {(tag, entry.words[tag]): None for tag, way in ways.items() if way not in own}
    said = {words.casefold(): (tag, words) for tag, words in reversed(others)}
    return tuple(reversed(said.values()))
