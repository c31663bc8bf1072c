"""Replies: computed where nobody has replied, and counted in words."""

import pytest

from consortium.facts.replies import ORDER, reply, reply_group, told_replies
from consortium.texts.terms import terms

STATES = ["attended"] * 12 + ["cancelled"] * 3 + ["invited"]


def test_no_reply_is_computed_once_the_gathering_has_begun() -> None:
    assert reply("invited", has_begun=False) == "invited"
    assert reply("invited", has_begun=True) == "no_reply"
    assert reply("accepted", has_begun=True) == "accepted"


def test_every_reply_has_its_place_and_its_word() -> None:
    assert set(ORDER) == {*terms("attendance"), *terms("attendance_computed")}
    assert all(code in terms(reply_group(code)) for code in ORDER)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["12 til stede", "1 ikke svart", "3 meldt frafall"]),
        ("nn", ["12 til stades", "1 ikkje svart", "3 meldt fråfall"]),
        ("sv", ["12 närvarande", "1 har inte svarat", "3 lämnat återbud"]),
    ],
)
def test_replies_are_counted_in_words(language: str, words: list[str]) -> None:
    assert [each.say(language) for each in told_replies(STATES, has_begun=True)] == words


def test_one_and_several_replies_are_inflected() -> None:
    (several,), (one,) = told_replies(["accepted"] * 2, has_begun=False), told_replies(["accepted"], has_begun=False)

    assert (several.say("sv"), one.say("sv")) == ("2 anmälda", "1 anmäld")
