"""Speech: says things in one language or in two, and is honest about what it could not say."""

from datetime import date
from decimal import Decimal

import pytest

from consortium.documents import Mark, Speech
from consortium.documents.words import Phrase
from consortium.i18n.message import _, _n
from consortium.i18n.numbers import Money
from consortium.texts import Text, told
from tests.facts.made import text

BOTH = Speech(("nb", "sv"))


def test_what_is_the_same_in_both_languages_is_said_once() -> None:
    assert BOTH.term("state", "on_track") == (Phrase("i rute", "nb"), Phrase("enligt plan", "sv"))
    assert len(BOTH.number(7)) == 1
    assert BOTH.plain("–") == (Phrase("–", "nb"),)


@pytest.mark.parametrize(("number", "said"), [(None, "–"), (0, "0"), (1234, "1\u00a0234"), (Decimal("12.50"), "12,5")])
def test_a_number_is_written_as_each_language_does(number: Decimal | int | None, said: str) -> None:
    assert BOTH.number(number)[0].words == said


def test_a_number_a_day_and_an_amount_are_not_taken_for_each_other() -> None:
    speech = Speech(("en",))
    said = [speech.number(1), speech.number(Decimal(1)), speech.money(Money(Decimal(1), "NOK"))]

    assert [each[0].words for each in said] == ["1", "1", "1\u00a0NOK"]
    assert speech.day(date(2026, 6, 1), "medium") != speech.day(date(2026, 6, 1))


def test_a_missing_text_is_another_language_or_a_mark() -> None:
    (_norwegian, fallback) = BOTH.read(text(nb="Hei."))
    (norwegian, mark) = Speech(("nb", "sv"), "mark").read(text(nb="Hei."))

    assert (fallback.words, fallback.language, fallback.mark) == ("Hei.", "nb", Mark.FALLBACK)
    assert norwegian == Phrase("Hei.", "nb")
    assert (mark.language, mark.mark, mark.note) == ("sv", Mark.MISSING, "")
    assert "Hei." not in mark.words


def test_a_text_in_no_language_of_the_report_is_marked_in_each() -> None:
    phrases = Speech(("nb", "sv"), "mark").read(text(en="Hello."))

    assert [(phrase.language, phrase.mark) for phrase in phrases] == [("nb", Mark.MISSING), ("sv", Mark.MISSING)]


def test_an_empty_text_says_nothing_and_is_not_missing() -> None:
    assert Speech(("nb",), "mark").read(Text()) == ()
    assert Speech(("nb",), "mark").paragraphs(Text(), _("Purpose")) == ()


def test_a_title_that_is_missing_stays_and_says_so() -> None:
    norwegian, swedish = Speech(("nb", "sv"), "mark").title(text(nb="Huset"))
    (english,) = Speech(("en",), "mark").title(text(nb="Huset"))

    assert norwegian == Phrase("Huset", "nb")
    assert (swedish.words, swedish.language, swedish.mark) == ("Huset", "nb", Mark.MISSING)
    assert (english.words, english.note) == ("Huset", "missing in English")


def test_a_name_is_never_marked() -> None:
    assert Speech(("nb", "sv"), "mark").name(text(nb="Vidda")) == (Phrase("Vidda", "nb"),)


def test_a_mark_stands_beside_every_paragraph_once() -> None:
    rows = Speech(("nb", "sv"), "mark").paragraphs(text(nb="En.\n\nTo."))

    assert [row.words[0].words for row in rows] == ["En.", "To."]
    assert [row.words[1].mark for row in rows] == [Mark.MISSING, None]
    assert rows[1].words[1].words == ""


def test_a_label_begins_with_a_capital_also_where_it_does_not_begin_with_a_letter_of_ours() -> None:
    said = BOTH.capital((Phrase("åpen", "nb", Mark.OUTDATED), Phrase("öppen", "sv"), Phrase("", "sv")))

    assert said == (Phrase("Åpen", "nb", Mark.OUTDATED), Phrase("Öppen", "sv"), Phrase("", "sv"))


def test_a_sign_stands_before_the_words_of_each_language() -> None:
    signed = BOTH.signed("milestone.achieved", BOTH.say(_("Milestone")))

    assert {phrase.sign for phrase in signed} == {"milestone.achieved"}
    assert BOTH.term("state", "delayed", sign=True)[1].sign == "state.delayed"
    assert BOTH.term("state", "delayed")[1].sign == ""


def test_messages_with_other_values_are_not_taken_for_each_other() -> None:
    speech = Speech(("en",))
    message = _n("{count} sub-project", "{count} sub-projects", 1)
    said = [speech.say(each) for each in (message, _n(message.words, message.plural, 2), told(text(en="a")))]

    assert [each[0].words for each in said] == ["1 sub-project", "2 sub-projects", "a"]
    assert speech.say(told(text(en="b")))[0].words == "b"


@pytest.mark.parametrize(("reader", "mark"), [("nn", None), ("sv", Mark.FALLBACK)])
def test_who_reads_one_norwegian_reads_the_other_without_a_note(reader: str, mark: Mark | None) -> None:
    (phrase,) = Speech((reader,), is_kin=True).title(text(nb="Hei."))

    assert (phrase.language, phrase.mark) == ("nb", mark)
