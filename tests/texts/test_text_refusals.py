"""What cannot be done to a text, and that the reader is told so."""

import pytest

from consortium.errors import InvalidValue, UnusableText
from consortium.texts import Text

NORWEGIAN = Text().write("nb", "Rådet møtes i juni.")
BOTH = NORWEGIAN.translate("sv", "Rådet träffas i juni.")


@pytest.mark.parametrize("verb", ["review", "remove"])
def test_what_is_not_there_is_named_in_the_readers_language(verb: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        BOTH.remove("en") if verb == "remove" else BOTH.review("en", by="Sara")
    assert "English" in caught.value.say("en")


@pytest.mark.parametrize("words", ["", "  ", "\n\t\r\n"])
def test_empty_words_are_neither_written_nor_translated(words: str) -> None:
    with pytest.raises(InvalidValue):
        NORWEGIAN.write("nb", words)
    with pytest.raises(InvalidValue):
        NORWEGIAN.translate("sv", words)


@pytest.mark.parametrize("made_from", [None, "sv", "en"])
def test_nothing_is_translated_from_nothing(made_from: str | None) -> None:
    with pytest.raises(InvalidValue, match="Write the original first"):
        Text().translate("sv", "Hej", made_from=made_from)


def test_nothing_is_translated_from_itself() -> None:
    with pytest.raises(InvalidValue):
        BOTH.translate("sv", "Hej", made_from="sv")


def test_signs_that_cannot_be_kept_are_refused_in_every_verb() -> None:
    with pytest.raises(UnusableText, match=r"U\+0000"):
        NORWEGIAN.write("nb", "Rå\0det")
    with pytest.raises(UnusableText, match=r"U\+D800"):
        NORWEGIAN.translate("sv", "Rå\ud800det")
    with pytest.raises(UnusableText, match=r"U\+001B"):
        NORWEGIAN.translate("sv", "Rådet", based_on="Rå\x1bdet")
