"""``consortium gathering``, as staff call it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consortium.models import Database
from consortium.testing import Make
from tests.cli.conftest import Call


@pytest.fixture
def made(call: Call, tmp_path: Path) -> str:
    """Make two members, one that has left, and a series with one gathering; give the address of the database."""
    url = f"sqlite:///{tmp_path}/c.sqlite"
    database = Database(url).prepare()
    with Session(database.engine.execution_options(consortium_writing=True)) as session:
        make = Make(database, session)
        asker = make.partner("Asker kommune", key="asker")
        make.partner("Frosta kommune", key="frosta", left=date(2026, 1, 1))
        swedish = make.partner("Timrå kommun", key="timra", country="SE")
        series = make.series({"nb": "Samling", "sv": "Träff"}, key="samling")
        last = make.gathering(
            "Samling på Frosta", key="s-4", series=series, number=4, day=date(2026, 3, 20), end=date(2026, 3, 21),
            host=asker.organisation, place="Frosta",
        )  # fmt: skip
        make.attendance(last, asker.organisation, state="attended")
        make.attendance(last, swedish.organisation, state="cancelled")
        make.attendance(last, make.organisation("Helseparken"))
        make.keep()
    database.engine.dispose()
    return url


def test_gatherings_are_listed_with_host_days_and_replies(call: Call, made: str) -> None:
    answer = call("--database", made, "--ui-language", "nb", "gathering", "list")

    assert answer.out == (
        "s-4: Samling på Frosta, nr. 4, 20.–21. mars 2026, Frosta, vert: Asker kommune\n"
        "  1 til stede, 1 ikke svart, 1 meldt frafall\n"
    )


def test_the_next_one_is_planned_with_a_proposed_host_and_everybody_invited(call: Call, made: str) -> None:
    planned = call("--database", made, "gathering", "next", "samling", "--start", "2026-10-07")
    assert "  nobody is invited yet\n" in call("--database", made, "gathering", "list").out
    invited = call("--database", made, "gathering", "invite", "samling-5")
    again = call("--database", made, "gathering", "invite", "samling-5")

    assert "Samling nr. 5 is planned (7 October 2026). Its key is samling-5.\n" in planned.out
    assert "Proposed host: Timrå kommun.\n" in planned.out
    assert invited.out.startswith("2 partners were invited to Samling")
    assert again.out.startswith("All partners are invited to Samling")
    assert "  2 invited\n" in call("--database", made, "gathering", "list").out


def test_before_the_first_gathering_the_list_says_how_to_plan_one(call: Call) -> None:
    database = Database("sqlite:///c.sqlite").prepare()
    with Session(database.engine.execution_options(consortium_writing=True)) as session:
        make = Make(database, session)
        make.consortium()
        make.keep()
    database.engine.dispose()

    answer = call("--database", "sqlite:///c.sqlite", "gathering", "list")

    assert answer.out == "There is no gathering yet. Plan one: consortium gathering next SERIES --start DATE\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("next", "stork", "--start", "2026-10-07"), 1, "There is no series “stork”. There are: samling."),
        (("next", "samling", "--start", "2026-01-07"), 1, "“s-4” lasts until 21 March 2026."),
        (("next", "samling", "--start", "i morgen"), 1, "cannot be read as a date"),
        (("next", "samling"), 2, "'--start' is missing"),
        (("invite", "s-5"), 1, "There is no gathering “s-5”. The last ones are: s-4."),
        (("list", "--consortium", "x"), 1, "There is no consortium “x”."),
        (("cancel",), 2, "There are: invite, list, next."),
    ],
)
def test_a_wrong_call_is_refused_in_a_line(
    call: Call, made: str, arguments: tuple[str, ...], code: int, says: str
) -> None:
    answer = call("--database", made, "gathering", *arguments)

    assert (answer.code, answer.err.count("\n")) == (code, 1)
    assert says in answer.err
