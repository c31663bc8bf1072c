"""The outbox: one letter to one recipient, written with what it is about."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from consortium.errors import ConsortiumError, InvalidValue, NotFound, NotPermitted
from consortium.models import Letter, LetterState, StatusLink, SubProject
from consortium.models.letter import SECRET_PLACE
from consortium.services.exporting.fields import kinds
from consortium.services.letters import (
    KINDS,
    NewLetter,
    find_letter,
    list_letters,
    may_still_get,
    queue_letter,
    retry_letter,
)
from consortium.services.policy import Principal, Role, Verb, may, visible
from consortium.testing import TODAY, Make
from tests.services.letters import HEAD, a_lead, a_letter


def test_a_letter_waits_with_a_name_that_never_changes(make: Make) -> None:
    letter = a_letter(make)

    assert (letter.state, letter.tries, letter.queued_by) == ("queued", 0, "Olga Operatør")
    assert letter.message_id == f"<{letter.key}@example.org>"
    assert letter.key.startswith("20260615-120000-")


def test_a_letter_is_gone_with_the_unit_of_work_that_it_belongs_to(make: Make) -> None:
    make.home  # noqa: B018  # makes the consortium
    make.keep()
    a_letter(make)
    make.session.rollback()

    assert make.session.scalars(select(Letter)).all() == []


BAD_ADDRESSES = [
    "", "liv", "liv@", "@example.org", "liv@example", "liv lind@example.org", "liv@example.org, ola@example.org",
    "liv@example.org\nBcc: x@y.no", "liv@example.org\r\n", "Liv <liv@example.org>", "alice@gov.no)bob@evil.com",
    '"a b"@example.org', "liv@[127.0.0.1]", "liv@exa mple.org", "a@b@example.org", "=?utf-8?q?a?=@example.org",
    "liv@example..org", ".liv@example.org", "l" * 65 + "@example.org", "liv@" + "a." * 130 + "org", "liv@ｅxample.org",
    "liv@-example.org", "liv@example.org\u2028", "liv%example.com@example.org", "li\u0131v@example.org", "liv@" + "é" * 70,
]  # fmt: skip


@pytest.mark.parametrize("address", BAD_ADDRESSES, ids=ascii)
def test_what_is_no_single_address_gets_no_letter(make: Make, address: str) -> None:
    if address.strip() == "liv@example.org":  # space around an address is nobody's
        assert a_letter(make, address=address).address == "liv@example.org"
        return
    with pytest.raises(InvalidValue, match="no e-mail address"):
        a_letter(make, address=address)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Liv.Lind+x@Example.ORG", "Liv.Lind+x@example.org"), ("ola@blåbær.example", "ola@xn--blbr-roah.example")],
)
def test_an_address_is_kept_as_the_mail_writes_it(make: Make, written: str, kept: str) -> None:
    assert a_letter(make, address=written).address == kept


def test_a_secret_lies_beside_the_words_and_not_in_them(make: Make) -> None:
    letter = a_letter(make, body="Her: https://x/hemmelig\nHilsen", secret="https://x/hemmelig", expires=TODAY)

    assert "hemmelig" not in letter.body
    assert letter.words == "Her: https://x/hemmelig\nHilsen"


@pytest.mark.parametrize("others", [{"secret": "borte"}, {"secret": "Takk"}, {"secret": "Hei", "expires": TODAY}])
def test_a_secret_that_would_show_is_a_mistake_in_the_code(make: Make, others: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a secret stands in the body"):
        a_letter(make, **others)


@pytest.mark.parametrize("body", ["Hei\x00", "Hei" + SECRET_PLACE, "Hei\x1b[31m", "\ud800"])
def test_words_that_no_letter_can_hold_are_refused(make: Make, body: str) -> None:
    with pytest.raises(InvalidValue, match="Delete it"):
        a_letter(make, body=body)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_that_nobody_writes_is_about_an_account(make: Make, kind: str) -> None:
    new = NewLetter(kind=kind, language="nb", subject="Hei", body="Hei", address="a@example.org")
    if kind == "account":
        assert queue_letter(make.session, None, consortium=make.home, new=new, head=HEAD).queued_by == ""
        return
    with pytest.raises(NotPermitted, match="Sign in"):
        queue_letter(make.session, None, consortium=make.home, new=new, head=HEAD)


@pytest.mark.parametrize("role", list(Role))
def test_only_staff_write_letters_and_send_them_again(make: Make, role: Role) -> None:
    letter = a_letter(make)
    who = make.principal(role, leads=frozenset({1}))
    is_staff = role in {Role.ADMINISTRATOR, Role.STAFF}

    assert may(who, Verb.ADD, letter) == may(who, Verb.EDIT, letter) == is_staff


@pytest.mark.parametrize("role", list(Role))
def test_the_outbox_is_for_those_who_may_see_people(make: Make, role: Role) -> None:
    a_letter(make)
    who = make.principal(role, partners=frozenset({1}), leads=frozenset({1}))
    stranger = Principal("Fremmed", Role.STAFF, make.consortium().id)

    seen = list_letters(make.session, who, consortium=make.home)
    assert len(seen) == (role in {Role.ADMINISTRATOR, Role.STAFF, Role.AUDITOR})
    assert list_letters(make.session, stranger, consortium=make.home) == []
    assert make.session.scalars(select(Letter).where(visible(stranger, Letter))).all() == []


def test_letters_are_listed_by_what_became_of_them_and_found_by_their_keys(make: Make) -> None:
    sent, waiting = a_letter(make), a_letter(make)
    sent.state = LetterState.SENT

    assert list_letters(make.session, make.operator, consortium=make.home, states=["sent"]) == [sent]
    assert find_letter(make.session, make.operator, consortium=make.home, key=waiting.key) is waiting
    with pytest.raises(NotFound, match="There is no letter"):
        find_letter(make.session, make.operator, consortium=make.home, key="x")


@pytest.mark.parametrize("state", list(LetterState))
def test_a_letter_is_sent_again_only_where_it_may_not_have_arrived(make: Make, state: LetterState) -> None:
    letter = a_letter(make)
    letter.state, letter.tries, letter.error = state, 9, "550 borte"

    def retry() -> ConsortiumError | None:
        try:
            retry_letter(make.session, make.operator, letter=letter)
        except InvalidValue as fault:
            return fault
        return None

    is_stranded = state in {LetterState.FAILED, LetterState.DEAD, LetterState.UNSURE, LetterState.WITHDRAWN}
    assert (retry() is None) == is_stranded
    assert (letter.tries, letter.error) == ((0, "") if is_stranded else (9, "550 borte"))


def test_a_letter_without_its_secret_is_not_sent_again(make: Make) -> None:
    letter = a_letter(make, body="Her: x/hemmelig", secret="x/hemmelig", expires=date(2026, 6, 29))
    letter.state, letter.secret = LetterState.DEAD, ""

    with pytest.raises(InvalidValue, match="no longer known"):
        retry_letter(make.session, make.operator, letter=letter)


def test_a_letter_about_a_sub_project_goes_only_to_who_sees_it(make: Make) -> None:
    mine, foreign = make.sub_project("Mitt"), make.sub_project("Fremmed")
    person = a_lead(make, mine)

    def still(project: SubProject) -> bool:
        return may_still_get(make.session, a_letter(make, person=person, sub_project=project), TODAY)

    assert (still(mine), still(foreign)) == (True, False)


def test_neither_letters_nor_links_are_exported() -> None:
    assert not {Letter, StatusLink} & set[type](kinds())
