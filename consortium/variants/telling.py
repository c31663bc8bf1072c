"""What the chapters of a report are told from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

from consortium.documents import Speech, Words
from consortium.facts import Facts, GoneFacts, MilestoneState, PartnerFacts, PeriodFacts, State, SubProjectFacts, Trend
from consortium.facts.changes import changes_of, expected, is_ended
from consortium.facts.periods import is_met, owes
from consortium.facts.places import Place, places_of, places_of_sub_project
from consortium.facts.states import ChangeKind
from consortium.i18n.message import Message
from consortium.texts import TextState

#: how a column of ages says that there was no status at all
NEVER = -1

#: what is not as it should be with a text, worst first
FLAWS = (TextState.MISSING, TextState.OUTDATED, TextState.MACHINE_DRAFT, TextState.TRANSLATED)


class Suited(Protocol):
    """A report variant that is about some partners."""

    def suits(self, partner: PartnerFacts) -> bool:
        """Tell whether the report is about ``partner``."""


def suited(facts: Facts, report: Suited) -> Iterator[SubProjectFacts]:
    """Walk the sub-projects that have a partner whom ``report`` suits."""
    keys = {partner.key for partner in facts.partners if report.suits(partner)}
    return (each for each in facts.sub_projects if keys.intersection(each.partners))


class Headed(Suited, Protocol):
    """A report variant with headings of its own."""

    overview_title: Message
    purpose_title: Message
    achieved_title: Message
    next_steps_title: Message
    support_needs_title: Message


@dataclass
class Survey:
    """What one walk through the sub-projects counts.

    :ivar states: how many stand in each state, by the country of the leading partner; ``None`` is not reported
    :ivar milestones: how many there are of a leading partner, a month (its first day) and a state
    :ivar degrees: how many promote a theme to which degree
    :ivar texts: how many texts are flawed in which way, in each language of the report
    :ivar still: how many have no new status since what the report compares with, though they had one then
    :ivar dropped: how many milestones were still open when their sub-project ended; they are not among ``milestones``
    :ivar asked: how many have owed a status since what the report compares with
    :ivar reported: how many have reported since then
    :ivar asking: how many ask for support
    :ivar owing: how many owe a status for a period, by its key
    :ivar ages: the days since the oldest latest status of a leading partner when it was asked for, for each period
        that has begun; ``None`` where nothing was
    """

    total: int = 0
    states: dict[str, Counter[State | None]] = field(default_factory=lambda: defaultdict(Counter))
    trends: Counter[Trend] = field(default_factory=Counter)
    changes: Counter[ChangeKind] = field(default_factory=Counter)
    milestones: Counter[tuple[str, date, MilestoneState]] = field(default_factory=Counter)
    ages: dict[str, list[int | None]] = field(default_factory=dict)
    degrees: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    texts: Counter[tuple[TextState, str]] = field(default_factory=Counter)
    still: int = 0
    dropped: int = 0
    asked: int = 0
    reported: int = 0
    asking: int = 0
    owing: Counter[str] = field(default_factory=Counter)

    @property
    def all_states(self) -> Counter[State | None]:
        """How many sub-projects stand in each state, in all countries."""
        return sum(self.states.values(), Counter())

    def milestones_in(self, state: MilestoneState) -> int:
        """Count the milestones in a state."""
        return sum(count for (_partner, _month, each), count in self.milestones.items() if each is state)


@dataclass(frozen=True)
class Telling:
    """The facts of a report, the languages it speaks, and the variant whose words it uses."""

    facts: Facts
    speech: Speech
    report: Headed
    _names: dict[str, Words] = field(default_factory=dict, repr=False, compare=False)

    def sub_projects(self) -> Iterator[SubProjectFacts]:
        """Walk the sub-projects that have a partner whom the report suits."""
        return suited(self.facts, self.report)

    def partners(self, keys: Iterable[str]) -> Words:
        """Name partners, each as it is called in the languages of the report."""
        return self.speech.listed(map(self._named, keys))

    def _named(self, key: str) -> Words:
        if key not in self._names:
            self._names[key] = self.speech.name(self.facts.partner[key].name)
        return self._names[key]

    @cached_property
    def is_empty(self) -> bool:
        """Tell whether there is no sub-project to tell of."""
        return next(self.sub_projects(), None) is None

    @cached_property
    def is_whole(self) -> bool:
        """Tell whether the report is about all of the consortium."""
        return self.facts.scope is None and all(map(self.report.suits, self.facts.partners))

    def is_about(self, organisation: str, country: str) -> bool:
        """Tell whether the report is about an organisation, be it a partner or a guest of that country."""
        partner, scope = self.facts.partner.get(organisation), self.facts.scope
        country = partner.country if partner else country
        suits = self.report.suits(partner) if partner else country in self._countries
        if scope is None or not suits:
            return suits
        if scope.kind == "country":
            return country == scope.key
        if scope.kind == "theme":
            return organisation in self._told
        return scope.key in {organisation, partner.parent if partner else None}

    @cached_property
    def _countries(self) -> frozenset[str]:
        """The countries of the partners whom the report suits."""
        return frozenset(partner.country for partner in self.facts.partners if self.report.suits(partner))

    @cached_property
    def _told(self) -> frozenset[str]:
        """The keys of the partners of all sub-projects that the report tells of."""
        return frozenset(key for each in self.sub_projects() for key in each.partners)

    @property
    def gone(self) -> tuple[GoneFacts, ...]:
        """The sub-projects that are no more and had a partner whom the report suits, as far as that is known."""
        known = self.facts.partner
        return tuple(
            gone
            for gone in self.facts.gone
            if not known.keys() & set(gone.partners)
            or any(key in known and self.report.suits(known[key]) for key in gone.partners)
        )

    @cached_property
    def periods(self) -> tuple[PeriodFacts, ...]:
        """The reporting periods that have begun."""
        return tuple(period for period in self.facts.periods if period.start <= self.facts.day)

    @cached_property
    def survey(self) -> Survey:
        """What one walk counts."""
        survey = Survey()
        self._texts(places_of(self.facts, iter(())), survey)
        for each in self.sub_projects():
            self._count(each, survey)
        return survey

    def _count(self, each: SubProjectFacts, survey: Survey) -> None:
        day, leader = self.facts.day, each.partners[0]
        survey.total += 1
        survey.states[self.facts.partner[leader].country][each.current.state if each.current else None] += 1
        if each.trend:
            survey.trends[each.trend] += 1
            survey.still += not each.has_moved
        survey.changes.update(change.kind for change in changes_of(each, self.facts))
        survey.milestones.update(
            (leader, milestone.due.replace(day=1), milestone.state(day)) for milestone in expected(each, day)
        )
        survey.dropped += len(each.milestones) - sum(1 for _milestone in expected(each, day))
        survey.asking += bool(each.current and each.current.support_needs)
        has_reported = self._has_reported(each)
        survey.reported += has_reported
        survey.asked += has_reported or self._is_asked(each)
        for assessment in each.assessments:
            survey.degrees[assessment.theme][assessment.degree] += 1
        survey.owing.update(period.key for period in self.periods if self.is_owing(each, period))
        self._age(each, survey)
        self._texts(places_of_sub_project(each), survey)

    def _has_reported(self, each: SubProjectFacts) -> bool:
        """Tell whether a sub-project has reported since; a snapshot does not know a report that came in late either."""
        since, now, then = self.facts.since, each.current, each.previous
        if now is None or since is None:
            return now is not None
        if since.kind == "snapshot":
            return each.has_moved and (then is None or then.day <= now.day)
        return now.day > since.day

    def _is_asked(self, each: SubProjectFacts) -> bool:
        """Tell whether a sub-project has run since what the report compares with, so that it should have reported."""
        first = self.facts.since.day + timedelta(days=1) if self.facts.since else self.facts.day
        return _owes(each, first, self.facts.day)

    def is_owing(self, each: SubProjectFacts, period: PeriodFacts) -> bool:
        """Tell whether a sub-project owes a status for a period, and has given none."""
        is_owed = _owes(each, period.start, period.end)
        return is_owed and not is_met(period.start, period.due, period.locked, each.reported)

    def is_overdue(self, period: PeriodFacts) -> bool:
        """Tell whether the statuses of a period were due before the day of the report."""
        return period.due < self.facts.day

    def flaws(self, place: Place) -> Iterator[tuple[TextState, str]]:
        """Walk the languages of the report in which a text is not as it should be."""
        for tag in self.speech.languages:
            state = place.text.state(tag)
            if state in FLAWS and not _is_regional(place, tag, state):
                yield state, tag

    def _texts(self, places: Iterator[Place], survey: Survey) -> None:
        for place in places:
            survey.texts.update(self.flaws(place))

    def _age(self, each: SubProjectFacts, survey: Survey) -> None:
        """Note how old the latest status of a sub-project was when each period was due."""
        ages = survey.ages.setdefault(each.partners[0], [None] * len(self.periods))
        days = (*each.reported, each.current.day) if each.current else each.reported
        for place, period in enumerate(self.periods):
            if not _owes(each, period.start, period.end):
                continue
            asked = min(period.due, self.facts.day)
            latest = max((day for day in days if day <= asked), default=None)
            age, known = (asked - latest).days if latest else NEVER, ages[place]
            ages[place] = NEVER if NEVER in {age, known} else max(age, known or 0)


def _owes(each: SubProjectFacts, start: date, end: date) -> bool:
    closed = each.current.day if each.current and is_ended(each) else None
    return owes(start, end, begun=each.start, ended=each.end, closed=closed)


def _is_regional(place: Place, tag: str, state: TextState) -> bool:
    """Tell whether a text that seems missing is there for another region of the same language."""
    reading = place.text.read(tag) if state is TextState.MISSING else None
    return reading is not None and not reading.is_fallback
