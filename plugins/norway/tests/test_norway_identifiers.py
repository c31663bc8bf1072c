"""Norway: organisation numbers and municipality numbers."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.errors import InvalidValue
from consortium.plugins import FrontDesk
from consortium_norway.counties import counties, counties_now
from consortium_norway.identifiers import check_kommune, check_orgnr


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


@pytest.mark.parametrize(
    ("written", "kept"),
    [("0301", "0301"), (" 5001 ", "5001"), ("3020", "3020"), ("32 07", "3207"), ("1201", "1201"), ("０３０１", "0301")],
)
def test_a_municipality_number_is_kept_as_four_figures_also_one_of_a_former_county(written: str, kept: str) -> None:
    assert check_kommune(written) == kept


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("301", "do you mean 0301"),
        ("0000", "No county has had the number 00"),
        ("2111", "No county has had the number 21"),
        ("5301", "No county has had the number 53"),
        ("9999", "31, 32, 33"),
        ("5000", "a whole county"),
        ("50011", "four figures"),
        ("Oslo", "four figures"),
        ("", "four figures"),
        ("٠٣٠١", "four figures"),
        ("9" * 10_000, "four figures"),
    ],
)
def test_what_is_no_municipality_number_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason) as caught:
        check_kommune(written)
    assert len(str(caught.value)) < 250


@given(st.text(st.characters()) | st.from_regex(r"[0-9 ]{3,6}", fullmatch=True))
@settings(deadline=None)
def test_any_words_are_four_figures_of_a_known_county_or_refused(words: str) -> None:
    try:
        number = check_kommune(words)
    except InvalidValue:
        return
    assert (len(number), number.isascii(), number[:2] in counties()) == (4, True, True)


def test_the_counties_of_today_are_fifteen() -> None:
    assert len(counties_now()) == 15


@pytest.mark.parametrize(
    ("number", "end", "successors"),
    [
        ("30", date(2023, 12, 31), ("31", "32", "33")),
        ("38", date(2023, 12, 31), ("39", "40")),
        ("54", date(2023, 12, 31), ("55", "56")),
        ("02", date(2019, 12, 31), ("30",)),
        ("16", date(2017, 12, 31), ("50",)),
    ],
)
def test_a_county_that_was_merged_or_split_has_successors_from_the_next_day(
    number: str, end: date, successors: tuple[str, ...]
) -> None:
    old = counties()[number]

    assert (old.end, old.successors) == (end, successors)
    assert {counties()[each].start for each in successors} == {date(end.year + 1, 1, 1)}


def test_the_plugin_brings_both_kinds_to_the_front_desk() -> None:
    kinds = FrontDesk().identifier_kinds

    assert (kinds["no-orgnr"].country, kinds["no-orgnr"].check) == ("NO", check_orgnr)
    assert (kinds["no-kommune"].country, kinds["no-kommune"].check) == ("NO", check_kommune)


@pytest.mark.parametrize(("check", "word"), [(check_orgnr, "organisasjonsnummer"), (check_kommune, "kommunenummer")])
def test_a_refusal_is_said_in_norwegian(check: object, word: str) -> None:
    assert callable(check)
    with pytest.raises(InvalidValue) as caught:
        check("12")
    assert word in caught.value.say("nb")
