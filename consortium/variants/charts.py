"""The charts: states by country, milestones on a timeline, and how old the statuses were when they were due."""

from collections import Counter
from collections.abc import Iterator
from datetime import MAXYEAR, date

from consortium.documents import (
    Bar,
    Bars,
    Block,
    Chart,
    Column,
    Grid,
    GridRow,
    Heading,
    Lane,
    Part,
    Point,
    Row,
    Section,
    Square,
    Table,
    Timeline,
    Words,
)
from consortium.facts import MilestoneState, PeriodFacts, State
from consortium.i18n.message import Message, _, _n, listed
from consortium.texts.terms import Term, terms
from consortium.variants.situation import dropped, follow, in_figures, state_words
from consortium.variants.telling import NEVER, Telling

#: more lanes than this are drawn by country
MOST_LANES = 15
#: over more years than this not every half-year is marked
MOST_YEARS = 20
#: more rows and columns than this are left to the table
MOST_ROWS, MOST_COLUMNS = 30, 6
#: days up to which a status counts as fresh, ageing, old, very old
AGES = (31, 92, 183, 365)
#: what each shade of the grid says, from fresh to none
SHADES = (
    (0, _("up to a month")),
    (1, _("up to three months")),
    (2, _("up to half a year")),
    (3, _("up to a year")),
    (4, _("older, or none")),
)


def chapter(telling: Telling) -> Iterator[Block]:
    """Show what there is to show."""
    charts: list[Block] = []
    if len(telling.survey.states) > 1:
        charts.append(by_country(telling))
    if telling.survey.milestones:
        charts.append(timeline(telling))
    if any(age is not None for found in telling.survey.ages.values() for age in found):
        charts.append(ages(telling))
    if charts:
        yield Section(Heading(telling.speech.say(_("In pictures")), 1, "charts"), tuple(charts))


def by_country(telling: Telling) -> Chart:
    """Show how many sub-projects stand in each state, country by country."""
    speech, states = telling.speech, telling.survey.states
    codes = [code for code in terms("state") if telling.survey.all_states.get(State(code))]
    countries = [code for code in terms("country") if states.get(code)]
    bars = tuple(Bar(speech.term("country", country), tuple(_parts(country, telling))) for country in countries)
    heads = (*(speech.term("country", country) for country in countries), speech.say(_("Total")))
    columns = (Column(speech.say(_("State")), share=3), *(Column(words, "end", 2) for words in heads))
    title = _("Sub-projects by state and country")
    rows = tuple(_state_rows(countries, codes, telling))
    sentence = listed(_counted(country, telling) for country in countries)
    said = speech.say(_("By country of the leading partner: {countries}.").fill(countries=sentence))
    return Chart(speech.say(title), said, Bars(bars), Table(speech.say(in_figures(title)), columns, rows))


def _parts(country: str, telling: Telling) -> Iterator[Part]:
    counts = telling.survey.states[country]
    for code in terms("state"):
        if count := counts.get(State(code), 0):
            yield Part(state_words(telling, code, count), count)
    if silent := counts.get(None, 0):
        yield Part(telling.speech.say(_("no status yet")), silent)


def _state_rows(countries: list[str], codes: list[str], telling: Telling) -> Iterator[Row]:
    """Set each state on a line, country by country: there are few countries, and their names are short."""
    speech, states = telling.speech, telling.survey.states
    own = [(state_words(telling, code, 2), [states[country][State(code)] for country in countries]) for code in codes]
    own.append((speech.say(_("no status yet")), [states[country][None] for country in countries]))
    own.append((speech.say(_("Total")), [states[country].total() for country in countries]))
    for words, counts in own:
        if any(counts):
            yield Row((words, *map(speech.number, (*counts, sum(counts)))))


def _counted(country: str, telling: Telling) -> Message:
    total = telling.survey.states[country].total()
    said = _n("{country} {count} sub-project", "{country} {count} sub-projects", total)
    return said.fill(country=Term(country, context="country"))


def timeline(telling: Telling) -> Chart:
    """Show the milestones month by month, in a lane for each leading partner, or each country where they are many."""
    speech, counted = telling.speech, telling.survey.milestones
    partners = [partner for partner in telling.facts.partners if any(each[0] == partner.key for each in counted)]
    own = {partner.key: partner.key if len(partners) <= MOST_LANES else partner.country for partner in partners}
    names: dict[str, Words] = {
        own[each.key]: speech.name(each.name) if own[each.key] == each.key else speech.term("country", each.country)
        for each in partners
    }
    points: dict[str, Counter[tuple[date, MilestoneState]]] = {lane: Counter() for lane in names}
    for (leader, month, state), count in counted.items():
        points[own[leader]][month, state] += count
    lanes = tuple(Lane(names[lane], tuple(_points(counts))) for lane, counts in points.items())
    today = (telling.facts.day, speech.day(telling.facts.day, "medium"))
    key = tuple(speech.term("milestone", code, sign=True) for code in terms("milestone"))
    title = speech.say(_("Milestones over time"))
    table = _milestone_table(names, points, telling)
    ticks = tuple(_ticks([month for _leader, month, _state in counted], telling))
    return Chart(title, speech.say(_milestones_said(telling)), Timeline(lanes, key, today, ticks), table)


