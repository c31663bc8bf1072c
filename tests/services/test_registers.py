"""Registers of codes: what a code stands for on a day, and what became of it."""

from datetime import date
from typing import Any

import pytest

from consortium.models import RegisterEntry
from consortium.services.checking import check
from consortium.services.policy import Role
from consortium.services.registers import entries_of, entry_of, register_of
from consortium.testing import TODAY, Make

KIND = "no-orgnr"

#: as in a land where places were joined in 2020, and one of them was split again in 2024
CODES = (
    ("0217", "Gammelby", None, date(2019, 12, 31), "3020"),
    ("3020", "Nyby", date(2020, 1, 1), date(2023, 12, 31), "3207"),
    ("3207", "Nyby", date(2024, 1, 1), None, ""),
    ("1613", "Delby", None, date(2019, 12, 31), "5055; 5056,5059"),
    ("5055", "Austby", date(2020, 1, 1), None, ""),
    ("5056", "Midtby", None, None, ""),
    ("5059", "Vestby", date(2020, 1, 1), None, ""),
    ("1111", "Sammeby", None, date(2019, 12, 31), "1111"),
    ("9000", "Senby", date(2027, 1, 1), None, ""),
    ("0001", "Borte", None, date(2019, 12, 31), ""),
)


@pytest.fixture
def filled(make: Make) -> Make:
    """Make a register."""
    for code, name, start, end, successors in CODES:
        values = {"kind": KIND, "code": code, "name": name, "start": start, "end": end, "successors": successors}
        key = ":".join(filter(None, (KIND, code, str(start or ""))))
        make.session.add(RegisterEntry(consortium_id=make.home.id, key=key, **values))
    make.session.flush()
    return make


def doubt(make: Make, code: str, day: date = TODAY) -> str:
    register = register_of(make.session, make.operator, consortium=make.home, kinds={KIND})
    return str(register.doubt(KIND, code, day) or "")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("3207", ""),
        ("0217", "“0217 Gammelby” ended on 31 December 2019. 3207 Nyby took over on 1 January 2024."),
        ("3020", "“3020 Nyby” ended on 31 December 2023. 3207 Nyby took over on 1 January 2024."),
        ("1613", "“1613 Delby” ended on 31 December 2019. It was divided between 5055 Austby, 5056 Midtby and 5059 "),
        ("1111", "“1111 Sammeby” ended on 31 December 2019. Check the number."),
        ("0001", "“0001 Borte” ended on 31 December 2019. Check the number."),
        ("9000", "“9000 Senby” holds from 1 January 2027 on."),
        ("4711", "“4711” does not stand in the register of “Norwegian organisation number”. Check the number."),
    ],
)
def test_what_became_of_a_code_is_told(filled: Make, code: str, told: str) -> None:
    assert doubt(filled, code).startswith(told)
    assert bool(doubt(filled, code)) == bool(told)


def test_a_code_is_told_as_of_the_day(filled: Make) -> None:
    assert doubt(filled, "0217", date(2019, 12, 31)) == ""
    assert "3020 Nyby took over on 1 January 2020" in doubt(filled, "0217", date(2021, 5, 4))
    assert doubt(filled, "3020", date(2021, 5, 4)) == ""


def test_where_no_register_was_imported_nothing_is_told(make: Make, filled: Make) -> None:
    register = register_of(make.session, make.operator, consortium=make.consortium("Ute"), kinds={KIND})

    assert register.doubt(KIND, "4711", TODAY) is None
    assert register_of(make.session, make.operator, consortium=make.home, kinds=()).kinds == frozenset()


def test_the_entry_of_a_code_on_a_day_is_found_and_all_it_stood_for(filled: Make) -> None:
    given: dict[str, Any] = {"consortium": filled.home, "kind": KIND, "code": "3020"}

    found = entry_of(filled.session, filled.operator, **given, day=date(2020, 1, 1))
    assert found is not None
    assert found.name == "Nyby"
    assert entry_of(filled.session, filled.operator, **given, day=TODAY) is None
    assert [each.code for each in entries_of(filled.session, filled.principal(Role.MEMBER), **given)] == ["3020"]


def test_the_check_of_a_consortium_tells_of_codes_that_hold_no_longer(filled: Make) -> None:
    filled.organisation("Gammelby kommune", key="o").identifiers = {KIND: "0217"}
    filled.session.flush()

    (found,) = check(filled.session, filled.operator, consortium=filled.home, day=TODAY)
    assert (found.record, found.concern) == ("o", "record")
    assert "3207 Nyby took over" in str(found.what)
