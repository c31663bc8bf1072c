"""Language tags: one normal form, and never ``no``."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.errors import InvalidValue
from consortium.i18n.language import INTERFACE_LANGUAGES, NEIGHBOURS, interface_language, language_name, normal_tag

PARTS = ["..", "/", "\\", "etc", "passwd", "nb", "%2e", "~", ":", "C", " ", ".po", "\0", "-"]


@pytest.mark.parametrize(
    ("tag", "normal"),
    [
        ("nb", "nb"),
        ("NB-no", "nb-NO"),
        ("sv_SE", "sv-SE"),
        (" nn ", "nn"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("ZH_HANT_tw", "zh-Hant-TW"),
        ("sma", "sma"),
        ("fkv", "fkv"),
        ("es-419", "es-419"),
        ("sl-rozaj", "sl-rozaj"),
    ],
)
def test_a_tag_has_one_normal_form(tag: str, normal: str) -> None:
    assert normal_tag(tag) == normal
    assert normal_tag(normal) == normal


@pytest.mark.parametrize("tag", ["no", "NO", "no-NO", "no_NO", " no "])
def test_a_tag_that_does_not_say_which_norwegian_is_refused_with_both(tag: str) -> None:
    with pytest.raises(InvalidValue, match=r"nb \(Bokmål\) or nn \(Nynorsk\)"):
        normal_tag(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "",
        " ",
        "n",
        "-",
        "nb-",
        "-nb",
        "nb--NO",
        "norsk",
        "nb NO",
        "nb\nNO",
        "x-nb",
        "nb.UTF-8",
        "../../etc",
        "nb/sv",
        "12",
    ],
)
def test_what_is_no_tag_is_refused_with_good_ones(tag: str) -> None:
    with pytest.raises(InvalidValue, match="nb, nn, sv or en"):
        normal_tag(tag)


@pytest.mark.parametrize("seed", range(100))
def test_no_path_passes_for_a_tag(seed: int) -> None:
    path = "".join(random.Random(seed).choices(PARTS, k=5)) + "/"  # noqa: S311  # no secret

    with pytest.raises(InvalidValue):
        normal_tag(path)


@pytest.mark.parametrize("tag", ["\u017fv", "\u017fe", "\u212av", "nb-\u017fe", "ѕv", "ｎｂ", "nb-\u0661\u0662\u0663"])
def test_letters_that_only_look_like_ours_are_refused(tag: str) -> None:
    with pytest.raises(InvalidValue):
        normal_tag(tag)


@given(st.text(st.characters()) | st.from_regex(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}", fullmatch=True))
@settings(deadline=None)
def test_any_words_are_a_plain_tag_or_refused(words: str) -> None:
    try:
        tag = normal_tag(words)
    except InvalidValue:
        return
    assert tag.isascii()
    assert not set(tag) & set("./\\_ \0")
    assert normal_tag(tag) == tag
    assert interface_language(tag) in INTERFACE_LANGUAGES


@pytest.mark.parametrize(
    ("reader", "language"),
    [
        ("nb", "nb"),
        ("nb-NO", "nb"),
        ("nb_NO", "nb"),
        ("no", "nb"),
        ("NN", "nn"),
        ("sv-FI", "sv"),
        ("en-GB", "en"),
        ("fi", "en"),
        ("se", "en"),
        ("", "en"),
        ("../../etc", "en"),
    ],
)
def test_every_reader_gets_a_language_of_the_interface(reader: str, language: str) -> None:
    assert interface_language(reader) == language


@pytest.mark.parametrize(
    ("tag", "language", "name"),
    [
        ("sv", "nb", "svensk"),
        ("nb", "sv", "norskt bokmål"),
        ("nn", "en", "Norwegian Nynorsk"),
        ("se", "nb", "nordsamisk"),
        ("sv-FI", "en", "Swedish"),
        ("xyz", "nb", "xyz"),
    ],
)
def test_a_language_is_named_in_the_readers_own(tag: str, language: str, name: str) -> None:
    assert language_name(tag, language) == name


def test_every_language_of_the_interface_has_all_others_as_neighbours() -> None:
    assert {tag: {tag, *near} for tag, near in NEIGHBOURS.items()} == {
        tag: set(INTERFACE_LANGUAGES) for tag in INTERFACE_LANGUAGES
    }
