"""Sort order: as a reader of each language looks things up, the same on every database."""

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, insert, select

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.sorting import fold, sort_key
from consortium.models import Database
from consortium.models.dialect import sort_key_type
from consortium.testing import Make

NORWEGIAN = """7. juni-laget|17. mai-laget|100 års fest|Alta|Álta|alv|Berg|Berg-Hansen|Berg kommune|Bergen|Cude|Čuđe|Dal|Đal|
Eng|Ésa|Nes|Ŋes|Nord-Fron|Nordfron|Sol|Šol|Tana|Ŧana|W|Xi|Y|Zeta|Žeta|Ær|Är|Ærfugl|Ätta|Ødegård|Öst|Østre|
å|Å|Ål|aall|Åre|ås|Ås|Åsa"""
SWEDISH = """7 juni|17 maj|Aall|Alta|Álta|Dal|Đal|Nes|Ŋes|Sol|Šol|Väst|West|Y|Zeta|
å|Ål|Åre|Ås|Åsa|Är|Ær|Ärlig|Ätt|Ödla|Östersund|Østfold|Öv"""
ENGLISH = "2|10|Aase|Ærfugl|Åse|Asia|Bergen|Oak|Öst|Østfold|Oz|Zeta"
ORDERS = {
    language: order.replace("\n", "").split("|")
    for language, order in {"nb": NORWEGIAN, "nn": NORWEGIAN, "sv": SWEDISH, "en": ENGLISH}.items()
}
HARD = "abzåäöæøüáčđŋšŧžABZÅÄÖÆØ 0129-–.'[\\]~!\"ßıИ中😀\u0301"


def shuffled(names: list[str], seed: int) -> list[str]:
    """Shuffle names, the same way each time."""
    return random.Random(seed).sample(names, len(names))  # noqa: S311  # no secret


def hard_names(seed: int) -> list[str]:
    """Make names of letters that are easily sorted wrong."""
    dice = random.Random(seed)  # noqa: S311  # no secret
    return ["".join(dice.choices(HARD, k=dice.randint(0, 7))) for _ in range(300)]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_names_stand_in_the_order_of_the_readers_alphabet(language: str, seed: int) -> None:
    names = shuffled(ORDERS[language], seed)

    assert sorted(names, key=lambda name: sort_key(name, language)) == ORDERS[language]


@pytest.mark.parametrize(("one", "other"), [("Aase", "Åse"), ("aa", "å"), ("Baa", "Bå")])
def test_two_a_stand_as_one_letter_in_norwegian_only(one: str, other: str) -> None:
    assert sort_key(one, "nb").split("!")[0] == sort_key(other, "nb").split("!")[0]
    assert sort_key(one, "sv").split("!")[0] != sort_key(other, "sv").split("!")[0]


@pytest.mark.parametrize(
    ("language", "own", "neighbours"),
    [
        ("nb", "Æsj", "Äsj"),
        ("nb", "Øst", "Öst"),
        ("sv", "Äst", "Æst"),
        ("sv", "Öst", "Øst"),
        ("en", "Ostfold", "Østfold"),
    ],
)
def test_a_neighbours_letter_stands_right_after_its_own(language: str, own: str, neighbours: str) -> None:
    keys = [sort_key(name, language) for name in (own, neighbours, f"{own}a")]

    assert keys == sorted(keys)
    assert keys[0].split("!")[0] == keys[1].split("!")[0]


@pytest.mark.parametrize("keys", [["DP-1", "DP-2", "DP-10", "DP-10a", "DP-100"], ["0", "1", "9", "10", "99", "100"]])
def test_figures_stand_by_their_value(keys: list[str]) -> None:
    assert sorted(shuffled(keys, 1), key=lambda key: sort_key(key, "en")) == keys


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(INTERFACE_LANGUAGES))
@settings(deadline=None)
def test_any_words_have_a_plain_key_whichever_way_their_accents_are_typed(words: str, language: str) -> None:
    key = sort_key(words, language)

    assert key.isascii()
    assert key.isprintable()
    assert sort_key(unicodedata.normalize("NFD", words), language) == key


@given(st.text(st.sampled_from(HARD)), st.text(st.sampled_from(HARD)), st.sampled_from(INTERFACE_LANGUAGES))
@settings(deadline=None)
def test_a_beginning_never_stands_after_the_whole(beginning: str, rest: str, language: str) -> None:
    whole = f"{beginning} {rest}"

    assert sort_key(beginning, language).split("!")[0] <= sort_key(whole, language).split("!")[0]


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_the_database_sorts_keys_as_we_do(database: Database, language: str) -> None:
    keys = {sort_key(name, language) for name in (*ORDERS[language], *hard_names(7))}
    table = Table("sorting", MetaData(), Column("key", sort_key_type()), prefixes=["TEMPORARY"])

    with database.engine.connect() as connection:
        table.create(connection)
        connection.execute(insert(table), [{"key": key} for key in shuffled(sorted(keys), 1)])
        stored = connection.scalars(select(table.c.key).order_by(table.c.key)).all()
        connection.rollback()

    assert stored == sorted(keys)


@pytest.mark.parametrize("key", ["ж" * 80, "1a" * 40, "å" * 80])
def test_the_longest_key_of_a_record_can_be_kept_on_both_databases(make: Make, key: str) -> None:
    project = make.sub_project(key=key)
    make.session.flush()

    assert project.key == key


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Ås   KOMMUNE ", "ås kommune"),
        ("A\u030as", "ås"),
        ("Café", "cafe"),
        ("ÆØÅ ÄÖ", "æøå äö"),
        ("Straße", "strasse"),
        ("\u212bs", "ås"),
        ("Nord\u00a0Fron", "nord fron"),
        ("ﬁske", "fiske"),
    ],
)
def test_words_are_folded_to_what_people_mean_by_the_same(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(deadline=None)
def test_folding_twice_is_folding_once(words: str) -> None:
    assert fold(fold(words)) == fold(words)
