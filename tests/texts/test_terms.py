"""The term base: what codes are called."""

from collections import defaultdict
from typing import get_args

import pytest

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.texts.terms import LONGEST, Form, _base, _code_of, code_of, term, terms

FORMS: tuple[Form, ...] = get_args(Form)
CODES = [(group, code) for group in _base() for code in terms(group)]

#: common, neuter, plural
STATES = {
    "planned": {
        "nb": ("planlagt", "planlagt", "planlagte"),
        "nn": ("planlagd", "planlagt", "planlagde"),
        "sv": ("planerad", "planerat", "planerade"),
    },
    "on_track": {"nb": ("i rute",) * 3, "nn": ("i rute",) * 3, "sv": ("enligt plan",) * 3},
    "at_risk": {"nb": ("i risiko",) * 3, "nn": ("i risiko",) * 3, "sv": ("risk för avvikelse",) * 3},
    "delayed": {
        "nb": ("forsinket", "forsinket", "forsinkede"),
        "nn": ("forseinka",) * 3,
        "sv": ("försenad", "försenat", "försenade"),
    },
    "on_hold": {
        "nb": ("satt på vent",) * 3,
        "nn": ("sett på vent", "sett på vent", "sette på vent"),
        "sv": ("pausad", "pausat", "pausade"),
    },
    "completed": {
        "nb": ("fullført", "fullført", "fullførte"),
        "nn": ("fullført", "fullført", "fullførte"),
        "sv": ("slutförd", "slutfört", "slutförda"),
    },
    "cancelled": {
        "nb": ("avbrutt", "avbrutt", "avbrutte"),
        "nn": ("avbroten", "avbrote", "avbrotne"),
        "sv": ("avbruten", "avbrutet", "avbrutna"),
    },
}
TRENDS = {
    "better": ("bedre", "betre", "bättre"),
    "unchanged": ("uendret", "uendra", "oförändrad"),
    "worse": ("dårligere", "dårlegare", "sämre"),
    "new": ("ny", "ny", "ny"),
}
TEXT_STATES = {
    "original": ("original", "original", "original"),
    "missing": ("mangler", "manglar", "saknas"),
    "machine_draft": ("maskinutkast", "maskinutkast", "maskinutkast"),
    "translated": ("oversatt", "omsett", "översatt"),
    "reviewed": ("kvalitetssikret", "kvalitetssikra", "granskad"),
    "outdated": ("utdatert", "utdatert", "inaktuell"),
}


@pytest.mark.parametrize(("group", "code"), CODES)
def test_every_code_is_said_in_every_language_and_form(group: str, code: str) -> None:
    assert set(_base()[group][code]) == set(INTERFACE_LANGUAGES)
    for language in INTERFACE_LANGUAGES:
        for form in FORMS:
            said = term(group, code, language, form)
            assert said
            assert said == " ".join(said.split())


@pytest.mark.parametrize(
    ("code", "language", "forms"), [(code, tag, forms) for code, tags in STATES.items() for tag, forms in tags.items()]
)
def test_states_are_inflected_for_what_is_spoken_of(code: str, language: str, forms: tuple[str, ...]) -> None:
    assert tuple(term("state", code, language, form) for form in FORMS) == forms


@pytest.mark.parametrize(("group", "table"), [("trend", TRENDS), ("text_state", TEXT_STATES)])
def test_trends_and_text_states_are_called_as_the_projects_list_of_terms_says(
    group: str, table: dict[str, tuple[str, ...]]
) -> None:
    for code, said in table.items():
        assert tuple(term(group, code, language) for language in ("nb", "nn", "sv")) == said


def test_states_stand_in_the_order_of_a_life() -> None:
    assert terms("state") == tuple(STATES)


@pytest.mark.parametrize(("group", "code"), CODES)
def test_a_code_is_found_by_each_of_its_words(group: str, code: str) -> None:
    for language in INTERFACE_LANGUAGES:
        for form in FORMS:
            assert code_of(group, term(group, code, language, form)) == code


@pytest.mark.parametrize("group", list(_base()))
def test_no_word_means_two_codes_of_a_group(group: str) -> None:
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for code in terms(group):
        said = {term(group, code, language, form) for language in INTERFACE_LANGUAGES for form in FORMS}
        for words in said | {code, code.replace("_", " ")}:
            meanings[words.casefold()].add(code)

    assert {words: codes for words, codes in meanings.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("words", ["on_track", "On track", "I RUTE", "  enligt\u00a0plan ", "i  rute"])
def test_case_and_spaces_do_not_hide_a_code(words: str) -> None:
    assert code_of("state", words) == "on_track"


@pytest.mark.parametrize("words", ["", " ", "rute", "common", "forsinka", "on-track", "{0}", "x" * 10_000])
def test_other_words_are_no_code(words: str) -> None:
    assert code_of("state", words) is None


def test_a_reader_of_another_language_is_told_in_english() -> None:
    assert term("state", "delayed", "fi") == "delayed"
    assert term("state", "delayed", "sv-FI") == "försenad"


def test_a_code_that_is_not_in_the_base_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        term("state", "lost", "nb")
    with pytest.raises(KeyError):
        terms("weather")


def test_what_is_too_long_for_a_name_is_neither_looked_up_nor_remembered() -> None:
    before = _code_of.cache_info()

    assert code_of("state", "x" * (LONGEST + 1)) is None

    assert _code_of.cache_info() == before
