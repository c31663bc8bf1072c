"""Norway: the guard of numbers of persons. No number here is anybody's: all are made by a generator that begins anew."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer, kontonr

from consortium_norway.fodselsnummer import look, numbers_of_persons

#: what is added to the day and to the month in each kind of number
KINDS = {
    "register": (0, 0),
    "D-number": (40, 0),
    "help number": (0, 40),
    "invented +65": (0, 65),
    "invented +80": (0, 80),
    "invented D-number": (40, 80),
}
WAYS: dict[str, Callable[[str], str]] = {
    "in one": lambda number: number,
    "6 5": lambda number: f"{number[:6]} {number[6:]}",
    "6-5": lambda number: f"{number[:6]}-{number[6:]}",
    "6–5": lambda number: f"{number[:6]}–{number[6:]}",
    "6 3 2": lambda number: f"{number[:6]}\u00a0{number[6:9]} {number[9:]}",
    "2.2.2 5": lambda number: f"{number[:2]}.{number[2:4]}.{number[4:6]} {number[6:]}",
    "2.2.4 5": lambda number: (
        f"{number[:2]}.{number[2:4]}.{'20' if number[6] > '4' else '19'}{number[4:6]} {number[6:]}"
    ),
}
EVERY = pytest.mark.parametrize("way", WAYS)


def figures(seed: int) -> random.Random:
    """Begin a row of figures that is the same each time."""
    return random.Random(seed)  # noqa: S311  # figures for tests, no secrets


def numbers(kind: str, *, off: int = 0, first: date = date(1930, 1, 1), days: int = 35_000) -> Iterator[str]:
    """Make numbers of a kind without an end; ``off`` is by how much the first check digit does not fit."""
    chance, (more_days, more_months) = figures(1), KINDS[kind]
    while True:
        born = first + timedelta(chance.randrange(days))
        individual = chance.randrange(500, 1000) if born.year >= 2000 else chance.randrange(500)
        known = f"{born.day + more_days:02}{born.month + more_months:02}{born:%y}{individual:03}"
        one = (int(fodselsnummer.calc_check_digit1(known)) + off) % 11
        two = fodselsnummer.calc_check_digit2(f"{known}{one}")
        if one < 10 and len(two) == 1:
            yield f"{known}{one}{two}"


@cache
def some(count: int, kind: str, off: int = 0) -> tuple[str, ...]:
    """Take some numbers of a kind."""
    return tuple(islice(numbers(kind, off=off), count))


@cache
def accounts(count: int) -> list[str]:
    """Make account numbers, which have as many figures and the same last check digit."""
    chance, made = figures(2), list[str]()
    while len(made) < count:
        first = f"{chance.randrange(10**10):010}"
        last = kontonr._calc_check_digit(first)
        made += [first + last] if len(last) == 1 else []
    return made


def found_in(words: list[str]) -> int:
    """Count the texts in which something is found."""
    return sum(1 for text in words if any(numbers_of_persons(text)))


@EVERY
@pytest.mark.parametrize("kind", KINDS)
def test_each_of_a_thousand_numbers_is_found(kind: str, way: str) -> None:
    texts = [f"Hun ({WAYS[way](number)}) kom i mars." for number in some(1000, kind)]

    assert found_in(texts) == 1000


@pytest.mark.parametrize("off", [1, 2, 3])
@pytest.mark.parametrize("before", ["", "fødselsnummer "])
def test_numbers_given_out_from_2032_are_found_where_something_says_that_they_are_a_persons(
    off: int, before: str
) -> None:
    way = WAYS["in one"] if before else WAYS["6 5"]

    assert found_in([before + way(number) for number in some(1000, "register", off)]) == 1000


def test_a_mixture_of_other_numbers_gives_less_than_one_false_alarm_in_a_hundred() -> None:
    chance = figures(3)
    eleven = [f"{chance.randrange(10**11):011}" for _each in range(2500)]
    organisations = [f"{chance.randrange(8 * 10**8, 10**9)}" for _each in range(2500)]
    phones = [f"+47 {chance.randrange(2 * 10**7, 10**8)}" for _each in range(2500)]

    assert found_in([*eleven, *organisations, *phones, *accounts(2500)]) < 100


def test_eleven_figures_at_random_give_less_than_one_false_alarm_in_a_hundred_in_one_or_parted() -> None:
    chance = figures(4)
    eleven = [f"{chance.randrange(10**11):011}" for _each in range(10_000)]

    assert found_in(eleven) < 50
    assert found_in(list(map(WAYS["6 5"], eleven))) < 100


@pytest.mark.parametrize(
    "written", ["{a}.{b}.{c}", "{a} {b} {c}", "kontonummer {a}{b}{c}", "kontonr. {a}{b}{c}", "Konto: {a}{b}{c}"]
)
def test_no_account_number_gives_a_false_alarm_as_it_is_usually_written(written: str) -> None:
    texts = [written.format(a=each[:4], b=each[4:6], c=each[6:]) for each in accounts(10_000)]

    assert found_in(texts) == 0


def test_an_account_number_before_it_does_not_hide_a_number() -> None:
    account = accounts(1)[0]

    assert (
        found_in([f"Konto {account[:4]}.{account[4:6]}.{account[6:]}, {number}" for number in some(100, "register")])
        == 100
    )


def test_a_help_number_without_a_birthday_is_found_after_a_word_for_it() -> None:
    chance, made = figures(6), list[str]()
    while len(made) < 100:
        known = f"{chance.choice('89')}{chance.randrange(10**8):08}"
        one = fodselsnummer.calc_check_digit1(known)
        two = fodselsnummer.calc_check_digit2(known + one)
        made += [known + one + two] if len(one + two) == 2 else []

    assert found_in([f"FH-nummer {number}" for number in made]) == 100
    assert found_in(made) == 0


def test_account_numbers_in_one_run_without_a_word_cannot_always_be_told_apart() -> None:
    assert found_in(accounts(10_000)) < 200


@pytest.mark.parametrize("around", ["1{}", "{}1", "0,{}", "{}.5", "12-{}", "{}-1", "{}/2026"])
def test_a_part_of_a_longer_number_is_no_number_of_a_person(around: str) -> None:
    assert found_in([around.format(number) for number in some(100, "register")]) == 0


@pytest.mark.parametrize("around", ["fnr{}", "({})", "{}.", "{}, kom", "i 2026 {}", "\n{}\n", "født {}"])
def test_signs_and_words_around_it_do_not_hide_a_number(around: str) -> None:
    assert found_in([around.format(number) for number in some(100, "register")]) == 100


@pytest.mark.parametrize("first", [date(2030, 1, 1), date(1901, 1, 1)])
def test_nobody_alive_was_born_in_the_future_or_more_than_115_years_ago(first: date) -> None:
    assert found_in(list(islice(numbers("register", first=first, days=1500), 200))) == 0


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_the_warning_never_repeats_the_number(language: str) -> None:
    number = next(numbers("register"))
    said = [warning.say(language) for warning in look(f"Se {number} og {WAYS['6 5'](number)}.", "nb")]

    assert len(said) == 1
    assert "2" in said[0]
    assert not {number, number[:6], number[6:]} & set(said[0].split())


@given(st.text())
def test_any_words_are_survived(words: str) -> None:
    assert all(len(number) == 11 and number.isascii() for number in numbers_of_persons(words))


@pytest.mark.parametrize("words", ["1" * 300_000, "12 " * 100_000, "010180 " * 50_000, "0" * 11, "٠" * 11])
def test_long_rows_of_figures_are_no_numbers_of_persons(words: str) -> None:
    assert list(look(words, "nb")) == []
