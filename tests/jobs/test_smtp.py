"""The mail server: a real one on loopback, with all its moods."""

import socket
import ssl
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from consortium.errors import InvalidValue
from consortium.jobs.posts import post_by_setting
from consortium.jobs.smtp import SmtpPost, SmtpSetting, smtp_setting
from consortium.jobs.taking import PAUSES
from consortium.testing import Make
from tests.jobs.outbox import fill, letters, send, the_letter
from tests.jobs.server import Server, free_port, saying, serving
from tests.services.letters import a_letter


def post_to(server: Server, options: str = "") -> SmtpPost:
    """Make a post for ``server``."""
    return SmtpPost(smtp_setting(f"smtp://127.0.0.1:{server.port}{options}"), patience=5)


def test_a_letter_arrives_as_it_was_written_at_its_one_recipient(make: Make) -> None:
    letter = a_letter(make, subject="Øving på Ås", body="Blåbær.\n.\nFrom nå av.")
    name = letter.message_id
    make.keep()
    make.session.close()

    with serving(Server()) as server:
        assert send(make.database, post_to(server)) == {"sent": 1}

    (arrived,) = server.taken
    assert (arrived["Subject"], arrived["Message-ID"]) == ("Øving på Ås", name)
    assert arrived.get_content().splitlines() == ["Blåbær.", ".", "From nå av."]
    assert server.recipients == [["liv@example.org"]]


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_what_is_put_off_is_sent_later_with_the_same_name(make: Make, step: str) -> None:
    fill(make)

    with serving(Server(**{step: ("451 4.7.1 Greylisted",)})) as server:
        assert send(make.database, post_to(server)) == {"failed": 1}
        assert the_letter(make.database).error == "451 4.7.1 Greylisted"
        assert send(make.database, post_to(server), after=PAUSES[0]) == {"sent": 1}
    assert [each["Message-ID"] for each in server.taken] == [the_letter(make.database).message_id]


@pytest.mark.parametrize(("step", "state"), [("rcpt", "dead"), ("data", "dead"), ("mail", "failed")])
def test_a_refusal_for_good_is_about_the_letter_and_not_about_us(make: Make, step: str, state: str) -> None:
    fill(make)

    with serving(Server(**{step: ("550 5.1.1 Ukjent",)})) as server:
        assert send(make.database, post_to(server)) == {state: 1}
    assert (the_letter(make.database).error, server.taken) == ("550 5.1.1 Ukjent", [])


def test_where_nobody_listens_letters_wait(make: Make) -> None:
    fill(make)

    assert send(make.database, SmtpPost(SmtpSetting("127.0.0.1", free_port()))) == {"failed": 1}
    assert "refused" in the_letter(make.database).error.lower()


def test_a_server_that_hangs_up_after_the_words_may_have_taken_them(make: Make) -> None:
    fill(make)

    with serving(Server(data=("hang up",))) as server:
        assert send(make.database, post_to(server)) == {"failed": 1}
        assert send(make.database, post_to(server), after=PAUSES[0]) == {"sent": 1}
    assert len(server.taken) == 2
    assert len({each["Message-ID"] for each in server.taken}) == 1


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (("554 5.3.2 Stengt",), "failed"),
        (("220 Hei", "250 Hei", "250 Ja", "250 Ja", "554 5.3.2 Stengt"), "dead"),
    ],
    ids=["before anything", "before the words"],
)
def test_a_server_that_sends_us_away_has_taken_nothing(make: Make, answers: tuple[str, ...], state: str) -> None:
    fill(make)

    with saying(*answers) as port:
        assert send(make.database, SmtpPost(SmtpSetting("127.0.0.1", port), patience=5)) == {state: 1}
    assert the_letter(make.database).error == "554 5.3.2 Stengt"


def test_a_server_that_says_nothing_keeps_nobody_for_ever(make: Make) -> None:
    fill(make)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        post = SmtpPost(SmtpSetting("127.0.0.1", silent.getsockname()[1]), patience=0.1)
        assert send(make.database, post) == {"failed": 1}


