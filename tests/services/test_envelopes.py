"""Letters as the mail carries them: nothing that anybody writes becomes another head line or another recipient."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, compat32

import pytest

from consortium.errors import InvalidValue
from consortium.services.addresses import Letterhead, known_web, letterhead
from consortium.services.envelopes import HEADERS, lay_out
from consortium.testing import Make
from tests.services.letters import HEAD, a_letter

#: what breaks lines, for some reader or other
_BREAKS = ("\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\x00", "\n ", "\r\n\t")
_INJECTED = "Bcc: ond@example.com"

INJECTIONS = [
    *(f"Hei{sign}{_INJECTED}" for sign in _BREAKS),
    *(f"{sign}{_INJECTED}{sign}{sign}Kropp" for sign in _BREAKS),
    *(f"=?{charset}?q?a={code}Bcc=3A_x=40y?=" for charset in ("utf-8", "iso-8859-1", "UTF-8*nb") for code in ("0A", "0D", "0D=0A", "85")),
    "=?utf-8?b?YQpCY2M6IHhAeQ==?=", "=?utf-8?B?YQ0KQmNjOiB4QHk=?=", "=?utf-16?b?AGEACgBCAGMAYwA6?=",
    "=?utf-8?q?a=0ABcc=3A_x=40y?==?utf-8?q?b=0A?=", "x=?utf-8?q?a=0ABcc:x?=y", "=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3D0ABcc=3A=3F=3D?=",
    "=?utf-8?q?a\n=0ABcc?=", "=?bogus?q?a=0ABcc?=", "=?utf-8?q?=E2=80=A8Bcc:x?=", "=?utf-8?b?!!!!?=", "=?utf-7?q?+AAo-Bcc?=",
    "=?utf-8?q?" * 8, "=?utf-8?x?a?=", "=?utf-8?q?=00?=", "=?utf-8?q?=ED=A0=80?=", "Hei\ud800", "Hei \u202eneiH",
    "Hei\x1b]0;x\x07", "a" * 201, "=?unknown-8bit?q?=FF=0A?=",
]  # fmt: skip


def read(message: bytes) -> EmailMessage:
    """Read a message as its recipient does."""
    found = message_from_bytes(message, policy=SMTP)
    assert isinstance(found, EmailMessage)
    return found


def heads(message: bytes) -> list[str]:
    """List the heads of a message as an old reader finds them."""
    return sorted(message_from_bytes(message, policy=compat32).keys())


def test_there_are_sixty_ways_to_try() -> None:
    assert len(set(INJECTIONS)) >= 60


@pytest.mark.parametrize("subject", INJECTIONS, ids=ascii)
def test_no_subject_becomes_another_head(make: Make, subject: str) -> None:
    try:
        letter = a_letter(make, subject=subject)
    except InvalidValue:
        return
    message = lay_out(letter, HEAD)
    assert heads(message) == sorted(HEADERS)
    assert b"Bcc" not in message.split(b"\r\n\r\n")[1]


@pytest.mark.parametrize("subject", INJECTIONS, ids=ascii)
def test_a_subject_that_came_past_the_first_wall_is_stopped_by_the_second(make: Make, subject: str) -> None:
    letter = a_letter(make)
    with make.session.no_autoflush:
        letter.subject = subject
        try:
            message = lay_out(letter, HEAD)
        except InvalidValue:
            message = b""
        make.session.expire(letter)
    assert not message or heads(message) == sorted(HEADERS)


@pytest.mark.parametrize("words", [each for each in INJECTIONS if "Bcc" in each and "\n" in each], ids=ascii)
def test_no_body_becomes_a_head(make: Make, words: str) -> None:
    try:
        letter = a_letter(make, body=words)
    except InvalidValue:
        return
    assert heads(lay_out(letter, HEAD)) == sorted(HEADERS)


@pytest.mark.parametrize(
    "subject",
    [
        "Øving på Ås: påminnelse – «Åpen stue»", "Påminnelse " + "ærlig talt " * 15, "Ööö " * 40, "=?utf-8?q?Bl=C3=A5b=C3=A6r?= i dag",
        "日本語の件名", "😀" * 60, "a" * 200, "x: y; z, <w@v.no> (c) \"d\"", "  Hei  ", "Hva skjer = ? =", "{link} {{7*7}} ${7*7} %s",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_subject_arrives_as_it_was_meant(make: Make, subject: str) -> None:
    letter = a_letter(make, subject=subject)

    message = read(lay_out(letter, HEAD))

    assert str(message["Subject"]) == letter.subject
    assert letter.subject in {" ".join(subject.split()), "Blåbær i dag"}
    assert lay_out(letter, HEAD).isascii()


def test_a_letter_says_who_what_when_in_which_language_and_that_a_machine_wrote_it(make: Make) -> None:
    message = read(lay_out(a_letter(make, language="nn", body="Takk for sist.\n\nFrom nå av: 100 % ærlig.\n.\n"), HEAD))

    assert message["From"] == "Sekretariatet <post@example.org>"
    assert message["To"] == "liv@example.org"
    assert message["Date"] == "Mon, 15 Jun 2026 12:00:00 +0000"
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "nn")
    assert message["Content-Transfer-Encoding"] == "quoted-printable"
    assert message.get_content().splitlines() == ["Takk for sist.", "", "From nå av: 100 % ærlig.", "."]


def test_a_letter_is_the_same_on_every_try(make: Make) -> None:
    letter = a_letter(make)

    assert lay_out(letter, HEAD) == lay_out(letter, HEAD)


def test_our_own_head_is_read_from_the_environment() -> None:
    given = {"CONSORTIUM_MAIL_FROM": "Fjell <post@fjell.example>", "CONSORTIUM_ADDRESS": "https://fjell.example/admin/"}

    assert letterhead(given) == Letterhead("post@fjell.example", "Fjell", "https://fjell.example/admin")
    assert letterhead({}) == Letterhead("consortium@localhost", "", "http://127.0.0.1:8080")


@pytest.mark.parametrize("missing", ["CONSORTIUM_MAIL_FROM", "CONSORTIUM_ADDRESS"])
def test_letters_that_really_leave_say_from_where(missing: str) -> None:
    whole = {"CONSORTIUM_SMTP_URL": "smtp://x", "CONSORTIUM_MAIL_FROM": "a@b.no", "CONSORTIUM_ADDRESS": "https://b.no"}

    with pytest.raises(InvalidValue, match="Set both"):
        letterhead({name: value for name, value in whole.items() if name != missing})


@pytest.mark.parametrize(
    "web",
    ["ftp://x.no", "https://", "x.no", "https://x.no?a=b", "https://x.no#a", "https://u:hemmelig@x.no", "javascript:alert(1)",
     "https://x.no/a b", "https://x.no\n.ond.no", "https://x.no:99999", "http://[::1", "https://x.no/%0a"],
)  # fmt: skip
def test_an_address_on_the_web_is_a_host_and_a_path(web: str) -> None:
    with pytest.raises(InvalidValue, match="CONSORTIUM_ADDRESS is") as caught:
        known_web(web)
    assert "hemmelig" not in str(caught.value)


@pytest.mark.parametrize(
    "sender", ["Fjell\r\nBcc: x@y.no <a@b.no>", "=?utf-8?q?a=0ABcc=3A?= <a@b.no>", "a@b.no, c@d.no"]
)
def test_who_writes_is_one_address_too(sender: str) -> None:
    with pytest.raises(InvalidValue):
        letterhead({"CONSORTIUM_MAIL_FROM": sender})
