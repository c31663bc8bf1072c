"""Sweden: the lägesrapport under the four headings of the national model."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from consortium.documents import Document, Section, Speech, Table
from consortium.i18n.numbers import Money
from consortium.plugins import FrontDesk
from consortium.testing import Make
from consortium_sweden.lagesrapport import Lagesrapport


def told(make: Make) -> Document:
    """Tell the home consortium in Swedish."""
    return Lagesrapport().document(make.facts(), Speech(("sv",)))


def sections(document: Document, level: int) -> Iterator[Section]:
    """Walk the sections of a level."""
    return (each for each in document.blocks if isinstance(each, Section) and each.heading.level == level)


def rows(document: Document, anchor: str, caption: str) -> list[list[str]]:
    """Read a table of a section, cell by cell."""
    (section,) = (each for each in document.blocks if isinstance(each, Section) and each.heading.anchor == anchor)
    tables = [each for each in section.blocks if isinstance(each, Table) and each.caption[0].words == caption]
    return [["".join(phrase.words for phrase in cell) for cell in row.cells] for table in tables for row in table.rows]


def test_its_headings_are_the_four_of_the_model_in_their_order(make: Make) -> None:
    make.sub_project(partners=[make.partner("Skog", country="SE")])

    assert [each.heading.words[0].words for each in sections(told(make), 1)][:4] == [
        "Övergripande uppgifter om projektet",
        "Arbetssätt och organisation",
        "Aktiviteter",
        "Projektets resultat",
    ]


def test_it_tells_of_the_swedish_sub_projects_only(make: Make) -> None:
    home, away = make.partner("Skog", country="SE"), make.partner("Fjord")
    for title, partners in {"Vårt": [home], "Deres": [away], "Felles": [away, home]}.items():
        make.sub_project(title, partners=partners)

    named = [each.heading.words[0].words for each in sections(told(make), 2)]

    assert ("Vårt" in named, "Deres" in named, "Felles" in named) == (True, False, True)


def test_it_says_whom_it_is_about(make: Make) -> None:
    make.partner("Fjord")
    make.partner("Skog", country="SE")

    assert ("Avgränsad till", "Sverige") in [
        (label[0].words, words[0].words) for label, words in told(make).details.items
    ]


def test_it_suits_swedish_partners(make: Make) -> None:
    make.partner("Fjord")
    make.partner("Skog", country="SE")

    assert [each.country for each in make.facts().partners if Lagesrapport().suits(each)] == ["SE"]


def test_partners_stand_there_with_their_numbers(make: Make) -> None:
    skog = make.partner("Skog", country="SE")
    skog.organisation.identifiers = {"se-orgnr": "212099-0318", "se-kommun": "2380"}
    make.sub_project(partners=[skog])

    assert [row[2:] for row in rows(told(make), "model-overall", "Svenska partner")] == [["212099-0318", "2380"]]


def test_amounts_stand_in_the_column_of_their_currency_and_are_summed_there(make: Make) -> None:
    skog = make.partner("Skog", country="SE")
    for amount, currency in ((1000, "EUR"), (2000, "EUR"), (30_000, "SEK"), (500, "NOK")):
        make.sub_project(f"{amount}", partners=[skog], budget=Money(Decimal(amount), currency))
    table = rows(told(make), "model-overall", "Budgetar i euro och svenska kronor")

    assert [cell.replace("\u00a0", " ") for cell in table[-1][2:]] == ["3 000 EUR", "30 000 SEK", ""]
    assert [row[2:] for row in table if row[0] == "500"] == [["–", "–", "500\u00a0NOK"]]


@pytest.mark.parametrize(
    ("language", "title"), [("sv", "Lägesrapport"), ("nb", "Fremdriftsrapport"), ("en", "Progress report")]
)
def test_it_is_called_what_its_readers_call_it(language: str, title: str) -> None:
    assert Lagesrapport.title.say(language) == title
    assert Lagesrapport.languages == ("sv",)


def test_it_names_nobody() -> None:
    assert Lagesrapport.personal_data == frozenset()


def test_the_plugin_brings_it_to_the_front_desk() -> None:
    assert isinstance(FrontDesk().variant("se-lagesrapport"), Lagesrapport)
