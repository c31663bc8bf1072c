"""The glossary: terms that a text should use, names that it should keep, and words that mean something else next door."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from consortium.i18n.message import LanguageName, Message, _
from consortium.texts.text import Text

Words = Mapping[str, tuple[str, ...]]

#: words of so few letters are left as they are when an inflected form is looked for
SHORT = 5


@dataclass(frozen=True)
class Entry:
    """A term in its languages, with the words to avoid for it; a name is the same in all of them."""

    words: Mapping[str, str]
    avoid: Words = field(default_factory=lambda: MappingProxyType({}))
    is_name: bool = False


@dataclass(frozen=True)
class Friend:
    """A false friend: a word in two languages, and what each means in the words of the other."""

    words: Mapping[str, str]
    means: Mapping[str, str]


@dataclass(frozen=True)
class Glossary:
    """Terms, names and false friends."""

    entries: tuple[Entry, ...]
    friends: tuple[Friend, ...] = ()

    def extended(self, own: Sequence[Entry]) -> "Glossary":
        """Return the glossary with more entries."""
        return Glossary((*self.entries, *own), self.friends)

    def warnings(self, text: Text) -> Iterator[tuple[str, Message]]:
        """Walk what is doubtful about the words of ``text``: the language, and what and why."""
        for tag in text:
            words, own = text.words(tag) or "", tag.split("-", maxsplit=1)[0]
            # later entries are the consortium's own and say last what a word is called
            avoided = {wrong: entry.words.get(own, "–") for entry in self.entries for wrong in entry.avoid.get(own, ())}
            for wrong, right in avoided.items():
                if _stands_in(wrong, words):
                    told = _("“{wrong}” is called “{right}” in {language}.")
                    yield tag, told.fill(wrong=wrong, right=right, language=LanguageName(own))
            yield from ((tag, told) for told in self._against_source(text, tag, words))

    def _against_source(self, text: Text, tag: str, words: str) -> Iterator[Message]:
        """Compare a translation with its source: names that were lost, and false friends."""
        source = text.source
        if source is None or tag == source:
            return
        original = text.words(source) or ""
        for entry in self.entries:
            name = entry.words.get(source, "") if entry.is_name else ""
            own = entry.words.get(tag, name)
            if name and _is_named(name, original) and not _is_named(own, words) and not _is_named(name, words):
                yield _("The name “{name}” stands in the original, but not here. Names are not translated.").fill(
                    name=name
                )
        for friend in self.friends:
            here, there = friend.words.get(tag), friend.words.get(source)
            if here and there and _is_word_of(there, original) and _is_word_of(here, words):
                told = _("“{word}” may be a false friend: in the original it means “{meaning}”.")
                yield told.fill(word=here, meaning=friend.means[source])


@cache
def house_glossary() -> Glossary:
    """Read the glossary of the house."""
    data = tomllib.loads(files("consortium.texts").joinpath("glossary.toml").read_text(encoding="utf-8"))
    return Glossary(
        tuple(_entry(each) for each in data["term"]),
        tuple(Friend({tag: each[tag] for tag in each if tag != "means"}, each["means"]) for each in data["friend"]),
    )


def _entry(each: Mapping[str, Any]) -> Entry:
    avoid = {tag: tuple(words) for tag, words in each.get("avoid", {}).items()}
    return Entry({tag: words for tag, words in each.items() if tag != "avoid"}, avoid)


def _stands_in(word: str, words: str) -> bool:
    """Tell whether a word stands in a text, inflected or as it is; its last vowel gives way to an ending."""
    stem = word[:-1] if len(word) > SHORT and word[-1] in "ae" else word
    return _pattern(stem, r"\w{0,4}").search(words) is not None


def _is_named(name: str, words: str) -> bool:
    """Tell whether a name stands in a text, as it is or in the genitive."""
    return _pattern(name, "s?").search(words) is not None


def _is_word_of(word: str, words: str) -> bool:
    """Tell whether exactly this word stands in a text."""
    return _pattern(word, "").search(words) is not None


@lru_cache(maxsize=4096)
def _pattern(word: str, ending: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}{ending}\b", re.IGNORECASE)
