"""Numbers and money: written as each language does, read strictly, never guessed."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.errors import InvalidValue
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.numbers import Money, format_money, format_number, parse_number

AMOUNTS = st.decimals(Decimal(-(10**11)), Decimal(10**11), places=3)
FIGURES = st.from_regex(r"[-−]?\d{1,4}([., ]\d{1,4}){0,4}", fullmatch=True)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1250000", "1250000"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1\u202f234\u2009567,5", "1234567.5"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1 234.50", "1234.50"),
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,891", "1234567.891"),
        ("1 234,567", "1234.567"),
        ("1234,567", "1234.567"),
        ("0,125", "0.125"),
        ("12,3", "12.3"),
        ("1,2345", "1.2345"),
        ("\u22125", "-5"),
        ("-5", "-5"),
        ("− 1 000", "-1000"),
        ("-0", "0"),
        (" 7\n", "7"),
        ("007", "7"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_a_number_is_read_as_people_write_it(words: str, number: str) -> None:
    assert parse_number(words) == Decimal(number)


@pytest.mark.parametrize("words", ["1.234", "1,234", "12.345", "123,456", "−1.234", "999.999"])
def test_a_number_that_can_be_read_in_two_ways_is_refused_never_guessed(words: str) -> None:
    with pytest.raises(InvalidValue, match="can mean"):
        parse_number(words)


@pytest.mark.parametrize("words", ["1.234", "1,234", "-12.345", "−123,456"])
def test_both_ways_out_of_a_doubt_can_be_gone_and_keep_the_sign(words: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_number(words)

    whole, decimal = re.findall(r"Write ([^ ]+), or ([^ ]+) if", str(caught.value))[0]
    thousandths = Decimal(words.replace("−", "-").replace(",", "."))
    assert (parse_number(whole), parse_number(decimal)) == (thousandths * 1000, thousandths)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "-",
        "−",
        ",5",
        "5,",
        ".",
        "1e3",
        "1E3",
        "NaN",
        "-NaN",
        "Infinity",
        "inf",
        "0x10",
        "1_000",
        "--5",
        "5-",
        "+5",
        "1 23",
        "1 2345",
        "1  234",
        "12,34,567",
        "1.234.5",
        "1.234,567.8",
        "1,234,5",
        "1'234",
        "5 %",
        "850 000 NOK",
        "kr 5",
        "=1+1",
        "\u0661\u0662\u0663",
        "\uff11\uff12",
        "²",
        "½",
        "1\n234",
        "1" * 30,
        "1" * 10_000,
        "99999999999999999",
        "{0}",
        "\0",
        "\ud800",
    ],
)
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_number(words)
    assert len(str(caught.value)) < 300


@given(st.text(st.characters()) | FIGURES)
@settings(deadline=None)
def test_any_words_are_a_finite_number_or_refused(words: str) -> None:
    try:
        number = parse_number(words)
    except InvalidValue:
        return
    assert number.is_finite()
    assert len(number.as_tuple().digits) <= 15


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
@given(number=AMOUNTS)
@settings(deadline=None)
def test_what_we_write_is_read_as_itself_or_refused_as_ambiguous(language: str, number: Decimal) -> None:
    written = format_number(number, language)
    try:
        assert parse_number(written) == number
    except InvalidValue:
        assert re.fullmatch(r"[-−]?[1-9]\d{0,2}[.,]\d{3}", written)


@pytest.mark.parametrize("language", ["nb", "nn", "sv"])
@given(number=st.integers(-(10**12), 10**12))
@settings(deadline=None)
def test_whole_numbers_of_nordic_readers_are_never_ambiguous(language: str, number: int) -> None:
    assert parse_number(format_number(number, language)) == number


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nb", "−1\u00a0234\u00a0567,5"),
        ("nn", "−1\u00a0234\u00a0567,5"),
        ("sv", "−1\u00a0234\u00a0567,5"),
        ("en", "-1,234,567.5"),
    ],
)
def test_a_number_is_written_as_the_reader_does(language: str, written: str) -> None:
    assert format_number(Decimal("-1234567.50"), language) == written


def test_no_decimal_of_an_indicator_is_lost() -> None:
    assert [format_number(Decimal(said), "nb") for said in ("0.0004", "-3.1234", "2.5000")] == [
        "0,0004",
        "−3,1234",
        "2,5",
    ]


@pytest.mark.parametrize("number", [Decimal("1E+300"), 10**400, Decimal("-1E+30"), Decimal("Infinity")])
def test_a_number_that_is_far_too_large_can_be_told(number: Decimal | int) -> None:
    assert format_number(number, "nb") == str(number)


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_nothing_is_written_without_a_sign_whatever_was_written_before(language: str) -> None:
    format_number.cache_clear()
    format_number(Decimal("-0.0"), language)

    assert format_number(Decimal(0), language) == "0"


@pytest.mark.parametrize(
    ("amount", "language", "written"),
    [
        ("850000", "nb", "850\u00a0000\u00a0NOK"),
        ("850000.00", "nn", "850\u00a0000\u00a0NOK"),
        ("850000.5", "sv", "850\u00a0000,50\u00a0NOK"),
        ("1250000.05", "en", "1,250,000.05\u00a0NOK"),
        ("-12", "nb", "−12\u00a0NOK"),
        ("0", "sv", "0\u00a0NOK"),
        ("999999999999.99", "nb", "999\u00a0999\u00a0999\u00a0999,99\u00a0NOK"),
    ],
)
def test_an_amount_is_written_with_its_code_and_never_torn_over_two_lines(
    amount: str, language: str, written: str
) -> None:
    assert format_money(Money(Decimal(amount), "NOK"), language) == written
