"""Norway: what its reports have always said of a small consortium on both sides of a border."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from consortium.documents import Speech
from consortium.facts import (
    AssessmentFacts,
    AttendanceFacts,
    ConsortiumFacts,
    Facts,
    GatheringFacts,
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
from consortium.i18n.numbers import Money
from consortium.testing import Golden
from consortium.texts import Text
from consortium.variants import ReportVariant
from consortium_norway.kontrollutvalg import Kontrollutvalg
from consortium_norway.malform import Malform
from consortium_norway.statusrapport import Statusrapport

DAY, GATHERED, BEFORE = date(2026, 6, 15), date(2026, 3, 2), date(2025, 11, 20)


def text(**words: str) -> Text:
    """Make a text; the first language is its source."""
    (source, first), *others = words.items()
    made = Text().write(source, first)
    for tag, translated in others:
        made = made.translate(tag, translated).review(tag, by="x")
    return made


FJORDVIK = PartnerFacts(
    "fjordvik",
    text(nn="Fjordvik kommune"),
    "municipality",
    "NO",
    date(2025, 1, 1),
    None,
    ("project_owner",),
    identifiers=(IdentifierFacts("no-orgnr", "974760673"), IdentifierFacts("no-kommune", "4699")),
)
SKOGBYN = PartnerFacts(
    "skogbyn",
    text(sv="Skogbyns kommun"),
    "municipality",
    "SE",
    date(2025, 1, 1),
    None,
    ("lead_partner",),
    identifiers=(IdentifierFacts("se-orgnr", "212099-0318"), IdentifierFacts("se-kommun", "2299")),
)
GATHERING = GatheringFacts(
    "samling-1",
    text(nb="Samling i Fjordvik", sv="Träff i Fjordvik"),
    text(nb="Lavterskeltilbud", sv="Lågtröskelverksamhet"),
    "project_gathering",
    None,
    None,
    FJORDVIK.name,
    "Fjordvik",
    GATHERED,
    GATHERED,
    tuple(
        AttendanceFacts(f"a-{each.key}", each.key, each.name, each.type, each.country, None, "attended")
        for each in (FJORDVIK, SKOGBYN)
    ),
    (
        StatementFacts("u-1", "fjordvik", FJORDVIK.name, "finding", text(nn="To av fem planar manglar koordinator.")),
        StatementFacts("u-2", "fjordvik", FJORDVIK.name, "risk", text(nb="Prosjektlederen slutter i august.")),
        StatementFacts("u-3", "fjordvik", FJORDVIK.name, "success", text(nb="Kafeen er åpen.", sv="Kaféet är öppet.")),
        StatementFacts("u-4", "skogbyn", SKOGBYN.name, "support_need", text(sv="Vi behöver en jurist.")),
    ),
)


def status(key: str, day: date, state: State, summary: Text) -> StatusFacts:
    """Make a status with all its texts."""
    return StatusFacts(
        key,
        day,
        state,
        summary,
        text(nb="Avtalen er skrevet.", sv="Avtalet är skrivet."),
        text(nb="Opplæring i august.", sv="Utbildning i augusti."),
        text(nb="En jurist.", sv="En jurist."),
    )


def _indicator() -> IndicatorFacts:
    then, now = (ValueFacts(f"v-{day}", day, Decimal(value), Text()) for day, value in ((BEFORE, 12), (DAY, 30)))
    name, unit = text(nb="Deltakere", sv="Deltagare"), text(nb="personer", sv="personer")
    return IndicatorFacts("i-1", name, unit, "output", Decimal(0), Decimal(40), None, None, then, now)


def _projects() -> tuple[SubProjectFacts, ...]:
    start, end = date(2025, 2, 1), date(2026, 12, 31)
    milestone = MilestoneFacts("m-1", text(nb="Kafeen er åpen", sv="Kaféet är öppet"), date(2026, 5, 1), None)
    first = SubProjectFacts(
        "DP-1",
        text(nn="Open kafé"),
        text(nn="Ein stad å vere for alle."),
        ("fjordvik", "skogbyn"),
        start,
        end,
        Money(Decimal(540_000), "NOK"),
        status("s-2", date(2026, 6, 1), State.DELAYED, text(nn="Lokalet vart oppsagt i mai.")),
        status("s-1", BEFORE, State.ON_TRACK, text(nn="Lokalet er leigd.")),
        (milestone,),
        (_indicator(),),
        (AssessmentFacts("as-1", "recovery", DAY, "high", text(nb="Gjestene er verter.", sv="Gästerna är värdar.")),),
        (BEFORE, date(2026, 6, 1)),
    )
    title, purpose = text(nb="Felles plan", sv="Gemensam plan"), text(nb="Én plan.", sv="En plan.")
    amounts = {"DP-2": Money(Decimal("185000.50"), "EUR"), "DP-3": Money(Decimal(890_000), "SEK"), "DP-4": None}
    bare = replace(first, milestones=(), indicators=(), assessments=(), reported=(), current=None, previous=None)
    others = (
        replace(bare, key=key, title=title, purpose=purpose, partners=("skogbyn", "fjordvik"), budget=budget)
        for key, budget in amounts.items()
    )
    return (first, *others)


def small_facts() -> Facts:
    """Give the facts of the small consortium."""
    name = text(nb="Sammen over grensen", sv="Tillsammans över gränsen")
    return Facts(
        ConsortiumFacts("over", name, "Interreg", ("nb", "sv"), date(2025, 1, 1), date(2027, 6, 30)),
        DAY,
        (FJORDVIK, SKOGBYN),
        Stream(_projects),
        Since("gathering", GATHERED, "samling-1", GATHERING.title),
        themes=(
            ThemeFacts(
                "recovery", text(nb="Recovery", sv="Återhämtning"), text(nb="I hvilken grad?", sv="Hur mycket?")
            ),
        ),
        periods=(PeriodFacts("2025-2", date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 31), None),),
        gatherings=(GATHERING,),
        fingerprint="0" * 64,
    )


@pytest.mark.parametrize("languages", ["nb", "nn", "nb+sv"])
@pytest.mark.parametrize("variant", [Statusrapport(), Kontrollutvalg(), Malform()], ids=lambda each: each.key)
def test_a_report_says_what_it_has_always_said(golden: Golden, variant: ReportVariant, languages: str) -> None:
    golden(variant.document(small_facts(), Speech(tuple(languages.split("+")))), f"{variant.key}.{languages}.md")
