"""Bad figures, days and addresses in forms: what can be read in one way is kept, everything else refused at its field."""

from collections.abc import Iterator
from time import process_time

import pytest

from consortium.errors import InvalidValue
from consortium.texts import normal_words
from tests.matrix.conftest import Stage
from tests.matrix.corpora import everything, own
from tests.matrix.filling import SHOWING, Own, own_world
from tests.matrix.shape import faults
from tests.matrix.test_bad_forms import Pairs, send

#: what people write for a figure that is meant in one way only; written by hand, and not read off the reader of numbers
FIGURES = (
    "0", "-0", "00", "007", "1", "-1", "1.5", "1,5", "1.234,50", "1,234.50", "1 234,50", "1\u00a0234,50",
    "1\u202f234,50", "1 234.50", "1.234.567", "1,234,567", "\u22125", "- 5", "1000000000000", "2147483647",
    "2147483648", "-2147483649", "10000", "9999",
)  # fmt: skip

WHOLE = ("007", "1", "9999")

DAYS = (
    "0001-01-01", "9999-12-31", "1899-12-31", "1969-12-31", "1970-01-01", "2000-02-29", "2024-02-29",
    "29. februar 2024", "03.02.2026", "3.2.2026", "3. 2. 2026", "2026-2-3", "2026-02-3", "3 feb 2026", "3. feb. 2026",
    "3. februar 2026", "3 februari 2026", "3 February 2026", "2026-02-03T00:00", "2026-06-15T00:00:00",
    "2026-06-15 00:00", "2026-06-15\n", "31.12.9999", "1.1.0001", "3. Februar 2026", "3. FEBRUAR 2026",
    "3.februar 2026", "3  februar  2026", "3. mai 2026", "3 maj 2026", "3 May 2026",
)  # fmt: skip

READING: Pairs = [("indicator", "i-B1"), ("kind", "reading"), ("day", "2026-06-01")]

#: seconds of the processor that no page takes by far, unless it walks every day of all years
SOON = 20.0


#: of the strings one in so many on PostgreSQL
SHARE = 4


def kept(stage: Stage, address: str, field: str, pairs: Pairs, strings: tuple[str, ...]) -> Iterator[str]:
    """Walk the strings that a form keeps in a field; all others are refused there."""
    for words in strings:
        answer = send(stage, "staff", address, [*pairs, (field, words)])
        assert answer.status_code in {303, 422}, words
        if answer.status_code == 303:
            yield words


