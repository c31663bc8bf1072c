"""Words: their normal form, and what changed in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.errors import UnusableText
from consortium.texts import normal_words, word_difference

ANY = st.text(st.characters())
USABLE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff") | st.sampled_from(" \n\t")
)
NEAR = st.lists(st.sampled_from(["råd", "møte", " ", ", ", "\n", "й", "1"]), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("A\u030are møter a\u0308r", "Åre møter är"),
        ("én\r\nto\rtre\u2029fire", "én\nto\ntre\nfire"),
        ("  innrykk blir borte \t\n  men ikke her  ", "innrykk blir borte\n  men ikke her"),
        ("avsnitt\n\n\nto", "avsnitt\n\n\nto"),
        ("tabulator\tmellom", "tabulator\tmellom"),
        ("\u00a0fast\u00a0mellomrom\u00a0", "fast\u00a0mellomrom"),
        ("Čáhcesuolu, ŋ, đ, ŧ, ž", "Čáhcesuolu, ŋ, đ, ŧ, ž"),
        ("👩🏽\u200d🔬 \u2066\u202e", "👩🏽\u200d🔬 \u2066\u202e"),
        (" \r\n ", ""),
    ],
)
def test_words_have_one_normal_form(written: str, kept: str) -> None:
    assert normal_words(written) == kept


@pytest.mark.parametrize("sign", [*map(chr, range(9)), *map(chr, range(0x0E, 0x20)), "\x0b", "\x0c", "\x7f"])
def test_control_signs_are_refused_with_their_number(sign: str) -> None:
    with pytest.raises(UnusableText) as caught:
        normal_words(f"Rå{sign}det")
    assert f"U+{ord(sign):04X}" in str(caught.value)


@pytest.mark.parametrize("sign", [0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xD83D])
def test_half_characters_are_refused(sign: int) -> None:
    with pytest.raises(UnusableText):
        normal_words(f"Rå{chr(sign)}det")


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff"])
def test_signs_that_no_xml_can_hold_are_refused(sign: str) -> None:
    with pytest.raises(UnusableText):
        normal_words(f"Rå{sign}det")


@given(ANY)
@settings(deadline=None)
def test_any_words_are_kept_in_normal_form_or_refused(words: str) -> None:
    try:
        kept = normal_words(words)
    except UnusableText:
        return
    kept.encode()
    assert normal_words(kept) == kept


@given(USABLE)
@settings(deadline=None)
def test_usable_words_lose_nothing_but_space(words: str) -> None:
    import unicodedata

    assert normal_words(words).split() == unicodedata.normalize("NFC", words).split()


@given(ANY, ANY)
@settings(deadline=None)
def test_the_difference_of_any_words_leads_from_then_to_now(then: str, now: str) -> None:
    pieces = word_difference(then, now)

    assert "".join(piece.words for piece in pieces if piece.change != "in") == then
    assert "".join(piece.words for piece in pieces if piece.change != "out") == now


@given(NEAR, NEAR)
@settings(deadline=None)
def test_the_difference_of_near_words_leads_from_then_to_now(then: str, now: str) -> None:
    pieces = word_difference(then, now)

    assert "".join(piece.words for piece in pieces if piece.change != "in") == then
    assert "".join(piece.words for piece in pieces if piece.change != "out") == now
    assert all(piece.words for piece in pieces)
    assert (then == now) == all(piece.change == "kept" for piece in pieces)


def test_the_difference_speaks_of_whole_words() -> None:
    pieces = [(piece.change, piece.words) for piece in word_difference("veilederen er ferdig", "veiviseren er ferdig")]

    assert pieces == [("out", "veilederen"), ("in", "veiviseren"), ("kept", " er ferdig")]
