"""A whole consortium in Norwegian and Swedish, for tests that have no workbook."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from typing import TYPE_CHECKING

from consortium.facts import State
from consortium.i18n.numbers import Money
from consortium.texts.terms import terms

if TYPE_CHECKING:
    from consortium.models import Consortium, Gathering, Partner, SubProject
    from consortium.testing.records import Make

#: the day of the last gathering, and the day of all that is new since
THEN, NOW = date(2026, 3, 2), date(2026, 6, 12)


def both(nb: str, sv: str, number: int | str = "") -> Mapping[str, str]:
    """Say a thing in Norwegian, and the same in Swedish."""
    return {"nb": f"{nb} {number}".strip(), "sv": f"{sv} {number}".strip()}


def fill(make: "Make") -> None:
    """Make the home consortium and all that can be in it."""
    home = make.consortium(
        key="fjell",
        name=both("Fjell uten grenser", "Fjäll utan gränser"),
        programme="Polar",
        end=date(2027, 12, 31),
    )
    make.__dict__["home"] = home
    countries = cycle(terms("country"))
    partners = [
        make.partner(
            key=f"p{number}", name=both("Kommune", "Kommun", number), country=next(countries), joined=date(2025, 1, 1)
        )
        for number in range(1, 5)
    ]
    _reported(make, home, partners)
    _gathered(make, partners)
    make.period()
    make.period(key="2026-1", start=date(2026, 1, 1), end=date(2026, 6, 30))


def _reported(make: "Make", home: "Consortium", partners: "Sequence[Partner]") -> None:
    """Make a sub-project in every state, and one that has reported nothing."""
    own = [
        make.theme(key=f"T{number}", name=both("Tema", "Tema", number), question=both("Hvordan?", "Hur?"))
        for number in (1, 2)
    ]
    degrees = cycle(terms("degree"))
    for number, state in enumerate((*State, None), start=1):
        made = make.sub_project(
            both("Delprosjekt", "Delprojekt", number),
            key=f"DP-{number:02}",
            purpose=both("Formål", "Syfte", number),
            partners=[partners[number % 4], partners[(number + 1) % 4]],
            start=home.start,
            end=home.end,
            budget=Money(Decimal(500_000), "EUR"),
        )
        if state:
            _told(make, made, state)
        for theme in own:
            make.assessment(theme, made, degree=next(degrees), words=both("Slik", "Så här"))


def _told(make: "Make", made: "SubProject", state: State) -> None:
    """Make two statuses, milestones and indicators of a sub-project."""
    before = State.ON_TRACK if state is State.AT_RISK else State.AT_RISK
    for day, then in ((THEN - timedelta(7), before), (NOW, state)):
        make.status(
            made,
            state=then.value,
            day=day,
            summary=both("Slik står det til", "Så är läget"),
            achieved=both("Avtalen er skrevet", "Avtalet är skrivet"),
            next_steps=both("Opplæring", "Utbildning"),
            support_needs=both("En jurist", "En jurist"),
        )
    for number, (due, done) in enumerate(((THEN, THEN), (NOW, None), (date(2026, 11, 1), None)), start=1):
        make.milestone(made, title=both("Milepæl", "Milstolpe", number), due=due, done=done)
    for level in terms("indicator_level"):
        indicator = make.indicator(made, name=both("Måltall", "Måltal"), unit=both("personer", "personer"), level=level)
        make.reading(indicator, day=THEN, value=Decimal(12))
        make.reading(indicator, day=NOW)
        make.target(indicator, day=NOW, reason=both("Færre steder", "Färre platser"))


def _gathered(make: "Make", partners: "Sequence[Partner]") -> None:
    """Make a gathering at which everything was said, and the one that comes next."""
    series = make.series(both("Prosjektsamling", "Projektträff"))
    given = {"series": series, "topic": both("Tema", "Tema"), "place": "Dovre", "host": partners[0].organisation}
    last = make.gathering(title=both("Samling", "Träff", 1), day=THEN, number=1, **given)
    make.gathering(title=both("Samling", "Träff", 2), day=date(2026, 9, 1), number=2, **given)
    for partner, state in zip(partners, ("attended", "absent", "declined", "cancelled"), strict=True):
        make.attendance(last, partner.organisation, person=make.person(), state=state)
    for kind, partner in zip(terms("statement_kind"), cycle(partners), strict=False):
        _said(make, last, partner, kind)


def _said(make: "Make", gathering: "Gathering", partner: "Partner", kind: str) -> None:
    make.statement(gathering, partner.organisation, kind=kind, words=both("Slik var det", "Så var det"))
