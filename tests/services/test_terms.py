"""The consortium's own terms, beside those of the house."""

import pytest

from consortium import clock
from consortium.errors import InvalidValue, NotPermitted
from consortium.i18n.message import Message
from consortium.models import PluginSwitch, TermEntry
from consortium.services.policy import Role
from consortium.services.terms import add_term, glossary_of
from consortium.testing import Make
from consortium.texts import Text
from consortium.texts.glossary import Entry, Friend
from consortium.texts.term_base import TermBase
from tests.guests import bring


def warnings(make: Make, text: Text) -> list[str]:
    """Warn of the words of a text."""
    make.session.flush()
    glossary = glossary_of(make.session, make.operator, consortium=make.home)
    return [f"{tag}: {told}" for tag, told in glossary.warnings(text)]


def term(make: Make, key: str = "stua", **others: object) -> TermEntry:
    """Add a term."""
    given = {"words": {"nb": "åpen stue", "sv": "öppet rum"}, "avoid": {"sv": "öppen stuga, öppet hus"}, **others}
    return add_term(make.session, make.operator, consortium=make.home, key=key, **given)  # type: ignore[arg-type]  # whatever the test wants


def test_own_terms_extend_those_of_the_house(make: Make) -> None:
    term(make)

    assert warnings(make, Text().write("sv", "Vi har en öppen stuga och öppet hus.")) == [
        "sv: “öppen stuga” is called “öppet rum” in Swedish.",
        "sv: “öppet hus” is called “öppet rum” in Swedish.",
    ]
    assert warnings(make, Text().write("sv", "En milpåle.")) == ["sv: “milpåle” is called “milstolpe” in Swedish."]


def test_the_terms_of_plugins_stand_between_those_of_the_house_and_the_own(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = (Entry({"sv": "mötesplats"}, {"sv": ("öppet hus", "milpåle")}), "no entry")
    friend = Friend({"nb": "rar", "sv": "rar"}, {"nb": "konstig", "sv": "snill"})
    base = TermBase("guest-terms", Message("Terms"), theirs, (friend,))  # type: ignore[arg-type]  # a careless guest
    plugin = bring(monkeypatch, "consortium_term_bases", base)

    assert warnings(make, Text().write("sv", "Ett öppet hus och en milpåle.")) == [
        "sv: “milpåle” is called “mötesplats” in Swedish.",
        "sv: “öppet hus” is called “mötesplats” in Swedish.",
    ]
    term(make)
    assert warnings(make, Text().write("sv", "Ett öppet hus.")) == ["sv: “öppet hus” is called “öppet rum” in Swedish."]
    assert len(warnings(make, Text().write("nb", "Han er rar.").translate("sv", "Han är rar."))) == 1
    assert "not a Entry" in plugin.faults[0]


def test_a_term_base_that_is_switched_off_says_nothing(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    base = TermBase("guest-terms", Message("Terms"), (Entry({"sv": "rätt"}, {"sv": ("galet",)}),))
    bring(monkeypatch, "consortium_term_bases", base)
    off = PluginSwitch(consortium_id=make.home.id, plugin="guest", variant="", is_on=False, by="Olga", at=clock.now())
    off.country = ""
    make.session.add(off)

    assert warnings(make, Text().write("sv", "Galet.")) == []


def test_a_name_stays_as_it_is_in_every_language(make: Make) -> None:
    add_term(make.session, make.operator, consortium=make.home, key="n", kind="name", words={"nb": "Løvetann"})
    original = Text().write("nb", "Løvetann er åpen.")

    assert warnings(make, original.translate("sv", "Løvetanns hus är öppet.")) == []
    (warning,) = warnings(make, original.translate("sv", "Maskrosen är öppen."))
    assert warning.startswith("sv: The name “Løvetann” stands in the original, but not here.")


def test_a_name_may_be_spelled_otherwise_where_the_consortium_says_so(make: Make) -> None:
    words = {"nb": "Grenselos", "sv": "Gränslots"}
    add_term(make.session, make.operator, consortium=make.home, key="n", kind="name", words=words)

    assert warnings(make, Text().write("nb", "Grenselos hjelper.").translate("sv", "Gränslots hjälper.")) == []


def test_words_to_avoid_for_a_name_are_told_too(make: Make) -> None:
    term(make, kind="name", words={"nb": "Løvetann"}, avoid={"sv": "Maskrosen"})

    assert warnings(make, Text().write("sv", "Maskrosen.")) == ["sv: “Maskrosen” is called “Løvetann” in Swedish."]


def test_the_terms_of_another_consortium_are_not_mine(make: Make) -> None:
    other = make.consortium("En annen")
    add_term(make.session, make.operator, consortium=other, key="x", words={"sv": "rätt"}, avoid={"sv": "galet"})

    assert warnings(make, Text().write("sv", "Galet.")) == []
    glossary = glossary_of(make.session, make.principal(Role.MEMBER), consortium=other)
    assert [each for each in glossary.entries if each.words == {"sv": "rätt"}] == []


def test_a_key_is_taken_once(make: Make) -> None:
    term(make)

    with pytest.raises(InvalidValue, match="There is already a term “stua”"):
        term(make)


def test_a_term_needs_words(make: Make) -> None:
    with pytest.raises(InvalidValue, match="words in at least one language"):
        term(make, words={}, avoid=None)


def test_only_staff_add_terms(make: Make) -> None:
    make.operator = make.principal(Role.MEMBER)

    with pytest.raises(NotPermitted):
        term(make)
