"""Sweden: organisation numbers, and the lägesrapport."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.documents import Document, Section, Speech
from consortium.errors import InvalidValue
from consortium.plugins import FrontDesk
from consortium.testing import Make
from consortium_sweden import Lagesrapport, check_orgnr


def titles(document: Document) -> Iterator[str]:
    """Walk the titles of the sub-projects that a document tells of."""
    for block in document.blocks:
        if isinstance(block, Section) and block.heading.level == 2:
            yield block.heading.words[0].words


@pytest.mark.parametrize(
    "written",
    [
        "212099-0318",
        "2120990318",
        "212099 0318",
        " 212099-0318 ",
        "212099–0318",
        "212099\u22120318",
        "２１２０９９-０３１８",
    ],
)
def test_an_organisation_number_is_kept_as_ten_figures_with_a_hyphen(written: str) -> None:
    assert check_orgnr(written) == "212099-0318"


@pytest.mark.parametrize(
    "written",
    [
        "212099-0319",
        "212099-0381",
        "21209-0318",
        "2120990-0318",
        "16212099-0318",
        "212099-031X",
        "SE212099031801",
        "",
        " ",
        "٢١٢٠٩٩-٠٣١٨",
        "²12099-0318",
        "974760673",
        "2" * 10_000,
        "{0}",
        "\0",
        "\ud800",
    ],
)
def test_what_is_no_organisation_number_is_refused(written: str) -> None:
    with pytest.raises(InvalidValue, match="ten figures") as caught:
        check_orgnr(written)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("place", [0, 1, 2, 3, 4, 5, 7, 8, 9, 10])
def test_every_single_wrong_figure_is_found(place: int) -> None:
    good = "212099-0318"
    wrong = good[:place] + str((int(good[place]) + 1) % 10) + good[place + 1 :]

    with pytest.raises(InvalidValue):
        check_orgnr(wrong)


@given(st.text(st.characters()) | st.from_regex(r"[0-9]{6}[- ]?[0-9]{4}", fullmatch=True))
@settings(deadline=None)
def test_any_words_are_ten_figures_or_refused(words: str) -> None:
    try:
        number = check_orgnr(words)
    except InvalidValue:
        return
    assert (len(number), number.isascii(), number[6], number.replace("-", "").isdigit()) == (11, True, "-", True)
    assert check_orgnr(number) == number


def test_the_lagesrapport_tells_of_the_swedish_sub_projects_only(make: Make) -> None:
    home, away = make.partner("Skog", country="SE"), make.partner("Fjord")
    for title, partners in {"Vårt": [home], "Deres": [away], "Felles": [away, home]}.items():
        make.sub_project(title, partners=partners)

    document = Lagesrapport().document(make.facts(), Speech(("sv",)))

    assert sorted(titles(document)) == ["Felles", "Vårt"]


def test_the_lagesrapport_says_whom_it_is_about(make: Make) -> None:
    make.partner("Fjord")
    make.partner("Skog", country="SE")
    items = Lagesrapport().document(make.facts(), Speech(("sv",))).details.items

    assert ("Avgränsad till", "Sverige") in [(label[0].words, words[0].words) for label, words in items]


def test_the_lagesrapport_suits_swedish_partners(make: Make) -> None:
    make.partner("Fjord")
    make.partner("Skog", country="SE")

    suited = [partner.country for partner in make.facts().partners if Lagesrapport().suits(partner)]

    assert suited == ["SE"]


@pytest.mark.parametrize(
    ("language", "title"), [("sv", "Lägesrapport"), ("nb", "Fremdriftsrapport"), ("en", "Progress report")]
)
def test_the_lagesrapport_is_called_what_its_readers_call_it(language: str, title: str) -> None:
    assert Lagesrapport.title.say(language) == title
    assert Lagesrapport.languages == ("sv",)


def test_the_plugin_brings_its_report_and_its_numbers_to_the_front_desk() -> None:
    desk = FrontDesk()

    assert isinstance(desk.variant("se-lagesrapport"), Lagesrapport)
    assert (desk.identifier_kinds["se-orgnr"].country, desk.identifier_kinds["se-orgnr"].check) == ("SE", check_orgnr)


def test_a_refusal_is_said_in_swedish() -> None:
    with pytest.raises(InvalidValue) as caught:
        check_orgnr("12")
    assert "organisationsnummer" in caught.value.say("sv")
