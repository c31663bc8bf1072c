"""Sweden: the guard of numbers of persons. No number here is anybody's: all are made by a generator that begins anew."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from consortium_sweden.personnummer import look, numbers_of_persons

#: what is added to the day in each kind of number
KINDS = {"personnummer": 0, "samordningsnummer": 60}
WAYS: dict[str, Callable[[str], str]] = {
    "ten in one": lambda number: number[2:],
    "twelve in one": lambda number: number,
    "ten-": lambda number: f"{number[2:8]}-{number[8:]}",
    "twelve-": lambda number: f"{number[:8]}-{number[8:]}",
    "ten+": lambda number: f"{number[2:8]}+{number[8:]}",
    "ten–": lambda number: f"{number[2:8]}–{number[8:]}",
    "ten ": lambda number: f"{number[2:8]} {number[8:]}",
    "twelve ": lambda number: f"{number[:8]}\u00a0{number[8:]}",
}


def figures(seed: int) -> random.Random:
    """Begin a row of figures that is the same each time."""
    return random.Random(seed)  # noqa: S311  # figures for tests, no secrets


def numbers(kind: str, *, first: date = date(1920, 1, 1), days: int = 38_000) -> Iterator[str]:
    """Make numbers of a kind in twelve figures without an end."""
    chance = figures(1)
    while True:
        born = first + timedelta(chance.randrange(days))
        known = f"{born:%Y%m}{born.day + KINDS[kind]:02}{chance.randrange(1000):03}"
        yield known + luhn.calc_check_digit(known[2:])


@cache
def some(count: int, kind: str = "personnummer") -> tuple[str, ...]:
    """Take some numbers of a kind."""
    return tuple(islice(numbers(kind), count))


def found_in(words: list[str]) -> int:
    """Count the texts in which something is found."""
    return sum(1 for text in words if any(numbers_of_persons(text)))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_of_a_thousand_numbers_is_found(kind: str, way: str) -> None:
    assert found_in([f"Hon ({WAYS[way](number)}) kom i mars." for number in some(1000, kind)]) == 1000


def test_no_organisation_number_is_taken_for_a_persons() -> None:
    chance = figures(2)
    known = [
        f"{chance.choice('25789')}{chance.randrange(10)}{chance.randrange(2, 10)}{chance.randrange(10**6):06}"
        for _ in range(10_000)
    ]
    whole = [each + luhn.calc_check_digit(each) for each in known]

    assert found_in([*whole, *(f"{each[:6]}-{each[6:]}" for each in whole)]) == 0


def test_figures_at_random_give_less_than_one_false_alarm_in_a_hundred() -> None:
    chance = figures(3)

    assert found_in([f"{chance.randrange(10**10):010}" for _each in range(10_000)]) < 100
    assert found_in([f"{chance.randrange(10**12):012}" for _each in range(10_000)]) < 100
    assert found_in([f"{chance.randrange(10**11):011}" for _each in range(10_000)]) == 0


@pytest.mark.parametrize("written", ["tfn {}", "Tel. {}", "mobil: {}", "Ring {}"])
def test_a_phone_number_after_a_word_for_it_is_no_number_of_a_person(written: str) -> None:
    chance = figures(4)

    assert found_in([written.format(f"070{chance.randrange(10**7):07}") for _each in range(10_000)]) == 0


def test_phone_numbers_in_groups_are_no_numbers_of_persons() -> None:
    chance = figures(5)
    phones = [f"{chance.randrange(10**7):07}" for _each in range(10_000)]

    assert found_in([f"070-{each[:3]} {each[3:5]} {each[5:]}" for each in phones]) == 0


@pytest.mark.parametrize("around", ["1{}", "{}1", "0,{}", "{}.5", "12-{}", "{}-1", "+46{}"])
def test_a_part_of_a_longer_number_is_no_number_of_a_person(around: str) -> None:
    assert found_in([around.format(WAYS["ten-"](number)) for number in some(100)]) == 0


@pytest.mark.parametrize("around", ["pnr{}", "({})", "{}.", "{}, kom", "år 2026 {}", "\n{}\n", "född {}"])
def test_signs_and_words_around_it_do_not_hide_a_number(around: str) -> None:
    assert found_in([around.format(WAYS["ten-"](number)) for number in some(100)]) == 100


@pytest.mark.parametrize("first", [date(2030, 1, 1), date(1901, 1, 1)])
def test_nobody_alive_was_born_in_the_future_or_more_than_115_years_ago(first: date) -> None:
    assert found_in(list(islice(numbers("personnummer", first=first, days=1500), 200))) == 0


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_the_warning_never_repeats_the_number(language: str) -> None:
    number = next(numbers("personnummer"))
    said = [warning.say(language) for warning in look(f"Se {number} och {WAYS['ten-'](number)}.", "sv")]

    assert len(said) == 1
    assert "2" in said[0]
    assert not any(part in said[0] for part in (number, number[2:8], number[8:]))


@given(st.text())
def test_any_words_are_survived(words: str) -> None:
    assert all(len(number) == 10 and number.isascii() for number in numbers_of_persons(words))


@pytest.mark.parametrize("words", ["1" * 300_000, "12 " * 100_000, "٠" * 10])
def test_long_rows_of_figures_are_no_numbers_of_persons(words: str) -> None:
    assert list(look(words, "sv")) == []
