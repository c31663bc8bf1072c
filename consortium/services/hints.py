"""Hints at words: what the checks of plugins find doubtful in them. They warn, and keep nobody from anything."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import LanguageName, Message, _
from consortium.models import Consortium, Record
from consortium.plugins import front_desk
from consortium.services.exporting.fields import sheet_of
from consortium.services.offers import Offers
from consortium.texts import Text
from consortium.texts.check import TextCheck

HOOK = "consortium_text_checks"

#: so many figures in a row can tell who somebody is
_TELLING = 5

_FIGURES = re.compile(rf"\d(?:[\s.-]?\d){{{_TELLING - 1},}}")


class CheckFailed(Exception):
    """A check failed; what it failed at stays untold, because it may be what is guarded."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What is doubtful at a place.

    :ivar field: where it stands, as forms name it: ``summary.nb``
    """

    field: str
    words: Message


@dataclass(frozen=True)
class TextChecks:
    """The checks on texts that are on for a consortium."""

    checks: tuple[TextCheck, ...] = ()

    def warnings(self, words: str, tag: str) -> Iterator[Message]:
        """Walk what is doubtful about the words of one language; what a check guards is not repeated."""
        if not words:
            return
        for check in self.checks:
            said = front_desk().hear(HOOK, check.key, lambda check=check: _discreetly(check, words, tag), Message)  # type: ignore[misc]  # a name of its own each time
            told = _("“{check}” warns of something in these words. Look at them again.").fill(check=check.title)
            yield from dict.fromkeys(told if _repeats(each, words) else each for each in said)

    def hints(self, said: Mapping[str, tuple[str, str]]) -> tuple[Hint, ...]:
        """List what is doubtful about words.

        :param said: by the name of the field, the language and the words
        """
        return tuple(
            Hint(name, warning) for name, (tag, words) in said.items() for warning in self.warnings(words, tag)
        )

    def of_record(self, record: Record) -> Iterator[Hint]:
        """Walk what is doubtful about the texts of a record, in all their languages."""
        for name in record.texts if self.checks else ():
            text: Text = getattr(record, name)
            for tag in text:
                yield from (Hint(f"{name}.{tag}", told) for told in self.warnings(text.words(tag) or "", tag))


def text_checks(offers: Offers) -> TextChecks:
    """Find the checks on texts that are on; in one query at most."""
    return TextChecks(tuple(offers.on(HOOK, front_desk().text_checks).values()))


def doubts_of(session: Session, records: Sequence[Record], *, at_most: int) -> tuple[tuple[Message, ...], int]:
    """Say what is doubtful about the texts of records of one consortium: the first of it, and how much there is."""
    told: list[Message] = []
    count = 0
    homes = (each if isinstance(each, Consortium) else each.consortium for each in records[:1])  # type: ignore[attr-defined]  # all others have it
    checks = next((text_checks(Offers(session, home)) for home in homes), TextChecks())
    for record in records:
        for hint in checks.of_record(record):
            count += 1
            if len(told) < at_most:
                told.append(_at(record, hint))
    return tuple(told), count


def _at(record: Record, hint: Hint) -> Message:
    name, tag = hint.field.split(".")
    told = _("{record}, {field} in {language}: {hint}")
    return told.fill(record=record.key, field=_heading(record, name), language=LanguageName(tag), hint=hint.words)


def _heading(record: Record, name: str) -> Message | str:
    sheet = sheet_of(type(record))
    return next((each.heading for each in (sheet.columns if sheet else ()) if each.name == name), name)


def _discreetly(check: TextCheck, words: str, tag: str) -> list[Message]:
    """Let a check look; whatever it fails at is told without what stood there."""
    try:
        said = list(check.look(words, tag))
        for each in said:
            if isinstance(each, Message):
                [each.say(language) for language in INTERFACE_LANGUAGES]  # where a catalog is broken it shows here
        return said
    except (Exception, SystemExit) as fault:
        raise CheckFailed(type(fault).__name__).with_traceback(fault.__traceback__) from None


def _repeats(warning: object, words: str) -> bool:
    """Tell whether a warning repeats a long number of what it warns of."""
    guarded = {_plain(found) for found in _FIGURES.findall(words)}
    return isinstance(warning, Message) and any(number in _plain(warning.say("en")) for number in guarded)


def _plain(words: str) -> str:
    return re.sub(r"\D", "", words)
