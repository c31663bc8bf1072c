"""A text in two or more languages: who was made from whom, and whether they still agree."""

from datetime import UTC, datetime

import pytest

from consortium.errors import HumanWordsKept, InvalidValue
from consortium.texts import Text, TextState
from consortium.texts.words import digest

NORWEGIAN = Text().write("nb", "Rådet møtes i juni.")
BOTH = NORWEGIAN.translate("sv", "Rådet träffas i juni.")
CHAIN = BOTH.translate("nn", "Rådet møtest i juni.", made_from="sv")


def changes(text: Text, language: str) -> list[tuple[str, str]]:
    """Tell the difference as pairs."""
    return [(piece.change, piece.words) for piece in text.difference(language)]


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        (NORWEGIAN, "nb", TextState.ORIGINAL),
        (NORWEGIAN, "sv", TextState.MISSING),
        (Text(), "nb", TextState.MISSING),
        (NORWEGIAN.translate("sv", "Rådet möts", origin="machine"), "sv", TextState.MACHINE_DRAFT),
        (BOTH, "sv", TextState.TRANSLATED),
        (BOTH.review("sv", by="Sara"), "sv", TextState.REVIEWED),
        (NORWEGIAN.translate("sv", "Rådet möts", origin="machine").review("sv", by="S"), "sv", TextState.REVIEWED),
        (BOTH.write("nb", "Rådet møtes i mai."), "sv", TextState.OUTDATED),
        (BOTH.review("sv", by="Sara").write("nb", "Rådet møtes i mai."), "sv", TextState.OUTDATED),
    ],
)
def test_each_version_tells_how_far_it_can_be_trusted(text: Text, language: str, state: TextState) -> None:
    assert text.state(language) is state


@pytest.mark.parametrize(("source", "other"), [("nb", "sv"), ("sv", "nb"), ("nn", "en"), ("se", "nb")])
def test_either_side_can_be_the_source(source: str, other: str) -> None:
    text = Text().write(source, "Første").translate(other, "Andre")

    assert text.source == source
    assert (text.state(source), text.state(other)) == (TextState.ORIGINAL, TextState.TRANSLATED)


def test_the_difference_shows_what_changed_since_the_translation_was_made() -> None:
    text = BOTH.write("nb", "Rådet møtes i mai.")

    assert changes(text, "sv") == [("kept", "Rådet møtes i "), ("out", "juni"), ("in", "mai"), ("kept", ".")]


def test_the_difference_is_told_from_the_words_translated_not_from_the_last_ones() -> None:
    text = BOTH.write("nb", "Rådet møtes i mai.").write("nb", "Rådet møtes i august.")

    assert ("out", "juni") in changes(text, "sv")
    assert list(text.earlier.values()) == ["Rådet møtes i juni."]


def test_the_difference_is_whole_where_a_translation_had_the_same_words_as_its_source() -> None:
    text = Text().write("nb", "Recovery").translate("sv", "Recovery").write("nb", "Recovery nå")

    assert changes(text, "sv") == [("kept", "Recovery"), ("in", " nå")]


def test_a_version_that_agrees_has_no_difference() -> None:
    assert changes(BOTH, "sv") == []
    assert changes(BOTH, "nb") == []
    assert changes(BOTH, "fi") == []


def test_old_words_written_again_bring_their_translation_up_to_date() -> None:
    text = BOTH.write("nb", "Rådet møtes i mai.").write("nb", "Rådet møtes i juni.")

    assert text.state("sv") is TextState.TRANSLATED
    assert text == BOTH


def test_a_new_translation_is_up_to_date_and_earlier_words_are_forgotten() -> None:
    text = BOTH.write("nb", "Rådet møtes i mai.").translate("sv", "Rådet träffas i maj.")

    assert (text.state("sv"), dict(text.earlier)) == (TextState.TRANSLATED, {})


def test_the_translation_rewritten_as_the_source_turns_the_old_source_into_an_outdated_translation() -> None:
    text = BOTH.write("sv", "Rådet träffas i maj.")

    assert (text.source, text.versions["nb"].made_from) == ("sv", "sv")
    assert text.state("nb") is TextState.OUTDATED
    assert ("in", "maj") in changes(text, "nb")


