"""``consortium mail``: what waits, what was sent, and nothing secret."""

from datetime import date
from pathlib import Path

import pytest

from consortium.models import Letter
from consortium.testing import Make
from tests.cli.conftest import Call
from tests.cli.making import making
from tests.services.letters import a_lead, a_letter


@pytest.fixture
def late(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Give the command on a database in which a report is overdue."""
    for name in ("CONSORTIUM_SMTP_URL", "CONSORTIUM_MAIL_FOLDER", "CONSORTIUM_MAIL_FROM", "CONSORTIUM_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    call("init")
    with making(tmp_path) as make:
        fill(make)
    return call


def fill(make: Make) -> None:
    """Make sub-projects that owe a report: one that is led, one whose lead has no address, and one without any."""
    make.period(due=date(2026, 6, 1))
    a_lead(make, make.sub_project("Åpen stue", key="DP-1"), language="en")
    a_lead(make, make.sub_project(key="DP-2"), "Ola Lie", email="")
    make.sub_project(key="DP-3")


def test_reminders_are_written_listed_and_sent_into_a_folder(late: Call, tmp_path: Path) -> None:
    written = late("mail", "remind")
    key = written.out.split(":")[0]

    assert written.out.splitlines() == [
        f"{key}: reminder to liv@example.org, “Time to report: Åpen stue” – waits",
        "DP-2: Ola Lie has no e-mail address that letters can go to. Add one.",
        "DP-3: nobody leads it. Give a person the capacity of project manager.",
        "1 reminder written.",
    ]
    assert late("mail", "list").out == written.out.splitlines()[0] + "\n"
    assert late("mail", "send").out == "1 letter sent.\n"
    assert late("mail", "list", "--state", "sent").out.endswith("– sent\n")
    (file,) = (tmp_path / "var" / "mail").iterdir()
    assert b"http://127.0.0.1:8080/status/link/" in file.read_bytes().replace(b"=\n", b"").replace(b"=\r\n", b"")


def test_nothing_that_the_commands_say_is_secret(late: Call, tmp_path: Path) -> None:
    said = late("mail", "remind").out + late("mail", "list").out
    with making(tmp_path) as make:
        secret = make.session.get_one(Letter, 1).secret

    assert secret
    assert "status/link" not in said + late("mail", "send").out


def test_an_empty_outbox_says_so(late: Call) -> None:
    assert late("mail", "list").out == "There are no such letters.\n"
    assert late("mail", "send").out == "0 letters sent.\n"


def test_a_letter_that_was_given_up_is_shown_with_its_reason_and_sent_again(late: Call, tmp_path: Path) -> None:
    with making(tmp_path) as make:
        letter = a_letter(make)
        letter.state, letter.error, key = "dead", "550 Ukjent", letter.key

    assert late("mail", "list").out == f"{key}: about an account to liv@example.org, “Hei” – given up (550 Ukjent)\n"
    assert late("mail", "retry", key).out.startswith(f"{key} waits to be sent.")
    assert late("mail", "send").out == "1 letter sent.\n"
    again = late("mail", "retry", key)
    assert (again.code, "nothing to try again" in again.err) == (1, True)


def test_a_server_that_cannot_be_reached_is_told_in_words(late: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    late("mail", "remind")
    monkeypatch.setenv("CONSORTIUM_SMTP_URL", "smtp://127.0.0.1:1")

    missing = late("mail", "send")
    monkeypatch.setenv("CONSORTIUM_MAIL_FROM", "post@example.org")
    monkeypatch.setenv("CONSORTIUM_ADDRESS", "https://consortium.example.org")
    answer = late("mail", "send")

    assert (missing.code, "Set both" in missing.err) == (1, True)
    assert answer.out == "0 letters sent.\n1 letter: not taken, is tried again\n"
    assert "refused" in late("mail", "list").out
