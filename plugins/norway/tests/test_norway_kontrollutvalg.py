"""Norway: the follow-up table of municipal control committees."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from consortium.documents import Document, Note, Section, Speech, Table
from consortium.plugins import FrontDesk
from consortium.testing import Make
from consortium_norway.kontrollutvalg import Kontrollutvalg


def told(make: Make) -> Document:
    """Tell the home consortium in Bokmål."""
    return Kontrollutvalg().document(make.facts(), Speech(("nb",)))


def raise_finding(make: Make) -> None:
    """Let a municipality say at a gathering that something was found."""
    fjord = make.partner("Fjord")
    make.sub_project(partners=[fjord])
    make.statement(make.gathering(day=date(2026, 3, 2)), fjord.organisation, kind="finding")


def tables(document: Document) -> Iterator[Table]:
    """Walk the tables of a document."""
    for block in document.blocks:
        if isinstance(block, Section):
            yield from (each for each in block.blocks if isinstance(each, Table))


def cells(document: Document) -> list[list[str]]:
    """Read the rows of all tables, cell by cell."""
    return [[cell[0].words for cell in row.cells] for table in tables(document) for row in table.rows]


def test_its_headings_are_exactly_those_of_the_secretariats(make: Make) -> None:
    raise_finding(make)
    (table,) = tables(told(make))

    assert [column.words[0].words for column in table.columns] == [
        "Møte",
        "Saknr.",
        "Sak",
        "Vedtak",
        "Sendes/behandles",
        "Sist redigert",
        "Behandlet",
        "Oppfølging",
        "Ferdig",
    ]


def test_what_is_known_is_filled_in_and_a_dash_stands_for_the_rest(make: Make) -> None:
    fjord = make.partner("Fjord")
    make.sub_project(partners=[fjord])
    make.statement(
        make.gathering(day=date(2026, 3, 2)), fjord.organisation, kind="finding", words={"nb": "Planene mangler."}
    )

    assert cells(told(make)) == [["2. mars 2026", "–", "Fjord (funn): Planene mangler.", *["–"] * 6]]


@pytest.mark.parametrize(
    ("kind", "is_told"), [("finding", True), ("risk", True), ("challenge", True), ("success", False), ("quote", False)]
)
def test_only_what_calls_for_follow_up_stands_in_it(make: Make, kind: str, is_told: bool) -> None:
    fjord = make.partner("Fjord")
    make.sub_project(partners=[fjord])
    make.statement(make.gathering(day=date(2026, 3, 2)), fjord.organisation, kind=kind)

    assert bool(cells(told(make))) == is_told


@pytest.mark.parametrize(
    ("others", "is_told"),
    [
        ({"type": "municipality"}, True),
        ({"type": "region"}, True),
        ({"type": "university"}, False),
        ({"country": "SE"}, False),
    ],
)
def test_it_is_about_norwegian_municipalities_and_counties(make: Make, others: dict[str, str], is_told: bool) -> None:
    given: dict[str, Any] = dict(others)
    home, other = make.partner("Fjord"), make.partner("Den andre", **given)
    make.sub_project(partners=[home])
    make.statement(make.gathering(day=date(2026, 3, 2)), other.organisation, kind="risk")

    assert bool(cells(told(make))) == is_told


def test_words_in_another_language_keep_their_language_and_its_mark(make: Make) -> None:
    fjord = make.partner("Fjord")
    make.sub_project(partners=[fjord])
    words = {"nn": "Planane manglar."}
    make.statement(make.gathering(day=date(2026, 3, 2)), fjord.organisation, kind="finding", words=words)
    ((_meeting, _number, case, *_others),) = (row.cells for table in tables(told(make)) for row in table.rows)

    assert (case[0].language, case[0].note) == ("nn", "på nynorsk")


def test_it_says_what_is_not_filled_in(make: Make) -> None:
    raise_finding(make)
    (section,) = (each for each in told(make).blocks if isinstance(each, Section))
    notes = [each.words[0].words for each in section.blocks if isinstance(each, Note)]

    assert "En strek står for det som ikke er registrert" in notes[-1]


def test_without_a_gathering_it_says_so(make: Make) -> None:
    make.sub_project()

    assert not list(tables(told(make)))


def test_it_names_nobody() -> None:
    assert Kontrollutvalg.personal_data == frozenset()


def test_the_plugin_brings_it_to_the_front_desk() -> None:
    assert isinstance(FrontDesk().variant("no-kontrollutvalg"), Kontrollutvalg)
