"""Several things in a sentence, and texts in messages: read in the language of the reader."""

from datetime import date

import pytest

from consortium.i18n.message import _, listed
from consortium.texts import Text, told
from consortium.texts.terms import Term


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1, 2 and 3"), ("nb", "1, 2 og 3"), ("nn", "1, 2 og 3"), ("sv", "1, 2 och 3")],
)
def test_a_word_stands_before_the_last_of_several(language: str, said: str) -> None:
    assert listed(["1", "2", "3"]).say(language) == said


def test_one_stands_alone_and_none_says_nothing() -> None:
    assert listed(["1"]).say("nb") == "1"
    assert listed([]).say("nb") == ""
    assert listed(iter(["1", "2"])).say("sv") == "1 och 2"


def test_what_is_listed_is_said_in_the_same_language() -> None:
    several = listed([Term("on_track", context="state"), date(2026, 6, 1), told(Text().write("sv", "Hus"))])

    assert several.say("sv") == "enligt plan, 1 juni 2026 och Hus"
    assert _("{things}.").fill(things=several).say("nb") == "i rute, 1. juni 2026 og Hus."


def test_lists_of_other_things_are_not_equal() -> None:
    assert listed(["1"]) == listed(["1"])
    assert listed(["1"]) != listed(["2"])


def test_a_text_is_read_in_the_language_of_the_reader_or_the_next_best() -> None:
    text = Text().write("nb", "Huset").translate("sv", "Huset på svenska")

    assert (told(text).say("nb"), told(text).say("sv"), told(text).say("en")) == ("Huset", "Huset på svenska", "Huset")
    assert told(Text()).say("nb") == ""


def test_hostile_words_in_a_text_stay_words() -> None:
    hostile = told(Text().write("nb", "{0.__class__} {title}"))

    assert _("“{title}”").fill(title=hostile).say("en") == "“{0.__class__} {title}”"


def test_equal_texts_make_equal_messages() -> None:
    one, two = told(Text().write("nb", "a")), told(Text().write("nb", "b"))

    assert one == told(Text().write("nb", "a"))
    assert hash(one) == hash(told(Text().write("nb", "a")))
    assert one != two
