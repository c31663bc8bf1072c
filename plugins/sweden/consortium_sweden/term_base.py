"""The term base: what Swedes and Norwegians call the same things, and words that mislead them."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from consortium.texts.glossary import Entry, Friend
from consortium.texts.term_base import TermBase
from consortium_sweden.voice import _


@cache
def term_base() -> TermBase:
    """Read the term base, which a native reader can correct."""
    kept = tomllib.loads(files("consortium_sweden").joinpath("terms.toml").read_text(encoding="utf-8"))
    entries = (
        Entry(
            {tag: words for tag, words in each.items() if tag != "avoid"},
            {tag: tuple(words) for tag, words in each.get("avoid", {}).items()},
        )
        for each in kept["term"]
    )
    friends = (Friend({tag: each[tag] for tag in each if tag != "means"}, each["means"]) for each in kept["friend"])
    return TermBase("se-terms", _("Swedish and Norwegian terms"), tuple(entries), tuple(friends))


def term_bases() -> Iterable[TermBase]:
    """Walk the term bases of Sweden."""
    yield term_base()
