"""Norway: organisation numbers, and the statusrapport."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.documents import Document, Section, Speech
from consortium.errors import InvalidValue
from consortium.plugins import FrontDesk
from consortium.testing import Make
from consortium_norway import Statusrapport, check_orgnr


def titles(document: Document) -> Iterator[str]:
    """Walk the titles of the sub-projects that a document tells of."""
    for block in document.blocks:
        if isinstance(block, Section) and block.heading.level == 2:
            yield block.heading.words[0].words


@pytest.mark.parametrize(
    "written",
    ["974760673", "974 760 673", " 974760673 ", "974\u00a0760\u00a0673", "９７４７６０６７３"],
)
def test_an_organisation_number_is_kept_as_nine_figures(written: str) -> None:
    assert check_orgnr(written) == "974760673"


@pytest.mark.parametrize(
    "written",
    [
        "974760674",
        "974760637",
        "97476067",
        "9747606730",
        "97476067X",
        "NO974760673MVA",
        "",
        " ",
        "٩٧٤٧٦٠٦٧٣",
        "²74760673",
        "-74760673",
        "212099-0318",
        "9" * 10_000,
        "{0}",
        "\0",
        "\ud800",
    ],
)
def test_what_is_no_organisation_number_is_refused(written: str) -> None:
    with pytest.raises(InvalidValue, match="nine figures") as caught:
        check_orgnr(written)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("written", ["974-760-673", "974.760.673"])
def test_hyphens_and_dots_are_no_part_of_an_organisation_number(written: str) -> None:
    with pytest.raises(InvalidValue):
        check_orgnr(written)


@pytest.mark.parametrize("place", range(9))
def test_every_single_wrong_figure_is_found(place: int) -> None:
    good = "974760673"
    wrong = good[:place] + str((int(good[place]) + 1) % 10) + good[place + 1 :]

    with pytest.raises(InvalidValue):
        check_orgnr(wrong)


@given(st.text(st.characters()) | st.from_regex(r"[0-9 ]{9,12}", fullmatch=True))
@settings(deadline=None)
def test_any_words_are_nine_figures_or_refused(words: str) -> None:
    try:
        number = check_orgnr(words)
    except InvalidValue:
        return
    assert (len(number), number.isascii(), number.isdigit()) == (9, True, True)
    assert check_orgnr(number) == number


def test_the_statusrapport_tells_of_the_norwegian_sub_projects_only(make: Make) -> None:
    home, away = make.partner("Fjord"), make.partner("Skog", country="SE")
    for title, partners in {"Vårt": [home], "Deres": [away], "Felles": [away, home]}.items():
        make.sub_project(title, partners=partners)

    document = Statusrapport().document(make.facts(), Speech(("nb",)))

    assert sorted(titles(document)) == ["Felles", "Vårt"]


def test_the_statusrapport_says_whom_it_is_about(make: Make) -> None:
    make.partner("Fjord")
    make.partner("Skog", country="SE")
    items = Statusrapport().document(make.facts(), Speech(("nb",))).details.items

    assert ("Avgrenset til", "Norge") in [(label[0].words, words[0].words) for label, words in items]


def test_the_statusrapport_suits_norwegian_partners(make: Make) -> None:
    make.partner("Fjord")
    make.partner("Skog", country="SE")

    suited = [partner.country for partner in make.facts().partners if Statusrapport().suits(partner)]

    assert suited == ["NO"]


@pytest.mark.parametrize(
    ("language", "title"), [("nb", "Statusrapport"), ("nn", "Statusrapport"), ("en", "Status report")]
)
def test_the_statusrapport_is_called_what_its_readers_call_it(language: str, title: str) -> None:
    assert Statusrapport.title.say(language) == title
    assert Statusrapport.languages == ("nb",)


def test_the_plugin_brings_its_report_and_its_numbers_to_the_front_desk() -> None:
    desk = FrontDesk()

    assert isinstance(desk.variant("no-statusrapport"), Statusrapport)
    assert (desk.identifier_kinds["no-orgnr"].country, desk.identifier_kinds["no-orgnr"].check) == ("NO", check_orgnr)


def test_a_refusal_is_said_in_norwegian() -> None:
    with pytest.raises(InvalidValue) as caught:
        check_orgnr("12")
    assert "organisasjonsnummer" in caught.value.say("nb")
