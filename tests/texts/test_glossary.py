"""The glossary: wrong words are found, right ones are left alone."""

import pytest

from consortium.texts import Text
from consortium.texts.glossary import Entry, Friend, Glossary, house_glossary

NAMES = Glossary((Entry({"nb": "Løvetann"}, is_name=True), Entry({"nb": "Bjørka"}, is_name=True)))


def warnings(text: Text, glossary: Glossary | None = None) -> list[str]:
    """Warn of the words of a text."""
    return [f"{tag}: {told}" for tag, told in (glossary or house_glossary()).warnings(text)]


def translated(norwegian: str, swedish: str) -> Text:
    """Make a Norwegian text with a Swedish translation."""
    return Text().write("nb", norwegian).translate("sv", swedish)


@pytest.mark.parametrize("words", ["Milpålen är nådd.", "två milpålar", "MILPÅLE", "(milpåle)", "milpålarna"])
def test_a_word_to_avoid_is_found_however_it_is_inflected(words: str) -> None:
    (warning,) = warnings(Text().write("sv", words))

    assert "“milstolpe”" in warning


@pytest.mark.parametrize("words", ["halvmilpåle", "milpålsplanering", "milstolpe", "", "samverkan"])
def test_a_word_is_not_found_inside_another(words: str) -> None:
    assert warnings(Text().write("sv", words) if words else Text()) == []


def test_a_word_is_wrong_only_in_its_own_language() -> None:
    assert warnings(Text().write("nb", "Samhandling er bra.")) == []
    assert warnings(Text().write("sv", "Samhandling är bra.")) == [
        "sv: “samhandling” is called “samverkan” in Swedish."
    ]


def test_a_region_of_a_language_is_read_by_its_rules() -> None:
    assert warnings(Text().write("sv-FI", "En milpåle.")) == ["sv-FI: “milpåle” is called “milstolpe” in Swedish."]


def test_a_name_that_was_lost_in_translation_is_told_in_the_order_of_the_terms() -> None:
    found = warnings(translated("Løvetann og Bjørka", "Maskrosen och Björken"), NAMES)

    assert [warning.split("“")[1].split("”")[0] for warning in found] == ["Løvetann", "Bjørka"]


@pytest.mark.parametrize(
    ("norwegian", "swedish"), [("Løvetann", "Løvetanns dag"), ("Ei løvetannrot her", "En maskrosrot"), ("Hus", "Hus")]
)
def test_a_name_that_was_kept_or_was_not_there_is_no_worry(norwegian: str, swedish: str) -> None:
    assert warnings(translated(norwegian, swedish), NAMES) == []


def test_a_false_friend_is_told_with_what_the_original_means() -> None:
    assert warnings(translated("Det er en rolig dag.", "Det är en rolig dag.")) == [
        "sv: “rolig” may be a false friend: in the original it means “lugn”."
    ]
    assert warnings(translated("Det er en rolig dag.", "Det är en lugn dag.")) == []
    assert warnings(translated("Det er stille.", "Det är rolig.")) == []


def test_a_false_friend_goes_both_ways() -> None:
    swedish = Text().write("sv", "Ett referat.").translate("nb", "Et referat.")

    assert warnings(swedish) == ["nb: “referat” may be a false friend: in the original it means “sammendrag”."]


def test_the_original_has_no_false_friends() -> None:
    assert warnings(Text().write("nb", "rolig")) == []


def test_more_entries_extend_a_glossary_and_leave_it_as_it_was() -> None:
    more = NAMES.extended([Entry({"sv": "rätt"}, {"sv": ("galet",)})])

    assert warnings(Text().write("sv", "galet"), more) == ["sv: “galet” is called “rätt” in Swedish."]
    assert (len(NAMES.entries), len(more.entries)) == (2, 3)


def test_the_glossary_of_the_house_is_whole() -> None:
    for entry in house_glossary().entries:
        assert {"nb", "nn", "sv"} <= set(entry.words)
        assert set(entry.avoid) <= set(entry.words)
        for tag, wrong in entry.avoid.items():
            assert entry.words[tag] not in wrong
    for friend in house_glossary().friends:
        assert set(friend.words) == set(friend.means)


def test_a_friend_without_the_language_of_the_source_is_passed_over() -> None:
    glossary = Glossary((), (Friend({"nb": "by", "sv": "by"}, {"nb": "stad", "sv": "landsby"}),))

    assert warnings(Text().write("en", "by").translate("sv", "by"), glossary) == []
