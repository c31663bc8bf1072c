"""Messages: said in a language only when somebody reads them."""

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from consortium.i18n.message import Message, Voice, _, load_catalog, say, translations_of

CATALOG = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Meet {who} on {day}."
msgstr "Møt {who} den {day}."

msgid "{count} partner"
msgid_plural "{count} partners"
msgstr[0] "{count} part"
msgstr[1] "{count} parter"

msgctxt "of a meeting"
msgid "Open"
msgstr "Åpent"

msgctxt "of a case"
msgid "Open"
msgstr "Uavklart"

msgid "the council"
msgstr "rådet"

#, fuzzy
msgid "Guessed"
msgstr "Gjettet"

msgid "Not yet"
msgstr ""
"""


@pytest.fixture
def domain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Install a package with a Norwegian catalog."""
    folder = tmp_path / "guest_with_words" / "translations" / "nb" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "guest_with_words" / "__init__.py").touch()
    (folder / "guest_with_words.po").write_text(CATALOG, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    load_catalog.cache_clear()
    yield "guest_with_words"
    sys.modules.pop("guest_with_words")
    load_catalog.cache_clear()


def test_a_message_is_said_in_the_readers_language_with_its_values(domain: str) -> None:
    who = Message("the council", domain=domain)
    message = Voice(domain)("Meet {who} on {day}.").fill(who=who, day=date(2026, 2, 3))

    assert message.say("nb") == "Møt rådet den 3. februar 2026."
    assert message.say("nb-NO") == message.say("no") == message.say("nb")
    assert message.say("sv") == "Meet the council on 3 februari 2026."


@pytest.mark.parametrize(("count", "said"), [(0, "0 parter"), (1, "1 part"), (2, "2 parter"), (21, "21 parter")])
def test_one_and_many_have_forms_of_their_own(domain: str, count: int, said: str) -> None:
    message = Message("{count} partner", "{count} partners", count, domain=domain)

    assert message.say("nb") == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 partners"), (1, "1 partner"), (2, "2 partners")])
def test_english_needs_no_catalog(count: int, said: str) -> None:
    assert str(Message("{count} partner", "{count} partners", count)) == said


def test_equal_english_words_are_told_apart_by_their_context(domain: str) -> None:
    meeting, case = (Message("Open", context=context, domain=domain) for context in ("of a meeting", "of a case"))

    assert (meeting.say("nb"), case.say("nb")) == ("Åpent", "Uavklart")
    assert Message("Open", domain=domain).say("nb") == "Open"


@pytest.mark.parametrize("words", ["Guessed", "Not yet", "Unheard of"])
def test_what_nobody_has_translated_is_said_in_english(domain: str, words: str) -> None:
    assert Message(words, domain=domain).say("nb") == words


def test_a_package_without_catalogs_speaks_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "guest_without_words.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    assert Message("Hello", domain="guest_without_words").say("nb") == "Hello"


@pytest.mark.parametrize(
    "value",
    [
        "{0.__class__}",
        "{who.__class__.__init__.__globals__}",
        "{}",
        "{",
        "}",
        "%s",
        "%(who)s",
        "{day!r:>9999}",
        "\0",
        "\ud800",
    ],
)
def test_hostile_values_stay_as_they_were_typed(domain: str, value: str) -> None:
    message = Message("Meet {who} on {day}.", domain=domain).fill(who=value, day=value)

    assert message.say("nb") == f"Møt {value} den {value}."
    assert Message("the council", domain=domain).fill(who=value).say("en") == "the council"


def test_words_without_values_may_hold_any_signs() -> None:
    assert Message("100 % {sure}").say("en") == "100 % {sure}"


def test_numbers_and_dates_within_are_said_in_the_readers_language() -> None:
    message = _("{amount} on {day}").fill(amount=Decimal("1234.5"), day=date(2026, 12, 31))

    assert message.say("sv") == "1\u00a0234,5 on 31 december 2026"


def test_values_are_filled_one_after_the_other_and_leave_the_message_as_it_was() -> None:
    message = _("{one} and {two}")
    half = message.fill(one="1")

    assert half.fill(two="2").say("en") == "1 and 2"
    assert (dict(message.values), dict(half.values)) == ({}, {"one": "1"})


def test_messages_are_equal_by_words_and_values() -> None:
    assert _("{one}").fill(one=1) == _("{one}").fill(one=1)
    assert _("{one}").fill(one=1) != _("{one}").fill(one=2)
    assert len({_("Open"), _("Open"), Message("Open", context="of a case")}) == 2


@pytest.mark.parametrize(
    ("value", "said"),
    [(_("Open"), "Open"), (date(2026, 2, 3), "3 februari 2026"), (Decimal("0.5"), "0,5"), (7, "7"), ("{x}", "{x}")],
)
def test_anything_can_be_said(value: object, said: str) -> None:
    assert say(value, "sv") == said


def test_our_own_catalogs_are_found() -> None:
    assert translations_of("consortium").is_dir()


def test_several_values_are_said_one_by_one_in_the_readers_language(domain: str) -> None:
    several = (Message("the council", domain=domain), date(2026, 2, 3), "{x}")

    assert _("{several}").fill(several=several).say("nb") == "rådet, 3. februar 2026, {x}"