def test_a_source_in_a_new_language_leaves_the_old_source_to_be_checked() -> None:
    text = NORWEGIAN.write("sv", "Något helt annat.")

    assert text.source == "sv"
    assert text.state("nb") is TextState.OUTDATED


def test_a_translation_made_the_source_as_it_stands_changes_no_agreement() -> None:
    text = BOTH.write("sv", "Rådet träffas i juni.")

    assert (text.source, text.state("nb")) == ("sv", TextState.TRANSLATED)


def test_a_chain_is_outdated_from_the_changed_link_on() -> None:
    text = CHAIN.write("nb", "Rådet møtes i mai.")

    assert (text.state("sv"), text.state("nn")) == (TextState.OUTDATED, TextState.OUTDATED)
    assert ("in", "mai") in changes(text, "nn")


def test_a_chain_is_up_to_date_again_when_its_first_link_is_found_right() -> None:
    text = CHAIN.write("nb", "Rådet møtes, i juni.").review("sv", by="Sara")

    assert (text.state("sv"), text.state("nn")) == (TextState.REVIEWED, TextState.TRANSLATED)


def test_a_changed_middle_of_a_chain_outdates_only_what_was_made_from_it() -> None:
    text = CHAIN.translate("sv", "Rådet ses i juni.")

    assert (text.state("sv"), text.state("nn")) == (TextState.TRANSLATED, TextState.OUTDATED)
    assert changes(text, "nn")[1:3] == [("out", "träffas"), ("in", "ses")]


def test_a_source_translated_from_its_translation_changes_places_with_it() -> None:
    text = BOTH.translate("nb", "Rådet treffes i juni.", made_from="sv")

    assert (text.state("sv"), text.state("nb")) == (TextState.ORIGINAL, TextState.TRANSLATED)


def test_a_middle_translated_from_its_own_translation_leaves_one_source() -> None:
    text = CHAIN.translate("sv", "Rådet möts i juni.", made_from="nn")

    assert [tag for tag in text if text.versions[tag].made_from is None] == [text.source]


def test_a_review_does_not_outlive_the_time_as_a_source() -> None:
    reviewed = BOTH.review("sv", by="Sara")
    source = reviewed.translate("nb", "Rådet treffes i juni.", made_from="sv")

    assert source.versions["sv"].reviewed_by is None
    assert source.write("nn", "Noko heilt anna.").state("sv") is not TextState.REVIEWED


@pytest.mark.parametrize("text", [BOTH, BOTH.write("nb", "Rådet møtes i mai."), BOTH.review("sv", by="Sara")])
def test_a_machine_never_replaces_the_words_of_a_person(text: Text) -> None:
    with pytest.raises(HumanWordsKept, match="Swedish"):
        text.translate("sv", "Rådet möter", origin="machine")


def test_a_machine_never_replaces_the_original() -> None:
    with pytest.raises(HumanWordsKept, match="Norwegian"):
        BOTH.translate("nb", "Rådet treffer", made_from="sv", origin="machine")


def test_a_machine_replaces_its_own_outdated_draft() -> None:
    draft = NORWEGIAN.translate("sv", "Rådet möts i juni", origin="machine").write("nb", "Rådet møtes i mai.")

    assert draft.translate("sv", "Rådet möts i maj", origin="machine").state("sv") is TextState.MACHINE_DRAFT


def test_a_review_brings_an_outdated_translation_up_to_date() -> None:
    text = BOTH.write("nb", "Rådet møtes, i juni.").review("sv", by="Sara")

    assert (text.state("sv"), text.versions["sv"].reviewed_by) == (TextState.REVIEWED, "Sara")
    assert (changes(text, "sv"), dict(text.earlier)) == ([], {})


def test_a_review_of_the_original_changes_nothing() -> None:
    assert BOTH.review("nb", by="Sara") is BOTH


def test_a_translation_of_older_words_is_outdated_from_the_start() -> None:
    text = NORWEGIAN.translate("sv", "Rådet träffas i mars.", based_on="Rådet møtes i mars.\r\n")

    assert text.state("sv") is TextState.OUTDATED
    assert ("out", "mars") in changes(text, "sv")


