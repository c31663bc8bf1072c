"""The headings of the Norwegian portal, kept as data that somebody who has the form before her can correct."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from consortium.i18n.language import interface_language
from consortium.i18n.message import Message


@dataclass(frozen=True, eq=False)
class HeadingWords(Message):
    """A heading as a message, with its words in each language."""

    languages: Mapping[str, str] | None = None

    def say(self, language: str) -> str:
        """Say the heading in ``language``."""
        said = self.languages or {}
        return said.get(interface_language(language)) or said.get("en", self.words)


@dataclass(frozen=True)
class Portal:
    """A portal and the headings of its form.

    :ivar confirmed: the day on which somebody compared them with the form
    :ivar headings: in their order, by what is told under each
    """

    name: str
    confirmed: date | None
    headings: Mapping[str, HeadingWords]


@cache
def portal() -> Portal:
    """Read the headings of the portal."""
    kept = tomllib.loads(files("consortium_norway").joinpath("headings.toml").read_text(encoding="utf-8"))
    headings = {
        each["tells"]: HeadingWords("", languages={tag: words for tag, words in each.items() if tag != "tells"})
        for each in kept["heading"]
    }
    return Portal(kept["portal"], kept.get("confirmed"), headings)
