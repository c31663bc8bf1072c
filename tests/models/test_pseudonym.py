"""What stands in place of a person's name: where it is replaced, and where not."""

from dataclasses import replace

import pytest

from consortium.models.pseudonym import Pseudonym
from consortium.texts import Text, TextState

KARI = Pseudonym(
    "Slettet person 7",
    "erased-7",
    frozenset({"Kari Li", "Kari Li Moe"}),
    frozenset({"kari"}),
    frozenset({"kari@example.org"}),
)

#: words, and what they say afterwards
WORDS = [
    ("Kari Li", "Slettet person 7"),
    ("Kari Li Moe kom.", "Slettet person 7 kom."),
    ("Kari Lis plan", "Slettet person 7s plan"),
    ("(Kari Li)", "(Slettet person 7)"),
    ("Kari Lind", "Kari Lind"),
    ("OKari Li", "OKari Li"),
    ("kari li", "kari li"),
    ("Kari", "Kari"),
    ("kari", "kari"),
    ("kari@example.org", ""),
    ("Skriv til kari@example.org.", "Skriv til Slettet person 7."),
    ("Kari@Example.org", ""),
    ("<KARI@example.org>", "<Slettet person 7>"),
    ("okari@example.org", "okari@example.org"),
    ("kari@example.organ", "kari@example.organ"),
]


@pytest.mark.parametrize(("said", "then"), WORDS, ids=[said for said, _then in WORDS])
def test_a_name_is_replaced_where_it_stands_as_one(said: str, then: str) -> None:
    assert KARI.words(said) == then


def test_a_name_of_one_word_is_replaced_only_where_it_stands_alone() -> None:
    per = Pseudonym("Slettet person 1", "erased-1", frozenset({"Per"}), frozenset(), frozenset())

    assert (per.words("Per"), per.words("Per uke")) == ("Slettet person 1", "Per uke")


@pytest.mark.parametrize(
    ("said", "place", "then"),
    [
        ("kari", 0, "erased-7"),
        ("kari:contact:o:2026-01-01", 0, "erased-7:contact:o:2026-01-01"),
        ("kari-2", 0, "kari-2"),
        ("G:o:kari", 2, "G:o:erased-7"),
        ("G:kari", 2, "G:kari"),
        ("ola:contact:kari", 0, "ola:contact:kari"),
    ],
)
def test_a_key_is_replaced_at_its_place(said: str, place: int, then: str) -> None:
    assert KARI.value([None, said], place=place) == [None, then]


def test_names_of_others_in_which_one_of_the_person_stands_are_left() -> None:
    spared = replace(KARI, spared=frozenset({"Kari Li Berg", "Kari Li-Moe", "Lise Kari Li"}))

    said = "Kari Li, Kari Li Berg, Kari Li-Moe og Lise Kari Li; Kari Lis plan"

    assert spared.words(said) == "Slettet person 7, Kari Li Berg, Kari Li-Moe og Lise Kari Li; Slettet person 7s plan"


def test_a_text_that_is_but_an_address_stays_a_text() -> None:
    text = KARI.value(Text().write("nb", "kari@example.org"))

    assert text.words("nb") == "Slettet person 7"


def test_values_of_any_shape_keep_it() -> None:
    said = {"leads": ["Kari Li", 3, None], "at": 1.5}

    assert KARI.value(said) == {"leads": ["Slettet person 7", 3, None], "at": 1.5}


def test_a_translation_is_as_up_to_date_as_before() -> None:
    fresh = Text().write("nb", "Kari Li kom.", by="Kari Li").translate("sv", "Kari Li kom hit.")
    old = fresh.write("nb", "Kari Li gikk.")

    for text in (fresh, old):
        then = KARI.value(text)
        assert "Kari" not in str(then.to_json())
        assert (then.state("nb"), then.state("sv")) == (text.state("nb"), text.state("sv"))
        assert KARI.value(text.to_json()) == then.to_json()
    assert old.state("sv") is TextState.OUTDATED
    assert [piece.words for piece in KARI.value(old).difference("sv") if piece.change == "out"] == ["kom"]
