"""Says a thing in each language of a document: the one way from facts to words."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from consortium.documents.blocks import Paragraph
from consortium.documents.noted import noted, settled
from consortium.documents.words import Mark, Phrase, Words
from consortium.i18n.dates import format_date
from consortium.i18n.language import interface_language, language_name
from consortium.i18n.message import LanguageName, Message, _
from consortium.i18n.numbers import Money, format_money, format_number
from consortium.texts import Reading, Text, TextState, term
from consortium.texts.terms import Form

#: what stands in the place of a text that a language lacks: its words in another language, or a mark
Missing = Literal["fallback", "mark"]

#: how each language says that a text is in another one
_IN = {
    "nb": _("in Norwegian (Bokmål)"),
    "nn": _("in Norwegian (Nynorsk)"),
    "sv": _("in Swedish"),
    "en": _("in English"),
}
#: what has few different values, so that it is worth remembering how a sentence says them: days, ages in days, counts
_FEW = frozenset({date, int})
#: the two that everybody reads who reads one of them
NORWEGIAN = frozenset({"nb", "nn"})

_MARKS = {
    TextState.OUTDATED: (Mark.OUTDATED, _("the original has changed since")),
    TextState.MACHINE_DRAFT: (Mark.MACHINE_DRAFT, _("machine draft, not reviewed")),
}


@dataclass(frozen=True)
class Speech:
    """Says things in one language or in two.

    :ivar languages: tags, in the order in which they stand
    :ivar missing: what stands in the place of a text that a language lacks
    :ivar is_kin: readers of one Norwegian read the other too, so that a text in it needs no note
    """

    languages: tuple[str, ...]
    missing: Missing = "fallback"
    is_kin: bool = False
    _said: dict[Hashable, Words] = field(default_factory=dict, repr=False, compare=False)

    def say(self, message: Message) -> Words:
        """Say a message of the interface; a text in it that is not in the right words is followed by a note."""
        if message.words and _FEW.issuperset(map(type, message.values.values())):
            return self._once((message, *message.values.values()), message.say)
        whole = noted(message, self._note)
        return self._each(whole.say if whole is message else lambda language: settled(whole.say(language)))

    def _note(self, reading: Reading, asked: str) -> str:
        if reading.is_fallback and self.missing == "mark":
            return _("missing in {language}").fill(language=LanguageName(asked)).say(asked)
        return _phrase(reading, asked).note  # within a sentence words have no language of their own, so it is said

    def plain(self, words: str) -> Words:
        """Say figures, signs and proper names, which are the same in every language."""
        return (Phrase(words, self.languages[0]),)

    def day(self, day: date, width: str = "long") -> Words:
        """Write a day."""
        return self._once((day, width), lambda language: format_date(day, language, width))

    def number(self, number: Decimal | int | None) -> Words:
        """Write a number; a dash for none."""
        if number is None:
            return self.plain("–")
        return self._once((number, "number"), lambda language: format_number(number, language))

    def money(self, money: Money) -> Words:
        """Write an amount with its currency."""
        return self._each(lambda language: format_money(money, language))

    def term(self, group: str, code: str, form: Form = "common", *, sign: bool = False) -> Words:
        """Say what a code is called, with its sign before it if asked for."""
        key = (group, code, form, sign)
        if key not in self._said:
            said = self._each(lambda language: term(group, code, language, form))
            self._said[key] = self.signed(f"{group}.{code}", said) if sign else said
        return self._said[key]

    def capital(self, words: Words) -> Words:
        """Let words begin with a capital, as a label does."""
        return tuple(replace(phrase, words=phrase.words[:1].upper() + phrase.words[1:]) for phrase in words)

    def signed(self, sign: str, words: Words) -> Words:
        """Put a sign before words."""
        return tuple(replace(phrase, sign=sign) for phrase in words)

    def read(self, text: Text) -> Words:
        """Read a text; a fallback, an outdated or an unreviewed version is marked as such. Empty for an empty text."""
        return _merged(tuple([self._phrase(found, tag) for tag in self.languages if (found := text.read(tag))]))

    def _phrase(self, reading: Reading, asked: str) -> Phrase:
        if reading.is_fallback and self.missing == "mark":
            told = _("The text is missing in {language}.").fill(language=LanguageName(asked))
            return Phrase(told.say(asked), interface_language(asked), Mark.MISSING)
        return self._marked(reading, asked)

    def _marked(self, reading: Reading, asked: str) -> Phrase:
        if self.is_kin and {reading.language, asked} <= NORWEGIAN:
            reading = replace(reading, is_fallback=False)
        return _phrase(reading, asked)

    def title(self, text: Text) -> Words:
        """Read a title; a fallback that already stands beside itself is not said again.

        Where a mark stands for a missing text, the title stays, for without it nobody could tell what is spoken of.
        """
        if self.missing == "mark":
            return _merged(tuple(self._titled(found, tag) for tag in self.languages if (found := text.read(tag))))
        phrases = self.read(text)
        own = {(phrase.words, phrase.language) for phrase in phrases if phrase.mark is not Mark.FALLBACK}
        return tuple(
            phrase
            for phrase in phrases
            if phrase.mark is not Mark.FALLBACK or (phrase.words, phrase.language) not in own
        )

    def _titled(self, reading: Reading, asked: str) -> Phrase:
        if reading.is_fallback:
            return Phrase(reading.words, reading.language, Mark.MISSING, self._note(reading, asked))
        return self._marked(reading, asked)

    def name(self, text: Text) -> Words:
        """Read a name: proper names stay as they are, so that a missing translation is no fallback worth a mark."""
        phrases = tuple(
            Phrase(reading.words, reading.language) for tag in self.languages if (reading := text.read(tag))
        )
        return _merged(phrases)

    def listed(self, names: Iterable[Words]) -> Words:
        """Put names after each other with commas, in each language."""
        whole = [words for words in names if words]
        if len(whole) == 1:
            return whole[0]
        columns = [tuple(words[min(place, len(words) - 1)] for words in whole) for place in range(len(self.languages))]
        joined = (
            Phrase(", ".join(p.words for p in column), _common_language(column, tag))
            for column, tag in zip(columns, self.languages, strict=True)
        )
        return _merged(tuple(joined))

    def paragraphs(self, text: Text, label: Message | None = None) -> tuple[Paragraph, ...]:
        """Read a text paragraph by paragraph, each beside its twin; the first one carries the label."""
        whole = self.read(text)
        if not whole:
            return ()
        said = self.say(label) if label else ()
        if not any("\n\n" in phrase.words for phrase in whole):
            return (Paragraph(whole, said),)
        parts = [[replace(phrase, words=words) for words in _split(phrase.words)] for phrase in whole]
        longest = max(map(len, parts))
        rows = [tuple(_part(part, place) for part in parts) for place in range(longest)]
        return tuple(Paragraph(row, said if place == 0 else ()) for place, row in enumerate(rows))

    def _once(self, what: Hashable, speak: Callable[[str], str]) -> Words:
        """Remember how a thing is said that is said many times."""
        if what not in self._said:
            self._said[what] = self._each(speak)
        return self._said[what]

    def _each(self, speak: Callable[[str], str]) -> Words:
        return _merged(tuple(Phrase(speak(language), interface_language(language)) for language in self.languages))


def _phrase(reading: Reading, asked: str) -> Phrase:
    if reading.is_fallback:
        known = _IN.get(reading.language.split("-")[0])
        note = (
            known.say(asked)
            if known
            else _("in {language}").fill(language=language_name(reading.language, asked)).say(asked)
        )
        return Phrase(reading.words, reading.language, Mark.FALLBACK, note)
    if found := _MARKS.get(reading.state):
        mark, message = found
        return Phrase(reading.words, reading.language, mark, message.say(asked))
    return Phrase(reading.words, reading.language)


def _merged(phrases: Words) -> Words:
    """Keep a single phrase where all languages say the same, so that nothing is read twice."""
    if not phrases:
        return phrases
    first = phrases[0]
    for other in phrases[1:]:
        if other.words != first.words or other.mark is not first.mark:
            return phrases
    return phrases if first.mark else (first,)


def _part(parts: list[Phrase], place: int) -> Phrase:
    """Take one paragraph of a text; what is to be said of the whole is said at the first one."""
    if place >= len(parts):
        return replace(parts[0], words="", mark=None, note="")
    return parts[place] if place == 0 or parts[0].mark is Mark.FALLBACK else replace(parts[place], mark=None, note="")


def _split(words: str) -> list[str]:
    return [part.strip() for part in words.split("\n\n") if part.strip()]


def _common_language(column: tuple[Phrase, ...], asked: str) -> str:
    """Choose the language of a list of names: theirs if they agree, else the reader's."""
    tags = {phrase.language for phrase in column}
    return tags.pop() if len(tags) == 1 else asked
