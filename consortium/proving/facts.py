"""Facts without a database: a whole bilingual consortium, an empty one, and a huge one.

Every text is there in Norwegian, where a *fjellrev* lives in it, and in Swedish, where it is a *fjällräv*: words that
come out under the wrong language are found by them. Whoever is named is called *Kanarifugl*.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import cycle, islice
from typing import Any

from consortium.facts import (
    AssessmentFacts,
    AttendanceFacts,
    ConsortiumFacts,
    Facts,
    GatheringFacts,
    GoneFacts,
    IdentifierFacts,
    IndicatorFacts,
    MilestoneFacts,
    PartnerFacts,
    PeriodFacts,
    Since,
    State,
    StatementFacts,
    StatusFacts,
    Stream,
    SubProjectFacts,
    ThemeFacts,
    ValueFacts,
)
from consortium.facts.canonical import fingerprint, head_of, line_of
from consortium.i18n.numbers import CURRENCIES, Money
from consortium.texts import Text
from consortium.texts.terms import terms

#: the day of which the facts speak, a Monday, and the day of the gathering that they compare with
TODAY, THEN = date(2026, 6, 15), date(2026, 3, 2)

#: the languages of the consortium
LANGUAGES = ("nb", "sv")

#: who lives in the words of each language
CANARIES = {"nb": "fjellrev", "sv": "fjällräv"}

#: who is named, and why somebody did not come, by the personal data that a variant declares to show
PERSONS = {"reporters": ("Kari Kanarifugl",), "attendees": ("Ola Kanarifugl", "Siv Kanarifugl", "Kanarifuglen er syk")}

#: how it stood before, so that every trend is there
_BEFORE = {
    State.PLANNED: None,
    State.ON_TRACK: State.AT_RISK,
    State.AT_RISK: State.ON_TRACK,
    State.DELAYED: State.DELAYED,
    State.ON_HOLD: State.ON_TRACK,
    State.COMPLETED: State.ON_TRACK,
    State.CANCELLED: State.DELAYED,
}

#: what people paste, and what somebody might try
ODD = (
    "Rehabiliteringsplan" * 500,
    "<script>alert(1)</script> \"'&amp; {0} {name} %s {{ 7*7 }}",
    "= # *b* _i_ $x^2$ @ref <label> `raw` \\ // /* ] } ${ | \n- a\n+ b\n\n\n1. c",
    "שלום עולם مرحبا smil 😀 👩‍👩‍👧 日本語 \u202eabc\u200b\ufeff\u00ad\u2028",
)


@cache
def text(nb: str, sv: str = "") -> Text:
    """Make a text that is written in Norwegian and, if there are Swedish words, translated."""
    made = Text().write("nb", nb)
    return made.translate("sv", sv) if sv else made


def said(nb: str, sv: str, number: int = 0) -> Text:
    """Make a text with its canaries: ``Formål 3 for fjellreven``, ``Syfte 3 för fjällräven``."""
    return text(f"{nb} {number} for fjellreven", f"{sv} {number} för fjällräven")


def status(key: str, day: date, state: State) -> StatusFacts:
    """Make a status with all its texts, by somebody."""
    return StatusFacts(
        key,
        day,
        state,
        said("Arbeidet går som det skal", "Arbetet går som det ska"),
        text("Fjellreven har fått mat.\n\nDen er mett.", "Fjällräven har fått mat.\n\nDen är mätt."),
        said("En ny vei", "En ny väg"),
        said("En jurist", "En jurist"),
        reported_by=PERSONS["reporters"][0],
    )


def milestones(key: str) -> tuple[MilestoneFacts, ...]:
    """Make a milestone that was reached, one that is overdue and one that is to come."""
    days = ((THEN, THEN), (TODAY - timedelta(14), None), (TODAY + timedelta(90), None))
    return tuple(
        MilestoneFacts(f"{key}-M{number}", said("Milepæl", "Milstolpe", number), due, done)
        for number, (due, done) in enumerate(days, start=1)
    )


def indicators(key: str) -> Iterator[IndicatorFacts]:
    """Make an indicator of each level; the target of the first one has changed, the last one was never read."""
    for number, level in enumerate(terms("indicator_level")):
        own = f"{key}-I{number + 1}"
        reading = ValueFacts(f"{own}:{TODAY}", TODAY, Decimal("42.5"), said("Talt", "Räknat"))
        moved = ValueFacts(f"{own}:{THEN}", THEN, Decimal(80), said("Færre steder", "Färre platser"))
        yield IndicatorFacts(
            own,
            said("Måltall", "Måltal", number),
            said("dyr", "djur"),
            level,
            baseline=Decimal(0),
            first_target=Decimal(100),
            former_target=None if number else Decimal(100),
            new_target=None if number else moved,
            previous=replace(reading, key=f"{own}:P", day=THEN, value=Decimal(12)) if number == 1 else None,
            current=reading if number < 2 else None,  # noqa: PLR2004  # the first two
        )


def sub_project(
    number: int, state: State | None, partners: tuple[str, ...] = ("p1",), **others: Any
) -> SubProjectFacts:
    """Make a sub-project with everything that can be known of it; without a state it has reported nothing."""
    key = f"DP-{number:02}"
    was = _BEFORE[state] if state else None
    degrees = cycle(terms("degree"))
    whole = SubProjectFacts(
        key,
        said("Fjellrevens hi", "Fjällrävens lya", number),
        said("Formål", "Syfte", number),
        partners,
        date(2025, 1, 1),
        date(2027, 12, 31),
        Money(Decimal(1_250_000), CURRENCIES[number % len(CURRENCIES)]),
        current=status(f"{key}:{TODAY}", TODAY - timedelta(3), state) if state else None,
        previous=status(f"{key}:{THEN}", THEN - timedelta(3), was) if was else None,
        milestones=milestones(key),
        indicators=tuple(indicators(key)),
        assessments=tuple(
            AssessmentFacts(f"{key}:{theme}", theme, TODAY, degree, said("Slik", "Så här"))
            for theme, degree in zip(("T1", "T2"), islice(degrees, number % 4, None), strict=False)
        ),
        reported=(THEN - timedelta(3), TODAY - timedelta(3)) if state else (),
    )
    return replace(whole, **others)


def partner(number: int, kind: str, country: str) -> PartnerFacts:
    """Make a partner in a group, with a number."""
    return PartnerFacts(
        f"p{number}",
        said("Fjellrevkommunen", "Fjällrävskommunen", number),
        kind,
        country,
        joined=date(2025, 1, 1),
        left=None,
        roles=("lead_partner" if number == 1 else "project_partner",),
        groups=(said("Gruppe", "Grupp"),),
        identifiers=(IdentifierFacts("canary", f"00{number}"),),
    )


def partners() -> tuple[PartnerFacts, ...]:
    """Make a partner of every kind, and of two kinds in every country."""
    kinds, countries = terms("organisation_type"), terms("country")
    pairs = [(kind, countries[0]) for kind in kinds] + [(kind, other) for other in countries[1:] for kind in kinds[:2]]
    found = tuple(partner(number, *pair) for number, pair in enumerate(pairs, start=1))
    return tuple(sorted(found, key=lambda each: each.country))


def attendance(own: Iterable[PartnerFacts]) -> Iterator[AttendanceFacts]:
    """Make an answer of every kind, one of them with a substitute."""
    person, other, reason = PERSONS["attendees"]
    for state, each in zip(cycle(terms("attendance")), own, strict=False):
        substitute = other if state == "attended" else ""
        why = reason if state == "cancelled" else ""
        known = (each.key, each.name, each.type, each.country, None, state)
        yield AttendanceFacts(f"G1:{each.key}", *known, person, substitute, why)


def gatherings(own: tuple[PartnerFacts, ...]) -> Iterator[GatheringFacts]:
    """Make the last gathering, at which everything was said that can be, and the next one."""
    title, topic, series = said("Samling", "Träff", 2), said("Tema", "Tema"), said("Rekke", "Serie")
    statements = tuple(
        StatementFacts(f"G1:{each.key}:{kind}", each.key, each.name, kind, said("Ytring", "Yttrande", number))
        for number, (kind, each) in enumerate(zip(terms("statement_kind"), cycle(own), strict=False))
    )
    last = GatheringFacts(
        "G2", title, topic, "project_gathering", series, 2, own[0].name, "Dovre", THEN, THEN + timedelta(1)
    )
    coming = replace(last, key="G3", number=3, start=TODAY + timedelta(90), end=TODAY + timedelta(90))
    yield replace(last, attendance=tuple(attendance(own)), statements=statements)
    yield replace(coming, title=said("Samling", "Träff", 3))


def empty_facts() -> Facts:
    """Make the facts of a consortium that has just begun: nothing is there yet."""
    home = ConsortiumFacts("fjell", said("Fjellrevprosjektet", "Fjällrävsprojektet"), "", LANGUAGES, None, None)
    return Facts(home, TODAY, (), Stream(lambda: ()), fingerprint="0" * 64)


def whole_facts() -> Facts:
    """Make the facts of a consortium in which everything occurs: every state, trend, answer, statement and kind."""
    own = partners()
    pairs = zip((*State, None), own, (*own[1:], own[0]), strict=False)
    each = tuple(sub_project(n, state, (one.key, other.key)) for n, (state, one, other) in enumerate(pairs, start=1))
    return _sealed(_whole(own, each))


def huge_facts(count: int = 2_000) -> Facts:
    """Make the facts of so many sub-projects, some of which have long words, odd signs, and nothing but a title."""
    small = whole_facts()
    base = tuple(small.sub_projects)
    own = {each.key: place for place, each in enumerate(small.partners)}

    def one(number: int) -> SubProjectFacts:
        key, odd = f"DP-{number:05}", text(ODD[number // 10 % len(ODD)])
        like = replace(base[number % len(base)], key=key, title=said("Hi", "Lya", number))
        if number % 10:
            return replace(_short(like), milestones=(), indicators=(), assessments=())
        return replace(like, title=odd, purpose=odd, current=like.current and replace(like.current, summary=odd))

    each = sorted(map(one, range(count)), key=lambda each: (own[each.partners[0]], each.key))
    return replace(small, sub_projects=Stream(lambda: each))


def _short(each: SubProjectFacts) -> SubProjectFacts:
    """Leave out all of the statuses but their summaries."""

    def short(status: StatusFacts | None) -> StatusFacts | None:
        return status and replace(status, achieved=Text(), next_steps=Text(), support_needs=Text())

    return replace(each, current=short(each.current), previous=short(each.previous))


def _whole(own: tuple[PartnerFacts, ...], each: tuple[SubProjectFacts, ...]) -> Facts:
    home = ConsortiumFacts(
        "fjell",
        said("Fjellrevprosjektet", "Fjällrävsprojektet"),
        "Polar 2026",
        LANGUAGES,
        date(2025, 1, 1),
        date(2027, 12, 31),
    )
    themes = tuple(ThemeFacts(f"T{number}", said("Tema", "Tema", number), said("Hvordan", "Hur")) for number in (1, 2))
    periods = (
        PeriodFacts("2025-2", date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 15), date(2026, 2, 1)),
        PeriodFacts("2026-1", date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 15), None),
    )
    found = tuple(gatherings(own))
    return Facts(
        home,
        TODAY,
        own,
        Stream(lambda: each),
        since=Since("gathering", THEN, "G2", found[0].title),
        themes=themes,
        periods=periods,
        gatherings=found,
        gone=(GoneFacts("DP-99", said("Borte", "Borta"), (own[0].key,)),),
    )


def _sealed(facts: Facts) -> Facts:
    lines = [head_of(facts), *map(line_of, facts.sub_projects)]
    return replace(facts, fingerprint=fingerprint(lines))
