"""The round table: a row an organisation, and nothing said is left out."""

from dataclasses import dataclass

from consortium.facts.round_table import ASKED, round_table, round_table_kinds
from consortium.texts.terms import terms


@dataclass(frozen=True)
class Said:
    organisation: str
    kind: str
    words: str = ""


def test_every_kind_of_gathering_asks_for_statements_that_there_are() -> None:
    assert set(ASKED) == set(terms("gathering_kind"))
    for kind in ASKED:
        assert round_table_kinds(kind)
        assert set(round_table_kinds(kind)) <= set(terms("statement_kind"))


def test_what_was_said_stands_under_its_kind() -> None:
    first, second, dilemma = Said("a", "tip", "1"), Said("a", "tip", "2"), Said("a", "dilemma")
    (turn,) = round_table([first, dilemma, second], ["a"], ("dilemma", "tip"))

    assert turn.cells == ((dilemma,), (first, second))


def test_whoever_has_not_spoken_has_an_empty_row() -> None:
    spoke, silent = round_table([Said("b", "tip")], ["b", "a"], ("tip",))

    assert (spoke.organisation, spoke.has_spoken) == ("b", True)
    assert (silent.organisation, silent.has_spoken, silent.cells) == ("a", False, ((),))


def test_nothing_that_was_said_is_left_out() -> None:
    quote, guest = Said("a", "quote"), Said("gjest", "tip")
    own, other = round_table([guest, quote], ["a"], ("tip",))

    assert (own.others, own.has_spoken) == ((quote,), True)
    assert (other.organisation, other.cells) == ("gjest", ((guest,),))