def some(stage: Stage, name: str, good: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Choose strings of a collection, on PostgreSQL all good ones and some of the others."""
    return tuple(words for number, words in enumerate(own(name)) if words in good or number % stage.share(SHARE) == 0)


def test_figures_are_never_guessed(stage: Stage) -> None:
    strings = some(stage, "numbers", FIGURES)

    assert tuple(kept(stage, "/indicator-values/new/", "value", READING, strings)) == FIGURES


def test_what_counts_something_is_whole(stage: Stage) -> None:
    strings = some(stage, "numbers", WHOLE)

    assert tuple(kept(stage, "/gatherings/edit/?id=samling", "number", [("version", "1")], strings)) == WHOLE


def test_days_are_never_guessed(stage: Stage) -> None:
    strings = some(stage, "dates", DAYS)

    assert tuple(kept(stage, "/milestones/edit/?id=m-B1", "due", [("version", "1")], strings)) == DAYS


def test_words_that_no_file_can_hold_are_refused(stage: Stage) -> None:
    strings = tuple(filter(_is_unusable, everything()))

    assert len(strings) > 25
    assert tuple(kept(stage, "/milestones/edit/?id=m-B1", "title.nb", [("version", "1")], strings)) == ()


def _is_unusable(words: str) -> bool:
    """Tell whether there are control signs in it; half characters come through the web as a sign that stands for them."""
    try:
        normal_words(words.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    except InvalidValue:
        return True
    return False


def test_too_many_words_are_refused(stage: Stage) -> None:
    long = ("a" * 32_001, "å " * 50_000)

    assert tuple(kept(stage, "/milestones/edit/?id=m-B1", "title.nb", [("version", "1")], long)) == ()
    assert tuple(kept(stage, "/people/edit/?id=lead", "name", [("version", "1")], ("a" * 201,))) == ()


def test_a_part_of_what_cannot_be_read_is_refused(stage: Stage) -> None:
    new: Pairs = [
        ("title.nb", "Nytt"),
        ("name.nb", "Nytt"),
        ("words.nb", "Nytt"),
        ("due", "2026-09-01"),
        ("level", "output"),
    ]
    strings = some(stage, "queries")
    dated: Pairs = [*READING[1:], ("value", "3")]

    assert tuple(kept(stage, "/milestones/new/", "sub_project", new, strings)) == ()
    assert tuple(kept(stage, "/indicators/new/", "sub_project", new, strings)) == ()
    assert tuple(kept(stage, "/indicator-values/new/", "indicator", [*new, *dated], ("a;b", "a" * 300))) == ()


#: days at both ends of the calendar, wherever one can be written: the address of the form, and what is written
FIRST, LAST = "0001-01-01", "9999-12-31"
ENDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/sub-projects/edit/?id=DP-B1", {"start": FIRST, "end": LAST}),
    ("/milestones/edit/?id=m-A1", {"due": FIRST}),
    ("/milestones/edit/?id=m-B1", {"due": LAST}),
    ("/milestones/edit/?id=m-A2", {"due": LAST, "done": FIRST}),
    ("/gatherings/edit/?id=samling", {"start": FIRST, "end": LAST}),
    ("/indicator-values/new/", {"indicator": "i-A1", "kind": "reading", "day": FIRST, "value": "1000000000000"}),
    ("/assessments/new/", {"theme": "tema", "sub_project": "DP-A1", "day": FIRST, "degree": "low"}),
    ("/partners/edit/?id=partner-a", {"joined": FIRST, "left": LAST}),
    ("/roles/new/", {"partner": "partner-a", "role": "project_owner", "start": FIRST, "end": LAST}),
    ("/capacities/new/", {"person": "member_a", "organisation": "partner-a", "role": "representative", "start": FIRST, "end": LAST}),
    ("/consortium/edit/?id=hjem", {"start": FIRST, "end": LAST}),
    ("/reporting-periods/new/", {"key": "lang", "start": FIRST, "end": "2025-12-31", "due": LAST}),
    ("/reporting-periods/new/", {"key": "siste", "start": LAST, "end": LAST, "due": LAST}),
    ("/status/DP-B1/", {"do": "send", "state": "on_track", "day": FIRST, "language": "nb", "summary": "Begynt"}),
    ("/reports/snapshots/", {"day": FIRST, "key": "første"}),
    ("/reports/snapshots/", {"day": LAST, "key": "siste"}),
)  # fmt: skip

MORE = (
    "/periods/lock/?id=lang", "/unreported/?period=lang", "/unreported/letters/?only=DP-A1", "/reports/?day=1970-01-01",
    "/reports/?since=0001-01-01", "/reports/?since=9999-12-31", "/reports/?since=siste", "/reports/?since=first",
    "/indicators/details/?id=i-A1", *(f"/reports/download/?format={kind}" for kind in ("json", "md", "xlsx", "docx")),
)  # fmt: skip


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    with own_world(tmp_path_factory.mktemp("ends")) as own_one:
        for address, fields in ENDS:
            assert own_one.send(address, fields).status_code == 303, (address, fields)
        yield own_one


@pytest.mark.parametrize("who", ["staff", "other_lead"])
def test_days_at_the_ends_of_the_calendar_break_no_page_and_none_is_slow(ends: Own, who: str) -> None:
    found = []
    for address in (*SHOWING, *MORE):
        began = process_time()
        answer = ends.get(address, who=who)
        found += [f"{address}: {each}" for each in faults(answer)]
        if (took := process_time() - began) > SOON:
            found.append(f"{address} took {took:.1f} s")

    assert found == []