def _points(counts: Counter[tuple[date, MilestoneState]]) -> Iterator[Point]:
    for (month, state), count in sorted(counts.items()):
        yield Point(month.replace(day=15), f"milestone.{state}", count)


def _ticks(months: list[date], telling: Telling) -> Iterator[tuple[date, Words]]:
    """Mark every half-year, from before the first milestone until after the last; in a very long time, some years."""
    day, last = min([*months, telling.facts.day]), max([*months, telling.facts.day])
    years = (last.year - day.year) // MOST_YEARS
    day = date(day.year, 1 if years or day.month < 7 else 7, 1)  # noqa: PLR2004  # July
    while True:
        yield day, telling.speech.say(_("{month} {year}").fill(month=_month(day), year=day.year))
        if day > last or day == date.max:
            return
        day = _mark_after(day, years)


def _mark_after(day: date, years: int) -> date:
    """Find the next mark on the scale: half a year later, or so many years; the calendar has an end."""
    if not years and day.month == 1:
        return date(day.year, 7, 1)
    year = day.year + max(1, years)
    return date(year, 1, 1) if year <= MAXYEAR else date.max


def _month(day: date) -> Message:
    return _("Jan.") if day.month == 1 else _("July")


def _milestones_said(telling: Telling) -> Message:
    survey = telling.survey
    words = _("{reached} reached, {overdue} overdue, {due} to come.").fill(
        reached=survey.milestones_in(MilestoneState.ACHIEVED),
        overdue=survey.milestones_in(MilestoneState.OVERDUE),
        due=survey.milestones_in(MilestoneState.DUE),
    )
    return follow((words, dropped(survey.dropped))) if survey.dropped else words


def _milestone_table(
    names: dict[str, Words], points: dict[str, Counter[tuple[date, MilestoneState]]], telling: Telling
) -> Table:
    speech = telling.speech
    heads = (speech.term("milestone", code, "plural", sign=True) for code in terms("milestone"))
    columns = (Column(speech.say(_("Partner")), share=4), *(Column(words, "end", 2) for words in heads))
    rows = []
    for lane, counts in points.items():
        of_state = Counter[str]()
        for (_day, state), count in counts.items():
            of_state[state] += count
        rows.append(Row((names[lane], *(speech.number(of_state[code]) for code in terms("milestone")))))
    return Table(speech.say(_("Milestones by partner")), columns, tuple(rows))


def ages(telling: Telling) -> Chart:
    """Show how old the oldest latest status of each leading partner was when each period was due."""
    speech = telling.speech
    periods = telling.periods[-MOST_COLUMNS:]
    heads = tuple(speech.say(_period_named(period, telling)) for period in periods)
    own = [
        (partner, telling.survey.ages[partner.key])
        for partner in telling.facts.partners
        if partner.key in telling.survey.ages
    ]
    shown = sorted(own, key=lambda pair: -_weight(pair[1][-1]))[:MOST_ROWS]
    kept = [pair for pair in own if pair in shown]
    rows = tuple(
        GridRow(speech.name(partner.name), tuple(_square(age, telling) for age in found[-len(periods) :]))
        for partner, found in kept
    )
    key = tuple((shade, speech.say(words)) for shade, words in SHADES)
    columns = (
        Column(speech.say(_("Partner")), share=4),
        *(Column(head, "end", 2) for head in heads),
    )
    lines = tuple(
        Row((speech.name(partner.name), *(_age(age, telling) for age in found[-len(periods) :])))
        for partner, found in own
    )
    title = _("Age of the oldest status in days, by partner and period")
    table = Table(speech.say(in_figures(title)), columns, lines)
    return Chart(speech.say(title), speech.say(_ages_said(telling)), Grid(heads, rows, key), table)


def _period_named(period: PeriodFacts, telling: Telling) -> Message:
    if period.due > telling.facts.day:
        return _("{key}, today").fill(key=period.key)
    return _("{key}").fill(key=period.key)


def _weight(age: int | None) -> int:
    return 10**6 if age == NEVER else age or 0


def _square(age: int | None, telling: Telling) -> Square:
    shade = len(AGES) if age == NEVER else sum((age or 0) > limit for limit in AGES)
    return Square(_age(age, telling), shade)


def _age(age: int | None, telling: Telling) -> Words:
    return telling.speech.say(_("none")) if age == NEVER else telling.speech.number(age)


def _ages_said(telling: Telling) -> Message:
    """Say how many partners have a status of the last months, and how old the oldest is."""
    latest = [age for age in (found[-1] for found in telling.survey.ages.values()) if age is not None]
    fresh = sum(NEVER < age <= AGES[1] for age in latest)
    if not fresh:
        return _n(
            "The latest status of the {count} partner is older than three months, or there is none.",
            "Each of the {count} partners has a status that is older than three months, or none.",
            len(latest),
        )
    words = _n(
        "{fresh} of {count} partner has no status that is older than three months.",
        "{fresh} of {count} partners have no status that is older than three months.",
        len(latest),
    )
    return words.fill(fresh=fresh)
