"""Sweden: what Swedes and Norwegians call the same things, and words that mislead them."""

import pytest

from consortium.plugins import FrontDesk
from consortium.texts import Text
from consortium.texts.glossary import Glossary, house_glossary
from consortium_sweden.term_base import term_base


def glossary() -> Glossary:
    """Give the plugin's terms alone."""
    return Glossary(term_base().entries, term_base().friends)


def warned(text: Text) -> list[str]:
    """List the warnings of a text, in Swedish."""
    return [words.say("sv") for _tag, words in glossary().warnings(text)]


@pytest.mark.parametrize(
    ("nb", "sv"),
    [("individuell plan", "SIP"), ("statsforvalter", "länsstyrelse"), ("pårørende", "anhörig"), ("bruker", "brukare")],
)
def test_a_norwegian_finds_what_a_swede_calls_it(nb: str, sv: str) -> None:
    assert sv in {entry.words.get("sv") for entry in term_base().entries if entry.words.get("nb") == nb}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("statsförvaltaren", "länsstyrelse"), ("pårörande", "anhörig"), ("specialisthälsotjänsten", "vård")],
)
def test_a_norwegian_word_in_swedish_spelling_is_warned_of(wrong: str, right: str) -> None:
    (said,) = warned(Text().write("sv", f"Vi träffade {wrong} i mars."))

    assert right in said


@pytest.mark.parametrize(
    "words",
    [
        "Länsstyrelsen och regionen träffade anhöriga och brukare om SIP.",
        "Den individuella planen enligt LSS gäller. Gymnasieskolan och förskolan är med.",
    ],
)
def test_good_swedish_gives_no_warning(words: str) -> None:
    assert warned(Text().write("sv", words)) == []


def test_a_false_friend_is_warned_of_in_a_translation() -> None:
    text = Text().write("nb", "Det var en rar dag.").translate("sv", "Det var en rar dag.")

    assert any("konstig" in said for said in warned(text))


@pytest.mark.parametrize("kept", ["words", "means"])
def test_every_false_friend_is_said_in_both_languages(kept: str) -> None:
    assert all({"nb", "sv"} <= set(getattr(friend, kept)) for friend in term_base().friends)


def test_no_false_friend_of_the_house_is_told_twice() -> None:
    ours = {friend.words.get("sv") for friend in term_base().friends}

    assert not ours & {friend.words.get("sv") for friend in house_glossary().friends}


def test_the_plugin_brings_its_terms_to_the_front_desk() -> None:
    assert FrontDesk().term_bases["se-terms"].entries == term_base().entries
