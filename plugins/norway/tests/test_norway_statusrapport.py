"""Norway: the statusrapport under the headings of the portal."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from consortium.documents import Document, Note, Section, Speech, Table
from consortium.i18n.numbers import Money
from consortium.plugins import FrontDesk
from consortium.testing import Make
from consortium_norway.headings import portal
from consortium_norway.statusrapport import Statusrapport


def told(make: Make) -> Document:
    """Tell the home consortium in Bokmål."""
    return Statusrapport().document(make.facts(), Speech(("nb",)))


def sections(document: Document, level: int) -> Iterator[Section]:
    """Walk the sections of a level."""
    return (each for each in document.blocks if isinstance(each, Section) and each.heading.level == level)


def rows(document: Document, anchor: str, caption: str) -> list[list[str]]:
    """Read a table of a section, cell by cell."""
    (section,) = (each for each in document.blocks if isinstance(each, Section) and each.heading.anchor == anchor)
    tables = [each for each in section.blocks if isinstance(each, Table) and each.caption[0].words == caption]
    return [["".join(phrase.words for phrase in cell) for cell in row.cells] for table in tables for row in table.rows]


def test_the_headings_are_those_of_the_data_in_their_order(make: Make) -> None:
    make.status()

    own = [each.heading.words[0].words for each in sections(told(make), 1) if each.heading.anchor.startswith("portal-")]

    assert own == [words.say("nb") for words in portal().headings.values()]


def test_headings_that_nobody_has_confirmed_are_marked_at_the_foot(make: Make) -> None:
    make.status()
    last = list(told(make).blocks)[-1]

    assert portal().confirmed is None
    assert isinstance(last, Note)
    assert "ikke bekreftet" in last.words[0].words


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_every_heading_is_there_in_every_language(language: str) -> None:
    said = [words.say(language) for words in portal().headings.values()]

    assert len(set(said)) == len(said) == 6


def test_it_tells_of_the_norwegian_sub_projects_only(make: Make) -> None:
    home, away = make.partner("Fjord"), make.partner("Skog", country="SE")
    for title, partners in {"Vårt": [home], "Deres": [away], "Felles": [away, home]}.items():
        make.sub_project(title, partners=partners)

    named = [each.heading.words[0].words for each in sections(told(make), 2)]

    assert ("Vårt" in named, "Deres" in named, "Felles" in named) == (True, False, True)


def test_it_says_whom_it_is_about(make: Make) -> None:
    make.partner("Fjord")
    make.partner("Skog", country="SE")

    assert ("Avgrenset til", "Norge") in [(label[0].words, words[0].words) for label, words in told(make).details.items]


def test_it_suits_norwegian_partners(make: Make) -> None:
    make.partner("Fjord")
    make.partner("Skog", country="SE")

    assert [each.country for each in make.facts().partners if Statusrapport().suits(each)] == ["NO"]


def test_partners_stand_there_with_their_numbers(make: Make) -> None:
    fjord = make.partner("Fjord")
    fjord.organisation.identifiers = {"no-orgnr": "974760673", "no-kommune": "5001"}
    make.sub_project(partners=[fjord])

    assert [row[2:] for row in rows(told(make), "portal-about", "Norske partnere")] == [["974760673", "5001"]]


def test_amounts_are_summed_in_kroner_and_others_neither_converted_nor_summed(make: Make) -> None:
    fjord = make.partner("Fjord")
    for amount, currency in ((400_000, "NOK"), (600_000, "NOK"), (50_000, "EUR")):
        make.sub_project(currency, partners=[fjord], budget=Money(Decimal(amount), currency))
    table = rows(told(make), "portal-economy", "Budsjetter i norske kroner (NOK)")

    assert table[-1][2].replace("\u00a0", " ") == "1 000 000 NOK"
    assert [row[2:] for row in table if row[0] == "EUR"] == [
        ["50\u00a0000\u00a0EUR", "ikke i kroner, ikke med i summen"]
    ]


@pytest.mark.parametrize(
    ("state", "is_told"), [("delayed", True), ("at_risk", True), ("on_hold", True), ("on_track", False)]
)
def test_deviations_are_told_of_what_does_not_go_as_planned(make: Make, state: str, is_told: bool) -> None:
    make.status(state=state)

    found = rows(told(make), "portal-deviations", "Delprosjekter som ikke går etter planen")

    assert bool(found) == is_told


@pytest.mark.parametrize(
    ("language", "title"), [("nb", "Statusrapport"), ("nn", "Statusrapport"), ("en", "Status report")]
)
def test_it_is_called_what_its_readers_call_it(language: str, title: str) -> None:
    assert Statusrapport.title.say(language) == title
    assert Statusrapport.languages == ("nb",)


def test_it_names_nobody() -> None:
    assert Statusrapport.personal_data == frozenset()


def test_the_plugin_brings_it_to_the_front_desk() -> None:
    assert isinstance(FrontDesk().variant("no-statusrapport"), Statusrapport)
