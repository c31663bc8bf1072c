"""Days and weeks: written as each language does, read in one way only."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.errors import InvalidValue
from consortium.i18n.dates import format_date, format_days, format_week, parse_date
from consortium.i18n.language import INTERFACE_LANGUAGES

ARABIC = "\u0662\u0660\u0662\u0666-\u0660\u0662-\u0660\u0663"
MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "nn": "januar februar mars april mai juni juli august september oktober november desember",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}


@pytest.mark.parametrize(
    "words",
    [
        "2026-02-03",
        "2026-2-3",
        " 2026-02-03\n",
        "03.02.2026",
        "3.2.2026",
        "3. 2. 2026",
        "3. februar 2026",
        "3 februari 2026",
        "3.  Februar\u00a02026",
        "3. FEBRUAR 2026",
        "3. feb. 2026",
        "3 feb 2026",
        "3 February 2026",
        "03 Feb 2026",
    ],
)
def test_a_day_is_read_as_people_in_either_country_write_it(words: str) -> None:
    assert parse_date(words) == date(2026, 2, 3)


@pytest.mark.parametrize(
    ("words", "month"), [(name, number) for names in MONTHS.values() for number, name in enumerate(names.split(), 1)]
)
def test_every_month_is_known_by_its_name_in_every_language(words: str, month: int) -> None:
    assert parse_date(f"3. {words} 2026") == date(2026, month, 3)


@pytest.mark.parametrize("month", ["sep", "sept", "Sept."])
def test_september_is_shortened_in_two_ways(month: str) -> None:
    assert parse_date(f"3. {month} 2026") == date(2026, 9, 3)


@pytest.mark.parametrize(
    "words",
    [
        "31. februar 2026",
        "31 februari 2026",
        "29.02.2025",
        "2025-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-04-31",
        "0000-01-01",
        "0.1.2026",
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_refused(words: str) -> None:
    with pytest.raises(InvalidValue, match="calendar"):
        parse_date(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "NaN",
        "i morgen",
        "3/2-26",
        "3/2/2026",
        "02/03/2026",
        "03.02.26",
        "26-02-03",
        "20260203",
        "3. februar",
        "februar 2026",
        "3. februar 26",
        "3. smarch 2026",
        "2026-W06-2",
        "2026-02-03T12:00",
        "2026-02-03 12:00",
        "−2026-02-03",
        "10000-01-01",
        ARABIC,
        "46056",
        "{0.__class__}",
        "%s",
        "\0",
        "\ud800",
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_refused_with_good_forms(words: str) -> None:
    with pytest.raises(InvalidValue, match=r"2026-02-03 or 3\.2\.2026"):
        parse_date(words)


@pytest.mark.parametrize("words", ["3. februar 2026 " * 700, "1" * 10_000, "31." + " " * 10_000 + "februar 2026"])
def test_ten_thousand_signs_are_refused_in_one_short_line(words: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_date(words)
    assert len(str(caught.value)) < 300


@given(st.text(st.characters()) | st.from_regex(r"\s*\d{1,5}[-. ]{1,2}\w{1,9}[-. ]{1,2}\d{1,5}\s*", fullmatch=True))
@settings(deadline=None)
def test_any_words_are_a_day_or_refused(words: str) -> None:
    try:
        day = parse_date(words)
    except InvalidValue:
        return
    assert isinstance(day, date)


@pytest.mark.parametrize(
    ("language", "width", "written"),
    [
        ("nb", "long", "3. februar 2026"),
        ("nb", "medium", "3. feb. 2026"),
        ("nb", "short", "03.02.2026"),
        ("nn", "long", "3. februar 2026"),
        ("nn", "medium", "3. feb. 2026"),
        ("nn", "short", "03.02.2026"),
        ("sv", "long", "3 februari 2026"),
        ("sv", "medium", "3 feb. 2026"),
        ("sv", "short", "2026-02-03"),
        ("sv-FI", "long", "3 februari 2026"),
        ("no", "long", "3. februar 2026"),
    ],
)
def test_a_day_is_written_as_the_reader_does(language: str, width: str, written: str) -> None:
    assert format_date(date(2026, 2, 3), language, width) == written


@pytest.mark.parametrize("width", ["long", "medium", "short"])
@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
@given(day=st.dates(date(1000, 1, 1)))
@settings(deadline=None, max_examples=50)
def test_what_we_write_we_can_read(language: str, width: str, day: date) -> None:
    assert parse_date(format_date(day, language, width)) == day


@pytest.mark.parametrize("day", [date.min, date(2024, 2, 29), date.max])
def test_the_ends_of_the_calendar_can_be_read_and_written(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert all(format_date(day, language) for language in INTERFACE_LANGUAGES)


@pytest.mark.parametrize(
    ("day", "week", "year"),
    [
        (date(2026, 12, 31), 53, 2026),
        (date(2027, 1, 3), 53, 2026),
        (date(2027, 1, 4), 1, 2027),
        (date(2025, 12, 29), 1, 2026),
        (date(2026, 6, 15), 25, 2026),
    ],
)
def test_weeks_are_counted_by_iso_so_that_2026_has_53(day: date, week: int, year: int) -> None:
    assert str(format_week(day)) == f"week {week} of {year}"


@pytest.mark.parametrize(
    ("start", "end", "language", "written"),
    [
        (date(2026, 3, 24), date(2026, 3, 24), "nb", "24. mars 2026"),
        (date(2026, 3, 24), date(2026, 3, 25), "nb", "24.–25. mars 2026"),
        (date(2026, 3, 24), date(2026, 3, 25), "sv", "24–25 mars 2026"),
        (date(2026, 3, 24), date(2026, 3, 25), "en", "24–25 March 2026"),
        (date(2026, 3, 30), date(2026, 4, 1), "nn", "30. mars – 1. april 2026"),
        (date(2026, 12, 30), date(2027, 1, 1), "sv", "30 december 2026 – 1 januari 2027"),
    ],
)
def test_days_in_a_row_say_no_more_than_they_must(start: date, end: date, language: str, written: str) -> None:
    assert format_days(start, end, language) == written
