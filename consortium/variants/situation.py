"""The situation: in sentences made by rule, and the states as one bar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consortium.documents import Bar, Bars, Block, Chart, Column, Paragraph, Part, Row, Table, Words
from consortium.facts import MilestoneState, State, Trend
from consortium.i18n.message import Message, _, _n, listed
from consortium.texts.terms import Term, terms
from consortium.variants.telling import Survey, Telling


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
    if facts.since and survey.reported < survey.asked:
        yield _reported(survey)
    if survey.milestones:
        yield _milestones(survey)
    if survey.dropped:
        yield dropped(survey.dropped)
    if survey.asking:
        yield _n("{count} sub-project asks for support.", "{count} sub-projects ask for support.", survey.asking)


def _reported(survey: Survey) -> Message:
    """Say how many of those who owe a status have given one."""
    if not survey.reported:
        return _n(
            "The {count} sub-project that owes a status has not reported since then.",
            "None of the {count} sub-projects that owe a status has reported since then.",
            survey.asked,
        )
    told = _n(
        "{reported} of the {count} sub-project that owes a status has reported since then.",
        "{reported} of the {count} sub-projects that owe a status have reported since then.",
        survey.asked,
    )
    return told.fill(reported=survey.reported)


def _milestones(survey: Survey) -> Message:
    told = _n(
        "{reached} of {count} milestone has been reached",
        "{reached} of {count} milestones have been reached",
        survey.milestones.total(),
    ).fill(reached=survey.milestones_in(MilestoneState.ACHIEVED))
    late = survey.milestones_in(MilestoneState.OVERDUE)
    if not late:
        return _("{reached}.").fill(reached=told)
    return _("{reached}; {overdue}.").fill(reached=told, overdue=_n("{count} is overdue", "{count} are overdue", late))


def dropped(count: int) -> Message:
    """Say how many milestones are left out of the counts."""
    return _n(
        "Not counted is {count} open milestone of a completed or cancelled sub-project.",
        "Not counted are {count} open milestones of completed or cancelled sub-projects.",
        count,
    )


def _states(telling: Telling) -> Iterator[Message]:
    states = telling.survey.all_states
    for code in terms("state"):
        if count := states.get(State(code), 0):
            clause = Term(code, context="state_clause", count=count)
            yield _("{number} {clause}").fill(number=count, clause=clause)
    if silent := states.get(None, 0):
        yield _n("{count} has no status yet", "{count} have no status yet", silent)


def _trends(telling: Telling) -> Iterator[Message]:
    trends = telling.survey.trends
    if count := trends[Trend.BETTER]:
        yield _n("{count} has become better", "{count} have become better", count)
    if count := trends[Trend.WORSE]:
        yield _n("{count} has become worse", "{count} have become worse", count)
    if count := trends[Trend.CHANGED]:
        yield _n("{count} has changed otherwise", "{count} have changed otherwise", count)
    if count := trends[Trend.UNCHANGED] - telling.survey.still:
        yield _n("{count} has a new status in the same state", "{count} have a new status in the same state", count)
    if count := trends[Trend.NEW]:
        yield _n("{count} has reported for the first time", "{count} have reported for the first time", count)
    if count := telling.survey.still:
        yield _n("{count} has no new status", "{count} have no new status", count)


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
        counts.append((speech.say(_("no status yet")), silent))
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
    total = telling.survey.total
    if well:
        said = _n(
            "{well} of {count} is planned, on track or completed.",
            "{well} of {count} are planned, on track or completed.",
            total,
        ).fill(well=well)
    else:
        said = _("None is planned, on track or completed.")
    if not ill:
        return follow((said, _("None is at risk, delayed or on hold.")))
    return follow(
        (said, _n("{count} is at risk, delayed or on hold.", "{count} are at risk, delayed or on hold.", ill))
    )


def _counts(telling: Telling) -> Iterator[tuple[str, int]]:
    states = telling.survey.all_states
    return ((code, states[State(code)]) for code in terms("state") if states.get(State(code)))


def state_words(telling: Telling, code: str, count: int) -> Words:
    """Say a state of so many sub-projects, with its sign."""
    return telling.speech.term("state", code, "plural" if count > 1 else "neuter", sign=True)
