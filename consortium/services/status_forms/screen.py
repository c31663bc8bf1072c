"""What the form shows: what is asked for, what was told before, and what stands in its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import get_decimal_symbol
from sqlalchemy.orm import Session

from consortium.i18n.language import interface_language
from consortium.i18n.sorting import sort_key
from consortium.models import Consortium, IndicatorValue, ReportingPeriod, StatusUpdate
from consortium.services.policy import Principal
from consortium.services.status_forms.work import TEXTS, Work, Writing, load_work
from consortium.texts import Text
from consortium.texts.terms import terms

#: so many decimals could be thousands: 1,234
_EITHER = 3


@dataclass(frozen=True, slots=True)
class Comment:
    """What was asked of a field when the status was returned."""

    day: date
    words: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator with its latest reading before the day of the status; ``number`` names it in the form."""

    number: int
    name: Text
    unit: Text
    target: Decimal | None
    before: Decimal | None
    read: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone that is open, or was reached since the last status; ``number`` names it in the form."""

    number: int
    title: Text
    due: date
    done: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a partner of the sub-project said at the last gathering."""

    gathering: Text
    start: date
    end: date
    kind: str
    words: Text


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the form shows.

    :ivar key: of the sub-project; ``title`` and ``partners`` are what it and its partners are called
    :ivar status: key of the draft or the returned status that is being written; empty for a new one
    :ivar workflow: how far that has come; empty for a new one
    :ivar language: in which it is written; ``others`` are the languages for which there are boxes beside it
    :ivar values: what stands in the fields, by their names
    :ivar comments: what was asked of it, by the name of the text, or ``state``
    :ivar last: the day and the state of the status that counts, and ``before`` its texts
    :ivar last_key: key of that status
    :ivar period: the period that asks for a status, its last day and the day on which that is due
    :ivar corrects: the key and the day of the status that is corrected; ``is_late`` if its period is locked
    :ivar locked: the period that is locked, so that what was begun cannot be sent
    """

    key: str
    title: Text
    partners: tuple[Text, ...]
    status: str
    version: int
    workflow: str
    day: date
    language: str
    others: tuple[str, ...]
    values: Mapping[str, str]
    comments: Mapping[str, tuple[Comment, ...]]
    last: tuple[date, str] | None
    last_key: str
    before: Mapping[str, Text]
    period: tuple[str, date, date] | None
    corrects: tuple[str, date] | None
    is_late: bool
    locked: tuple[str, date] | None
    figures: tuple[Figure, ...]
    steps: tuple[Step, ...]
    said: tuple[Said, ...]


def screen_of(  # of what, for whom, of when
    session: Session,
    principal: Principal,
    *,
    home: Consortium,
    key: str,
    day: date,
    language: str,
    wanted: str = "",
    corrects: str = "",
) -> Screen:
    """Gather what the form for the sub-project ``key`` shows on ``day``; in one query.

    :param language: in which whoever reports writes, where nothing is begun
    :param wanted: key of a draft or a returned status; ``new`` for one that is not begun yet
    :param corrects: key of a submitted status that shall be corrected
    :raises NotFound: if there is no such sub-project on which ``principal`` may report
    """
    work = load_work(session, principal, home=home, key=key, said_by=day)
    writing = work.writing(day, wanted=wanted, corrects=corrects)
    update, corrected = writing.update, writing.corrects
    own = next((tag for name in TEXTS if (tag := writing.text(name).source)), language)
    late = corrected is not None and work.locked(corrected.day, day) is not None
    return Screen(
        key=key,
        title=work.sub_project.title,
        partners=tuple(each.organisation.name for each in work.sub_project.partners),
        status=update.key if update else "",
        version=update.version if update else 0,
        workflow=update.workflow if update else "",
        day=writing.day,
        language=own,
        others=tuple(tag for tag in home.tags if tag != own),
        values=dict(_values(work, writing, own, home.tags)),
        comments=_comments(work, update),
        last=(work.latest.day, work.latest.state) if work.latest else None,
        last_key=work.latest.key if work.latest else "",
        before={name: getattr(work.latest, name) for name in TEXTS} if work.latest else {},
        period=_period(work.asked(day)),
        corrects=(corrected.key, corrected.day) if corrected else None,
        is_late=late,
        locked=_locked(work.locked(writing.day, day)),
        figures=tuple(_figures(work, writing.day)),
        steps=tuple(_steps(work)),
        said=tuple(_said(work)),
    )


def _period(period: ReportingPeriod | None) -> tuple[str, date, date] | None:
    return (period.key, period.end, period.due) if period else None


def _locked(period: ReportingPeriod | None) -> tuple[str, date] | None:
    return (period.key, period.locked) if period and period.locked else None


def _values(work: Work, writing: Writing, language: str, tags: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Walk what stands in the fields; a new status has no state until somebody chooses one."""
    yield "day", str(writing.day)
    yield "state", writing.state
    yield "language", language
    for name in TEXTS:
        text = writing.text(name)
        yield name, text.words(language) or ""
        for tag in tags:
            if tag != language:
                yield f"{name}.{tag}", text.words(tag) or ""
    for number, readings in work.values.items():
        known = [each.value for each in readings if (each.kind, each.day) == ("reading", writing.day)]
        yield f"reading.{number}", plain_figure(known[-1], language) if known else ""
    for each in work.milestones:
        yield f"milestone.{each.id}", "1" if each.done else ""
        yield f"milestone.{each.id}.day", str(each.done or writing.day)


def plain_figure(number: Decimal, language: str) -> str:
    """Write a number as it is typed: no thousands set apart, and never so that it could be read in two ways."""
    written = f"{number.normalize():f}"
    whole, _point, parts = written.partition(".")
    tail = parts + "0" * (len(parts) == _EITHER)
    return whole + (get_decimal_symbol(interface_language(language)) + tail if parts else "")


def _comments(work: Work, update: StatusUpdate | None) -> Mapping[str, tuple[Comment, ...]]:
    found: dict[str, tuple[Comment, ...]] = {}
    for each in work.comments.get(update.id, ()) if update else ():
        found[each.field] = (*found.get(each.field, ()), Comment(each.day, each.words))
    return found


def _figures(work: Work, day: date) -> Iterator[Figure]:
    levels = terms("indicator_level")
    for each in sorted(work.indicators, key=lambda one: (levels.index(one.level), sort_key(one.key, "en"))):
        values = work.values[each.id]
        before = _latest(values, "reading", day)
        target = _latest(values, "target", None)
        yield Figure(
            number=each.id,
            name=each.name,
            unit=each.unit,
            target=target.value if target else each.target,
            before=before.value if before else each.baseline,
            read=before.day if before else None,
        )


def _latest(values: list[IndicatorValue], kind: str, before: date | None) -> IndicatorValue | None:
    own = [each for each in values if each.kind == kind and (before is None or each.day < before)]
    return max(own, key=lambda each: (each.day, each.id), default=None)


def _steps(work: Work) -> Iterator[Step]:
    since = work.latest.day if work.latest else date.min
    for each in work.milestones:
        if each.done is None or each.done > since:
            yield Step(each.id, each.title, each.due, each.done)


def _said(work: Work) -> Iterator[Said]:
    """Walk what the partners said at the last gathering that has begun."""
    kinds = terms("statement_kind")
    for said, gathering in sorted(work.said, key=lambda each: (kinds.index(each[0].kind), each[0].id)):
        yield Said(gathering.title, gathering.start, gathering.end, said.kind, said.words)
