"""Stems: what a search compares."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.texts.stems import stems


@pytest.mark.parametrize(
    ("language", "written", "sought"),
    [
        ("nb", "samlingen", "samling"),
        ("nb", "Samlingene", "SAMLING"),
        ("nb", "kommunene", "kommuner"),
        ("nn", "samlinga", "samling"),
        ("nn", "kommunane", "kommunar"),
        ("sv", "samlingen", "samling"),
        ("sv", "kommunerna", "kommuner"),
        ("sv", "FÖRENINGEN", "förening"),
        ("en", "gatherings", "gathering"),
        ("en", "reported", "reports"),
        ("nb-NO", "samlingen", "samling"),
    ],
)
def test_a_word_is_found_in_its_other_forms(language: str, written: str, sought: str) -> None:
    assert stems(written, language) == stems(sought, language)


@pytest.mark.parametrize("language", ["fi", "se", "sma", "xx", ""])
def test_the_words_of_other_languages_are_kept(language: str) -> None:
    assert stems("Samlingen kokous", language) == " kokous samlingen "


def test_each_stem_stands_once_with_spaces_around_so_that_a_search_can_ask_for_the_whole() -> None:
    assert stems("Råd, råd og RÅDET!", "nb") == " og råd "


@pytest.mark.parametrize("nothing", ["", "  ", "…!", "\n"])
def test_no_words_have_no_stems(nothing: str) -> None:
    assert stems(nothing, "nb") == ""


def test_letters_that_mean_something_are_kept_and_other_accents_are_not() -> None:
    assert stems("fôr", "fi") == stems("for", "fi")
    assert stems("får", "fi") != stems("far", "fi")


@given(st.text(st.characters()), st.sampled_from(["nb", "nn", "sv", "en", "fi"]))
@settings(deadline=None)
def test_any_words_have_stems_in_order(words: str, language: str) -> None:
    found = stems(words, language).split()

    assert found == sorted(set(found))
