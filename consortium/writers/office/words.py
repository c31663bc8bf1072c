"""Words as pandoc's nodes: each in its own language, with its sign and its mark."""

from collections.abc import Iterator
from dataclasses import dataclass

from consortium.documents import Mark, Phrase, Words
from consortium.i18n.language import interface_language
from consortium.writers.office.look import GLYPHS, STATE_STYLES
from consortium.writers.office.tree import BREAK, Node, emphasis, span, text

#: these marks tell that the words are not those that were asked for
_STANDS_IN = (Mark.FALLBACK, Mark.MISSING)


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """Sets words in a document of ``languages``, the first of which is the language of everything around."""

    languages: tuple[str, ...]

    def said(self, phrase: Phrase, place: int = 0, style: str = "") -> list[Node]:
        """Set a phrase that stands at ``place`` among the languages, with its sign and its mark."""
        language = "" if phrase.language == self.languages[0] else phrase.language
        style = STATE_STYLES.get(phrase.sign, style)
        nodes = text(_with_glyph(phrase))
        if phrase.mark in _STANDS_IN:
            nodes = [emphasis(nodes)]
        said = [span(nodes, style, language)] if style or language else nodes
        return said + self._note(phrase, place) if phrase.note else said

    def _note(self, phrase: Phrase, place: int) -> list[Node]:
        """Set the mark of a phrase in words, in the language of its reader."""
        asked = interface_language(self.languages[place])
        return [*text(" "), span(text(f"({phrase.note})"), "Mark", "" if asked == self.languages[0] else asked)]

    def stacked(self, words: Words) -> list[Node]:
        """Set words line under line, one for each language."""
        return self._joined(words, [BREAK])

    def inline(self, words: Words) -> list[Node]:
        """Set words after each other, with a point between the languages."""
        return self._joined(words, text(" · "))

    def titled(self, title: Words, state: Words, place: int) -> list[Node]:
        """Set what a panel is and its state, in one language."""
        parts = [self.said(words[place], place) for words in (title, state) if place < len(words)]
        return [node for each, part in enumerate(parts) for node in (*(text("  ") if each else ()), *part)]

    def _joined(self, words: Words, joint: list[Node]) -> list[Node]:
        lines = list(self._lines(words))
        return [node for place, line in enumerate(lines) for node in (*(joint if place else ()), *line)]

    def _lines(self, words: Words) -> Iterator[list[Node]]:
        """Set a line for each language; of the same words in the same language only the mark is said again."""
        for place, phrase in enumerate(words):
            if place and (phrase.words, phrase.language) == (words[0].words, words[0].language):
                if phrase.note:
                    yield self._note(phrase, place)[1:]
            else:
                yield self.said(phrase, place, "Second" if place else "")


def _with_glyph(phrase: Phrase) -> str:
    """Put the sign before its word, and room around both where they stand on a tint."""
    glyph = GLYPHS.get(phrase.sign)
    if not glyph:
        return phrase.words
    said = f"{glyph}\u00a0{phrase.words}"
    return f"\u00a0{said}\u00a0" if phrase.sign in STATE_STYLES else said
