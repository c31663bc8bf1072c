"""Texts inside sentences: a reader is told which of them are not in the right words."""

import pytest

from consortium.documents import Speech
from consortium.documents.noted import settled
from consortium.facts.names import named
from consortium.i18n.message import Message, _, listed
from consortium.texts import Text, told
from tests.facts.made import text

OUTDATED = text(nb="Hus", sv="Hus på sv").write("nb", "Hjem")


def said(message: Message, *languages: str, missing: str = "fallback") -> list[str]:
    """Say a message in the languages of a report."""
    return [phrase.words for phrase in Speech(languages, missing).say(message)]  # type: ignore[arg-type]  # one of two


def sentence(title: Text) -> Message:
    """Make a sentence with a title in it."""
    return _("The milestone “{title}” was taken away.").fill(title=told(title))


def test_a_fallback_in_a_sentence_is_noted_after_its_quotation_mark() -> None:
    assert said(sentence(text(nb="Hus")), "en") == ["The milestone “Hus” (in Norwegian (Bokmål)) was taken away."]
    assert said(sentence(text(nb="Hus")), "nb") == ["Milepælen «Hus» er tatt bort."]


def test_each_language_of_a_pair_has_its_own_note() -> None:
    norwegian, swedish = said(sentence(text(nb="Hus")), "nb", "sv")

    assert "(" not in norwegian
    assert "(på norska" in swedish


def test_an_outdated_translation_in_a_sentence_is_noted() -> None:
    swedish, norwegian = said(sentence(OUTDATED), "sv", "nb")

    assert "Hus på sv” (" in swedish
    assert "(" not in norwegian


def test_where_a_mark_stands_for_what_is_missing_the_sentence_says_so() -> None:
    (words,) = said(sentence(text(nb="Hus")), "en", missing="mark")

    assert words == "The milestone “Hus” (missing in English) was taken away."


def test_a_name_is_not_noted_and_of_several_texts_each_is() -> None:
    both = listed([told(text(nb="Hus")), told(text(nb="Hjem")), named(text(nb="Vidda"))])

    assert said(both, "en") == ["Hus (in Norwegian (Bokmål)), Hjem (in Norwegian (Bokmål)) and Vidda"]


def test_a_unit_is_not_noted_beside_its_name() -> None:
    words = _("“{name}”: {unit}").fill(name=told(text(nb="Andel")), unit=told(text(nb="prosent")))

    assert said(words, "en") == ["“Andel” (in Norwegian (Bokmål)): prosent"]


@pytest.mark.parametrize("words", ["\ue000", "\ue000x\ue002", "\ue002\ue001", "{0}", "\\1", ""])
def test_words_that_look_like_notes_do_no_harm(words: str) -> None:
    assert settled(words).count("x") == words.count("x")
    assert "Hus" in said(sentence(text(nb=f"Hus{words}")), "en")[0]
