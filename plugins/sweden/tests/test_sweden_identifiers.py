"""Sweden: organisation numbers and municipality codes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.errors import InvalidValue
from consortium.plugins import FrontDesk
from consortium_sweden.identifiers import COUNTIES, check_kommun, check_orgnr


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


@pytest.mark.parametrize(
    ("written", "kept"), [("0180", "0180"), (" 2262 ", "2262"), ("23 80", "2380"), ("２３８０", "2380")]
)
def test_a_municipality_code_is_kept_as_four_figures(written: str, kept: str) -> None:
    assert check_kommun(written) == kept


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("180", "do you mean 0180"),
        ("1101", "County 11 became part of county 12 in 1997"),
        ("1583", "County 15 became part of county 14 in 1998"),
        ("1680", "County 16 became part of county 14 in 1998"),
        ("0280", "No county has the code 02"),
        ("2601", "No county has the code 26"),
        ("0100", "a whole county"),
        ("01801", "four figures"),
        ("Timrå", "four figures"),
        ("", "four figures"),
        ("٠١٨٠", "four figures"),
        ("9" * 10_000, "four figures"),
    ],
)
def test_what_is_no_municipality_code_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason) as caught:
        check_kommun(written)
    assert len(str(caught.value)) < 250


@given(st.text(st.characters()) | st.from_regex(r"[0-9 ]{3,6}", fullmatch=True))
@settings(deadline=None)
def test_any_words_are_four_figures_of_a_county_or_refused(words: str) -> None:
    try:
        code = check_kommun(words)
    except InvalidValue:
        return
    assert (len(code), code.isascii(), code[:2] in COUNTIES) == (4, True, True)


def test_the_counties_are_twenty_one() -> None:
    assert len(COUNTIES) == 21


def test_the_plugin_brings_both_kinds_to_the_front_desk() -> None:
    kinds = FrontDesk().identifier_kinds

    assert (kinds["se-orgnr"].country, kinds["se-orgnr"].check) == ("SE", check_orgnr)
    assert (kinds["se-kommun"].country, kinds["se-kommun"].check) == ("SE", check_kommun)


@pytest.mark.parametrize(("check", "word"), [(check_orgnr, "organisationsnummer"), (check_kommun, "kommunkod")])
def test_a_refusal_is_said_in_swedish(check: object, word: str) -> None:
    assert callable(check)
    with pytest.raises(InvalidValue) as caught:
        check("12")
    assert word in caught.value.say("sv")
