"""``consortium account``: the first account, and what can be done to one on the machine itself."""

from collections.abc import Iterator

import pytest

from consortium.cli.entry import run
from consortium.models import Database
from consortium.testing import Make
from consortium_admin.accounts.ledger import the_account
from consortium_admin.accounts.migrations import prepare
from consortium_admin.accounts.tables import Account, Passkey
from tests.admin.accounts.house import ADDRESS, PASSWORD, House

ADDRESS_KEPT = "Kari.Lind@vidda.example.org"
SECRET = "c3VwZXJsYW5nZS1sYW5nLXRpbGZlbGRpZw-0123456789"


@pytest.fixture
def empty(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Give a consortium with one person, and what types the password."""
    with database.write() as session:
        make = Make(database, session)
        make.person("Liv Lind", key="liv-lind", language="sv")
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _prompt: PASSWORD)
    monkeypatch.setenv("CONSORTIUM_SECRET", SECRET)
    yield database
    house = House.__new__(House)
    house.database = prepare(database)
    house.clear()


def call(database: Database, *words: str, language: str = "en") -> int:
    url = database.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    return run(["--ui-language", language, "--database", url, "account", *words])


def test_the_first_account_is_made_on_the_command_line(empty: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(empty, "add", ADDRESS, "--role", "administrator", "--name", "Kari Lind") == 0
    assert call(empty, "list") == 0

    assert "Kari.Lind@vidda.example.org, Kari Lind: administrator\n" in capsys.readouterr().out
    with empty.read() as session:
        kept = the_account(session, ADDRESS).password
    assert kept
    assert kept.startswith("$argon2id$")


def test_a_person_gets_an_account_by_a_link_in_their_language(
    empty: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(empty, "add", ADDRESS, "--person", "liv-lind", "--link") == 0

    assert "http://localhost:8080/invitation/" in capsys.readouterr().out
    with empty.read() as session:
        account = the_account(session, ADDRESS)
        assert (account.name, account.language, account.role, account.password) == ("Liv Lind", "sv", "", None)


def test_an_invitation_leaves_by_letter(empty: Database) -> None:
    assert call(empty, "add", ADDRESS, "--person", "liv-lind", "--letter") == 0

    house = House.__new__(House)
    house.database = empty
    letter = house.letters()[0]
    assert (letter.address, letter.language, "/invitation/" in letter.words) == (
        "Kari.Lind@vidda.example.org",
        "sv",
        True,
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", ADDRESS], "Say which role"),
        (["add", "no address", "--role", "staff"], "no e-mail address"),
        (["add", ADDRESS, "--person", "nobody"], "no person"),
        (["disable", "nobody@vidda.example.org"], "has no account"),
        (["password", "nobody@vidda.example.org"], "has no account"),
    ],
)
def test_what_cannot_be_done_is_told(
    empty: Database, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(empty, *words) == 1
    assert told in capsys.readouterr().err


def test_there_is_no_option_for_a_password(empty: Database) -> None:
    assert call(empty, "add", ADDRESS, "--role", "staff", "--password", PASSWORD) == 2


def test_a_weak_password_is_refused_and_adds_nothing(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _prompt: "passord")

    assert call(empty, "add", ADDRESS, "--role", "staff") == 1
    assert call(empty, "disable", ADDRESS) == 1


def test_an_account_is_closed_and_opened_again(empty: Database, capsys: pytest.CaptureFixture[str]) -> None:
    call(empty, "add", ADDRESS, "--role", "staff")

    assert call(empty, "disable", ADDRESS) == 0
    call(empty, "list")
    assert call(empty, "enable", ADDRESS) == 0
    call(empty, "list")

    lines = [line for line in capsys.readouterr().out.splitlines() if "Kari.Lind: staff" in line]
    assert [line.endswith("closed") for line in lines] == [True, False]


def kept(database: Database) -> Account:
    with database.read() as session:
        return the_account(session, ADDRESS)


def test_an_account_gets_another_role_and_its_sign_ins_end(empty: Database, capsys: pytest.CaptureFixture[str]) -> None:
    call(empty, "add", ADDRESS, "--role", "staff", "--person", "liv-lind")
    before = kept(empty)

    for role, told in (("administrator", "administrator"), ("auditor", "auditor"), ("capacities", "")):
        assert call(empty, "role", ADDRESS, role) == 0
        assert kept(empty).role == told

    assert kept(empty).fs_uniquifier != before.fs_uniquifier
    assert kept(empty).consortium_id == before.consortium_id
    assert "has another role: by capacities." in capsys.readouterr().out


def test_a_role_that_leaves_nothing_or_is_none_is_refused(empty: Database) -> None:
    call(empty, "add", ADDRESS, "--role", "staff")

    assert call(empty, "role", ADDRESS, "capacities") == 1
    assert call(empty, "role", ADDRESS, "king") == 2
    assert call(empty, "role", "nobody@vidda.example.org", "staff") == 1
    assert kept(empty).role == "staff"


def test_whoever_lost_the_second_factor_gets_rid_of_it_and_hears_of_it(empty: Database) -> None:
    call(empty, "add", ADDRESS, "--role", "staff", "--name", "Kari Lind", "--language", "en")
    with empty.write() as session:
        account = the_account(session, ADDRESS)
        account.tf_totp_secret, account.tf_counter, account.recovery_codes = "secret", 7, ["code"]
        session.add(
            Passkey(
                account=account, credential=b"1", public_key=b"2", sign_count=0, name="Nøkkel", made_at=account.made_at
            )
        )
    before = kept(empty)

    assert call(empty, "reset-factor", ADDRESS) == 0

    after = kept(empty)
    assert (after.tf_totp_secret, after.tf_counter, after.recovery_codes) == (None, None, [])
    assert (after.password, after.fs_uniquifier == before.fs_uniquifier) == (before.password, False)
    house = House.__new__(House)
    house.database = empty
    assert house.count(Passkey) == 0
    (letter,) = house.letters()
    assert (letter.address, "recovery codes were removed" in letter.words) == (ADDRESS_KEPT, True)
    assert call(empty, "reset-factor", "nobody@vidda.example.org") == 1


def test_the_commands_explain_themselves_in_the_users_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--ui-language", "nb", "account", "add", "--help"]) == 0
    assert "--person" in capsys.readouterr().out
