"""No reader meets a word that nobody has translated."""

import re
import string
import tomllib
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from consortium.i18n.message import load_catalog, translations_of
from tests.house.checkout import PLUGINS, ROOT, told

LANGUAGES = ("nb", "nn", "sv")
DOMAINS = ("consortium", *(f"consortium_{plugin.name}" for plugin in PLUGINS))
KEYWORDS = parse_keywords(["_", "_l", "_n:1,2", "_p:1c,2"])

Key = tuple[str, str]
EVERY = pytest.mark.parametrize(("domain", "language"), [(d, tag) for d in DOMAINS for tag in LANGUAGES])


@cache
def spoken(domain: str) -> frozenset[Key]:
    """Find every message in the code of a package: its context and its English words."""
    found = set()
    for root, mappings in sources(domain):
        methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
        for _file, _line, words, _comments, context in extract_from_dir(root, methods, keywords=KEYWORDS):
            found.add((context or "", words if isinstance(words, str) else words[0]))
    return frozenset(found)


def sources(domain: str) -> list[tuple[Path, list[dict[str, str]]]]:
    """Tell where the code of a package lies and how its messages are found, as the Makefile does."""
    for plugin in PLUGINS:
        if domain == f"consortium_{plugin.name}":
            return [(plugin / domain, [{"pattern": "**.py", "method": "python"}])]
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    folders = ("consortium", "admin")
    return [
        (
            ROOT / folder,
            [
                {**m, "pattern": m["pattern"].removeprefix(f"{folder}/")}
                for m in mappings
                if m["pattern"].startswith(folder)
            ],
        )
        for folder in folders
    ]


@cache
def written(domain: str, language: str) -> Catalog:
    """Read a catalog."""
    path = Path(str(translations_of(domain))) / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.is_file():
        pytest.fail(f"There is no {path.relative_to(ROOT)}: make catalogs")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def messages(domain: str, language: str) -> dict[Key, Message]:
    """Give the messages of a catalog, without its head."""
    entries = [message for message in written(domain, language) if message.id]
    return {(message.context or "", forms(message.id)[0]): message for message in entries}


def forms(words: object) -> tuple[str, ...]:
    """Give the forms of a message: one, or one for each number."""
    return tuple(map(str, words)) if isinstance(words, tuple | list) else (str(words or ""),)


def places(words: str) -> set[str]:
    """Find the ``{places}`` that values are put into."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(words) if name is not None}


@EVERY
def test_nothing_that_the_code_says_is_missing(domain: str, language: str) -> None:
    missing = sorted(words for _context, words in spoken(domain) - set(messages(domain, language)))

    assert not missing, told(
        f"{len(missing)} messages are not in the {language} catalog of {domain}; make catalogs:", missing
    )


@EVERY
def test_nothing_stands_in_a_catalog_that_nobody_says(domain: str, language: str) -> None:
    silent = sorted(words for _context, words in set(messages(domain, language)) - spoken(domain))

    assert not silent, told(f"No code of {domain} says these; make catalogs:", silent)


@EVERY
def test_nothing_is_empty_or_guessed(domain: str, language: str) -> None:
    entries = messages(domain, language).values()
    empty = [forms(entry.id)[0] for entry in entries if not all(part.strip() for part in forms(entry.string))]
    short = [forms(entry.id)[0] for entry in entries if len(forms(entry.string)) != len(forms(entry.id))]
    guessed = [forms(entry.id)[0] for entry in entries if entry.fuzzy]

    assert not empty, told(f"Translate {len(empty)} messages of {domain} into {language}:", empty)
    assert not short, told(f"Give each a form for one and for many in {language}:", short)
    assert not guessed, told(f"Check these translations into {language} and take the mark “fuzzy” away:", guessed)


@EVERY
def test_every_value_finds_its_place(domain: str, language: str) -> None:
    wrong = []
    for entry in messages(domain, language).values():
        english, translated = forms(entry.id), forms(entry.string)
        for number, words in enumerate(translated):
            wanted = places(english[min(number, len(english) - 1)])
            if words and places(words) != wanted | (places(words) & {"count"} if len(english) > 1 else set()):
                wrong.append(f"{words!r} has not the places {sorted(wanted)}")

    assert not wrong, told(f"A translation into {language} keeps every {{place}} as it is:", wrong)


@EVERY
def test_a_translation_ends_and_opens_as_the_english_does(domain: str, language: str) -> None:
    """A sentence stays a sentence, a label a label, and spaces at the edge stay where lines are joined."""
    edges = re.compile(r"^(\s*).*?([.:?!…]?)(\s*)$", re.DOTALL)
    wrong = [
        f"{english!r} → {words!r}"
        for entry in messages(domain, language).values()
        for english, words in zip(forms(entry.id), forms(entry.string), strict=False)
        if words and edges.sub(r"\1|\2|\3", english) != edges.sub(r"\1|\2|\3", words)
    ]

    assert not wrong, told("A sentence ends as a sentence, in every language:", wrong)


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_place_is_a_plain_name(domain: str) -> None:
    odd = [words for _context, words in spoken(domain) if not all(name.isidentifier() for name in places(words))]

    assert not odd, told("Fill named places with ready values, as {name}, neither {} nor {name.part}:", odd)


@EVERY
def test_catalogs_are_found_from_a_checkout(domain: str, language: str) -> None:
    assert load_catalog(domain, language).words, f"{translations_of(domain)} holds no {language} catalog."


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_code_speaks(domain: str) -> None:
    assert spoken(domain), f"No message was found in {domain}: are the mappings in pyproject.toml right?"
