"""``consortium period``: planned once, locked, opened."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.making import making


@pytest.fixture
def period(call: Call, tmp_path: Path) -> Call:
    """Call ``consortium period`` on a project from January 2025 to June 2027."""
    call("init")
    with making(tmp_path) as make:
        make.home.end = date(2027, 6, 30)
    return lambda *arguments: call("period", *arguments)


def test_half_years_are_planned_from_the_dates_of_the_project_once(period: Call) -> None:
    first, second = (period("plan") for _turn in range(2))

    assert first.out.startswith("5 periods were added: 2025-1, 2025-2, 2026-1, 2026-2, 2027-1")
    assert second.out == "All periods were there already.\n"


def test_a_period_is_locked_and_opened_by_its_key(period: Call) -> None:
    period("plan")

    assert "locked since 15 June 2026" in period("lock", "2025-2").out
    assert "locked since 15 June 2026" in period("list").out
    assert period("open", "2025-2").code == 0
    assert "locked" not in period("list").out


def test_an_unknown_period_is_told_with_those_there_are(period: Call) -> None:
    period("plan")

    answer = period("lock", "2024-1")

    assert answer.code == 1
    assert "2025-1, 2025-2" in answer.err


def test_a_period_that_has_not_ended_is_not_locked(period: Call) -> None:
    period("plan")

    assert "Lock it on a later day" in period("lock", "2026-1").err
