"""Hints of text checks: they warn, they never repeat what they guard, and what fails in them stays with them."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from consortium.i18n.message import Message
from consortium.models import PluginSwitch
from consortium.plugins import front_desk
from consortium.services.checking import check
from consortium.services.hints import doubts_of, text_checks
from consortium.services.offers import Offers
from consortium.testing import TODAY, Make, counted
from consortium.texts.check import TextCheck
from tests.guests import bring

HOOK = "consortium_text_checks"
NUMBER = "29029600013"


def guard(look: Any) -> TextCheck:
    return TextCheck("guest-guard", Message("A guard"), look)


def finds(words: str, tag: str) -> list[Message]:
    """Warn of the word “secret”, and say in which language."""
    return [Message(f"A secret in {tag}.")] if "secret" in words else []


def hints(make: Make, **said: str) -> list[tuple[str, str]]:
    """Ask the guest about words, by their languages."""
    found = text_checks(Offers(make.session, make.home)).hints({tag: (tag, words) for tag, words in said.items()})
    return [(each.field, str(each.words)) for each in found]


def test_words_are_asked_about_with_their_language(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch, HOOK, guard(finds))

    assert hints(make, nb="En secret her.", sv="Inget.", en="secret") == [
        ("nb", "A secret in nb."),
        ("en", "A secret in en."),
    ]


def test_a_check_that_fails_is_left_out_and_what_it_failed_at_is_not_told(
    make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bring(monkeypatch, HOOK, guard(lambda words, _tag: [Message(str(int(f"x{words}")))]), plugin="failing")
    caplog.set_level(logging.DEBUG)

    assert hints(make, nb=NUMBER) == []
    owner = front_desk().owner(HOOK, "guest-guard")
    assert any("ValueError" in each for each in owner.faults)
    assert NUMBER not in "".join((*owner.faults, caplog.text))


@pytest.mark.parametrize(
    "said",
    [
        [Message(f"Take out {NUMBER}.")],
        [Message("Take out {number}.").fill(number="290296 00013")],
        [Message("The number {place}.").fill(other=1), Message("Fine.")],
        ["words"],
    ],
)
def test_a_warning_repeats_no_number_and_can_always_be_said(
    make: Make, monkeypatch: pytest.MonkeyPatch, said: list[Any]
) -> None:
    bring(monkeypatch, HOOK, guard(lambda _words, _tag: said))

    told = "".join(words for _field, words in hints(make, en=f"Call {NUMBER}."))
    assert "29029" not in told
    assert "290296" not in told


def test_a_check_that_is_switched_off_is_not_asked(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch, HOOK, guard(finds))
    off: dict[str, Any] = {"plugin": "guest", "variant": "guest-guard", "country": "", "is_on": False, "by": "Olga"}
    make.session.add(PluginSwitch(consortium_id=make.home.id, at=datetime(2026, 6, 15, tzinfo=UTC), **off))
    make.session.flush()

    assert hints(make, nb="secret") == []


def test_the_switches_are_read_once_for_all_words(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch, HOOK, guard(finds))
    assert make.home.id
    with counted(make.database) as statements:
        text_checks(Offers(make.session, make.home)).hints({str(one): ("nb", "secret") for one in range(50)})

    assert len(statements) == 1


def test_the_check_of_a_consortium_asks_about_all_that_is_told(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(monkeypatch, HOOK, guard(finds))
    make.status(summary={"nb": "Godt.", "sv": "En secret."}, key="S1")
    make.session.flush()

    found = [str(each.what) for each in check(make.session, make.operator, consortium=make.home, day=TODAY)]
    assert "Summary in Swedish: A secret in sv." in found


def test_what_is_doubtful_in_many_records_is_counted_and_the_first_told(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(monkeypatch, HOOK, guard(finds))
    themes = [make.theme(key=f"t{one}", name={"nb": "secret", "sv": "secret"}) for one in range(3)]

    told, count = doubts_of(make.session, themes, at_most=2)
    assert count == 6
    assert [str(each) for each in told] == [
        "t0, Name in Norwegian Bokmål: A secret in nb.",
        "t0, Name in Swedish: A secret in sv.",
    ]
    assert doubts_of(make.session, [], at_most=2) == ((), 0)
