"""The situation: in sentences made by rule, and the states as one bar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consortium.documents import Bar, Bars, Block, Chart, Column, Paragraph, Part, Row, Table, Words
from consortium.facts import MilestoneState, State, Trend
from consortium.i18n.message import Message, _, _n, listed
from consortium.texts.terms import Term, terms
from consortium.variants.telling import Telling


def chapter(telling: Telling) -> Iterator[Block]:
    """Say in a few sentences how things stand, and show it."""
    yield Paragraph(telling.speech.say(sentences(telling)))
    yield _bar(telling)


@dataclass(frozen=True, eq=False)
class Sentences(Message):
    """Sentences that follow each other, in one line or each in its own."""

    between: str = " "

    def say(self, language: str) -> str:
        """Say them one after the other."""
        return self.between.join(each.say(language) for each in self.values.values() if isinstance(each, Message))


def follow(sentences: Iterable[Message], between: str = " ") -> Message:
    """Let sentences follow each other."""
    return Sentences("", values={str(place): each for place, each in enumerate(sentences)}, between=between)


def sentences(telling: Telling) -> Message:
    """Tell states, trends, milestones, reports and needs, each in one sentence."""
    return follow(_each_sentence(telling))


def _each_sentence(telling: Telling) -> Iterator[Message]:
    survey, facts = telling.survey, telling.facts
    whole = _n(
        "The report covers {count} sub-project: {states}.",
        "The report covers {count} sub-projects: {states}.",
        survey.total,
    )
    yield whole.fill(states=listed(_states(telling)))
    if moved := list(_trends(telling)):
        yield _since(telling).fill(trends=listed(moved))
    if facts.since and survey.reported < survey.total:
        told = _n(
            "{reported} of {count} sub-project has reported since then.",
            "{reported} of {count} sub-projects have reported since then.",
            survey.total,
        )
        yield told.fill(reported=survey.reported)
    if milestones := sum(survey.milestones.values()):
        reached = survey.milestones_in(MilestoneState.ACHIEVED)
        told = _n(
            "{reached} of {count} milestone has been reached",
            "{reached} of {count} milestones have been reached",
            milestones,
        )
        late = survey.milestones_in(MilestoneState.OVERDUE)
        told = told.fill(reached=reached)
        overdue = _n("{count} is overdue", "{count} are overdue", late)
        yield (
            _("{reached}; {overdue}.").fill(reached=told, overdue=overdue)
            if late
            else _("{reached}.").fill(reached=told)
        )
    if survey.asking:
        yield _n("{count} sub-project asks for support.", "{count} sub-projects ask for support.", survey.asking)


def _states(telling: Telling) -> Iterator[Message]:
    states = telling.survey.all_states
    for code in terms("state"):
        if count := states.get(State(code), 0):
            clause = Term(code, context="state_clause", count=count)
            yield _("{number} {clause}").fill(number=count, clause=clause)
    if silent := states.get(None, 0):
        yield _n("{count} has not reported", "{count} have not reported", silent)


def _trends(telling: Telling) -> Iterator[Message]:
    trends = telling.survey.trends
    if count := trends[Trend.BETTER]:
        yield _n("{count} has become better", "{count} have become better", count)
    if count := trends[Trend.WORSE]:
        yield _n("{count} has become worse", "{count} have become worse", count)
    if count := trends[Trend.CHANGED]:
        yield _n("{count} has changed otherwise", "{count} have changed otherwise", count)
    if count := trends[Trend.UNCHANGED]:
        yield _n("{count} stands as before", "{count} stand as before", count)
    if count := trends[Trend.NEW]:
        yield _n("{count} has reported for the first time", "{count} have reported for the first time", count)


def _since(telling: Telling) -> Message:
    since = telling.facts.since
    if since is None:
        return _("Since the update before: {trends}.")
    if since.kind == "gathering":
        return _("Since the last gathering, {day}: {trends}.").fill(day=since.day)
    if since.kind == "snapshot":
        return _("Since the snapshot of {day}: {trends}.").fill(day=since.day)
    return _("Since {day}: {trends}.").fill(day=since.day)


def _bar(telling: Telling) -> Chart:
    """Show the states of all sub-projects as one bar, with the figures behind it."""
    speech, states = telling.speech, telling.survey.all_states
    counts = [(state_words(telling, code, count), count) for code, count in _counts(telling)]
    if silent := states.get(None, 0):
        counts.append((speech.say(_("not reported")), silent))
    columns = (Column(speech.say(_("State")), share=3), Column(speech.say(_("Sub-projects")), align="end"))
    rows = tuple(Row((words, speech.number(count))) for words, count in counts)
    title = _("Sub-projects by state")
    parts = tuple(Part(words, count) for words, count in counts)
    bars = Bars((Bar(speech.say(_("All")), parts),))
    table = Table(speech.say(in_figures(title)), columns, rows)
    return Chart(speech.say(title), speech.say(_well_and_ill(telling)), bars, table)


def in_figures(title: Message) -> Message:
    """Name the table behind a chart."""
    return _("{title}, in figures").fill(title=title)


def _well_and_ill(telling: Telling) -> Message:
    states = telling.survey.all_states
    well = sum(states.get(state, 0) for state in (State.PLANNED, State.ON_TRACK, State.COMPLETED))
    ill = sum(states.get(state, 0) for state in (State.AT_RISK, State.DELAYED, State.ON_HOLD))
    sentence = _n(
        "{well} of {count} is planned, on track or completed. {ill} is at risk, delayed or on hold.",
        "{well} of {count} are planned, on track or completed. {ill} are at risk, delayed or on hold.",
        telling.survey.total,
    )
    return sentence.fill(well=well, ill=ill)


def _counts(telling: Telling) -> Iterator[tuple[str, int]]:
    states = telling.survey.all_states
    return ((code, states[State(code)]) for code in terms("state") if states.get(State(code)))


def state_words(telling: Telling, code: str, count: int) -> Words:
    """Say a state of so many sub-projects, with its sign."""
    return telling.speech.term("state", code, "plural" if count > 1 else "neuter", sign=True)