def test_of_many_letters_each_ends_as_its_recipient_s_server_says(make: Make) -> None:
    fill(make, 30)
    answers = ("250 OK", "451 Vent", "550 Nei") * 10

    with serving(Server(rcpt=answers)) as server:
        assert send(make.database, post_to(server)) == {"sent": 10, "failed": 10, "dead": 10}
        assert send(make.database, post_to(server), after=timedelta(hours=1)) == {"sent": 10}
    assert len({each["Message-ID"] for each in server.taken}) == len(server.taken) == 20
    assert {each.state for each in letters(make.database)} == {"sent", "dead"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for 127.0.0.1 that nobody knows, with its key, in one file."""
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    key = path.with_name("key.pem")
    asked = f"req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=127.0.0.1 -keyout {key} -out {path}"
    command = ["openssl", *asked.split(), "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # a tool of the machine, with our own words
    path.write_text(key.read_text() + path.read_text())
    return path


@pytest.fixture
def safe(certificate: Path) -> ssl.SSLContext:
    """Give what a server needs to speak safely."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_server_that_nobody_vouches_for_gets_neither_letter_nor_password(make: Make, safe: ssl.SSLContext) -> None:
    fill(make)

    with serving(Server(), context=safe) as server:
        assert send(make.database, post_to(server, "?starttls=1")) == {"failed": 1}
    assert "certificate verify failed" in the_letter(make.database).error
    assert server.taken == []


@pytest.mark.parametrize(("given", "state"), [("hemmelig", "sent"), ("feil", "failed")])
def test_a_password_goes_to_a_server_that_is_vouched_for(
    make: Make, safe: ssl.SSLContext, certificate: Path, given: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    fill(make)

    with serving(Server(), context=safe, password="hemmelig") as server:
        post = SmtpPost(smtp_setting(f"smtp://kari:{given}@127.0.0.1:{server.port}?starttls=1"), patience=2)
        assert send(make.database, post) == {state: 1}


def test_a_server_that_is_safe_from_the_start_gets_letters(
    make: Make, safe: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    fill(make)

    with serving(Server(), context=safe, is_safe_at_once=True) as server:
        post = SmtpPost(smtp_setting(f"smtps://127.0.0.1:{server.port}"), patience=5)
        assert send(make.database, post) == {"sent": 1}
    assert len(server.taken) == 1


def test_a_server_that_cannot_speak_safely_gets_nothing(make: Make) -> None:
    fill(make)

    with serving(Server()) as server:
        assert send(make.database, post_to(server, "?starttls=1")) == {"failed": 1}
    assert "STARTTLS" in the_letter(make.database).error
    assert server.taken == []


@pytest.mark.parametrize(
    ("url", "port", "is_safe", "is_made_safe"),
    [
        ("smtp://post.example.org", 25, False, False),
        ("smtp://kari:a%40b@post.example.org?starttls=1", 587, False, True),
        ("smtps://kari:a%40b@post.example.org/", 465, True, False),
        ("smtp://kari:a%40b@localhost:2525", 2525, False, False),
    ],
)
def test_the_address_of_a_server_is_read(url: str, port: int, is_safe: bool, is_made_safe: bool) -> None:
    found = smtp_setting(url)

    assert (found.port, found.is_safe, found.is_made_safe) == (port, is_safe, is_made_safe)
    assert found.password in {"", "a@b"}
    assert "a@b" not in repr(found)


@pytest.mark.parametrize(
    "url",
    ["smtp://", "http://kari:hemmelig@x", "smtp://kari:hemmelig@x:99999", "smtp://x?starttls=0", "smtp://x?starttls=1&a=b",
     "smtp://x/y", "kari:hemmelig@x", "smtp://x?starttls", "smtp://kari:hemmelig@post.example.org"],
)  # fmt: skip
def test_an_address_that_is_none_or_not_safe_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InvalidValue, match="CONSORTIUM_SMTP_URL") as caught:
        post_by_setting({"CONSORTIUM_SMTP_URL": url})
    assert "hemmelig" not in str(caught.value)
