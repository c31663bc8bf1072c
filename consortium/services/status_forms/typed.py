"""What was typed into the form, read field by field; what cannot be read is a problem at its field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from consortium.errors import ConsortiumError, InvalidValue
from consortium.i18n.dates import parse_date
from consortium.i18n.language import normal_tag
from consortium.i18n.message import LanguageName, Message, _
from consortium.i18n.numbers import parse_number
from consortium.services.codes import known_code, known_measure, known_past
from consortium.services.editing.row import AtField, at_field
from consortium.services.status_forms.work import TEXTS, Work
from consortium.texts import normal_words

#: the longest text of a status; a cell of a workbook holds no more
LONGEST_TEXT = 32_000

Value = TypeVar("Value")


@dataclass
class Typed:
    """What was typed.

    :ivar language: in which the texts are written; other languages are translations
    :ivar texts: by the name of the text and the language
    :ivar readings: by the number of the indicator, where something was typed
    :ivar milestones: the day on which each that was shown was reached, or ``None``, by its number
    :ivar problems: what could not be read
    """

    language: str
    day: date
    state: str = ""
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    readings: dict[int, Decimal] = field(default_factory=dict)
    milestones: dict[int, date | None] = field(default_factory=dict)
    problems: list[AtField] = field(default_factory=list)

    def fields(self) -> dict[str, str]:
        """Name what was typed of the status itself: state, day, and each text in each of its languages."""
        texts = {f"{name}.{tag}": words for name, own in self.texts.items() for tag, words in own.items()}
        return {"state": self.state, "day": str(self.day), **texts}

    def control(self, name: str) -> str:
        """Name the control of a text in a language, as the form calls it."""
        return name.removesuffix(f".{self.language}")


def read_typed(said: Mapping[str, str], work: Work, *, day: date, tags: tuple[str, ...], is_whole: bool) -> Typed:
    """Read what was typed.

    :param day: the day of which the status speaks, where the form does not say
    :param is_whole: with figures and milestones, and not only the words of a draft
    """
    typed = Typed(tags[0], day)
    typed.language = _tried(typed, "language", lambda: normal_tag(said.get("language") or tags[0])) or tags[0]
    typed.day = _tried(typed, "day", lambda: _day(said.get("day", ""), day)) or day
    typed.state = _tried(typed, "state", lambda: _state(said.get("state", ""))) or ""
    for name in TEXTS:
        typed.texts[name] = dict(_versions(typed, said, name, tags))
    if is_whole:
        typed.readings = dict(_readings(typed, said, work))
        typed.milestones = dict(_milestones(typed, said, work))
    return typed


def _versions(typed: Typed, said: Mapping[str, str], name: str, tags: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Walk the languages of a text that the form has a box for."""
    if name in said:
        yield typed.language, _tried(typed, name, lambda: _words(said[name])) or ""
    for tag in tags:
        box = f"{name}.{tag}"
        if box not in said:
            continue
        words = _tried(typed, box, lambda box=box: _words(said[box])) or ""  # type: ignore[misc]  # a name of its own each time
        if tag != typed.language:
            yield tag, words
        elif words and name in said:
            told = _("This is the language that you write in. Move the words to the box above, or choose another one.")
            typed.problems.append(at_field(box, told.fill(language=LanguageName(tag))))


def _readings(typed: Typed, said: Mapping[str, str], work: Work) -> Iterator[tuple[int, Decimal]]:
    for each in work.indicators:
        name = f"reading.{each.id}"
        figure = _tried(typed, name, lambda name=name: _figure(said.get(name, "")))  # type: ignore[misc]  # as above
        if figure is not None:
            yield each.id, figure


def _milestones(typed: Typed, said: Mapping[str, str], work: Work) -> Iterator[tuple[int, date | None]]:
    for each in work.milestones:
        name = f"milestone.{each.id}"
        if not said.get(f"{name}.shown"):
            continue
        when = said.get(f"{name}.day", "")
        reached = _tried(typed, name, lambda when=when: _reached(when, typed.day)) if said.get(name) else None  # type: ignore[misc]  # as above
        yield each.id, reached


def _tried(typed: Typed, name: str, read: Callable[[], Value]) -> Value | None:
    """Read a field; what is wrong there is noted."""
    try:
        return read()
    except ConsortiumError as fault:
        typed.problems.append(at_field(name, fault.message))
        return None


def _words(words: str) -> str:
    tidy = normal_words(words)
    if len(tidy) > LONGEST_TEXT:
        told: Message = _("The text is {count} characters long; at most {most} fit.")
        raise InvalidValue(told.fill(count=len(tidy), most=LONGEST_TEXT))
    return tidy


def _state(words: str) -> str:
    if not words:
        raise InvalidValue(_("Choose how the work stands."))
    return known_code("state", words)


def _day(words: str, otherwise: date) -> date:
    return parse_date(normal_words(words)) if words.strip() else otherwise


def _figure(words: str) -> Decimal | None:
    return known_measure(parse_number(words)) if words.strip() else None


def _reached(words: str, day: date) -> date:
    reached = _day(words, day)
    known_past(reached)
    return reached