def test_a_translation_of_the_present_words_by_name_is_up_to_date() -> None:
    text = NORWEGIAN.translate("sv", "Rådet träffas.", based_on="  Rådet møtes i juni.  ")

    assert (text.state("sv"), dict(text.earlier)) == (TextState.TRANSLATED, {})


@pytest.mark.parametrize(
    ("reader", "given"),
    [("nb", "nb"), ("sv", "nb"), ("nn", "nb"), ("en", "en"), ("fi", "fi"), ("da", "fi"), ("se", "fi")],
)
def test_a_reader_gets_the_language_itself_then_a_neighbour_then_the_source(reader: str, given: str) -> None:
    text = Text().write("fi", "Neuvosto").translate("en", "The council").translate("nb", "Rådet")

    reading = text.read(reader)

    assert reading
    assert (reading.language, reading.is_fallback) == (given, given != reader)


@pytest.mark.parametrize(
    ("reader", "order"),
    [
        ("nb", ["nb", "nn", "sv", "en", "fi"]),
        ("nn", ["nn", "nb", "sv", "en", "fi"]),
        ("sv", ["sv", "nb", "nn", "en", "fi"]),
        ("en", ["en", "nb", "sv", "nn", "fi"]),
    ],
)
def test_neighbours_are_read_in_the_order_in_which_they_are_understood(reader: str, order: list[str]) -> None:
    text = Text().write("fi", "Neuvosto")
    for tag in order[:-1]:
        text = text.translate(tag, f"Council ({tag})")
    given = []
    for tag in order:
        reading = text.read(reader)
        given.append(reading and reading.language)
        text = text.remove(tag)

    assert given == order


@pytest.mark.parametrize(("reader", "written"), [("nb-NO", "nb"), ("sv-FI", "sv"), ("sv", "sv-FI")])
def test_a_region_is_nearer_than_any_neighbour(reader: str, written: str) -> None:
    text = Text().write("en", "The council").translate("nn", "Rådet").translate(written, "Rådet")

    reading = text.read(reader)

    assert reading
    assert reading.language == written


def test_an_empty_text_reads_as_nothing() -> None:
    assert Text().read("nb") is None
    assert not Text()
    assert Text().source is None


def test_the_same_words_written_again_are_the_same_text() -> None:
    assert BOTH.write("nb", "Rådet møtes i juni.", by="Somebody Else") is BOTH
    assert BOTH.translate("sv", "Rådet träffas i juni. ", by="Somebody Else") is BOTH


def test_who_wrote_what_when_comes_through_json() -> None:
    at = datetime(2026, 6, 15, 12, tzinfo=UTC)
    text = Text().write("nb", "Hei", by="Nils", at=at).translate("sv", "Hej", by="Sara", at=at, origin="machine")
    text = text.review("sv", by="Siv").write("nb", "Hallo", by="Nora", at=at)

    assert Text.from_json(text.to_json()) == text
    assert Text.from_json(Text().to_json()) == Text()


def test_what_is_written_down_is_a_copy() -> None:
    text = Text().write("nb", "Rådet")
    text.to_json()["versions"]["nb"]["words"] = "Endret utenfra"

    assert text.words("nb") == "Rådet"


def test_without_stamps_json_tells_what_is_said_not_by_whom() -> None:
    mine = BOTH.review("sv", by="Sara")
    yours = (
        Text().write("nb", "Rådet møtes i juni.", by="N").translate("sv", "Rådet träffas i juni.").review("sv", by="S")
    )

    assert mine.unstamped() == yours.unstamped()
    assert mine.unstamped() != BOTH.unstamped()


def test_a_source_goes_only_when_nothing_was_made_from_it() -> None:
    with pytest.raises(InvalidValue, match="Remove the translation first"):
        BOTH.remove("nb")
    assert not BOTH.remove("sv").remove("nb")


def test_tags_are_written_in_their_normal_form() -> None:
    assert list(Text().write("NB", "Hei").translate("sv_se", "Hej")) == ["nb", "sv-SE"]


def test_a_digest_is_short_and_of_the_words_alone() -> None:
    assert digest("Hei") == digest("Hei")
    assert digest("Hei") != digest("Hei.")
    assert len(digest("")) == 16
