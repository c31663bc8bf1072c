"""What is said of a person, and what stands in its place once the person is erased."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consortium.texts import Text


@dataclass(frozen=True)
class Pseudonym:
    """What a person was ever called, and the name and the key that say nothing of them.

    A name of several words is replaced wherever it stands, also with the s of a genitive; one of a single word only where
    nothing else stands, because it may be a word of the language. Addresses are the same in large and small letters.

    :ivar names: the name, and those that the person had before
    :ivar keys: the key, and those before
    :ivar addresses: of e-mail, those before too
    :ivar spared: names of others in which one of the person stands
    """

    name: str
    key: str
    names: frozenset[str]
    keys: frozenset[str]
    addresses: frozenset[str]
    spared: frozenset[str] = frozenset()

    def words(self, said: str) -> str:
        """Replace names and addresses in words; an address that stands alone is left out."""
        if said.lower() in self._folded:
            return ""
        if said in self.names:
            return self.name
        return self._amid.sub(self._instead, said) if self._amid else said

    def key_words(self, said: str, place: int) -> str:
        """Replace the key in one that is made of several, between colons, where the one at ``place`` is a person's."""
        parts = said.split(":")
        if place < len(parts) and parts[place] in self.keys:
            parts[place] = self.key
        return ":".join(parts)

    def value(self, said: Any, *, place: int | None = None) -> Any:
        """Replace what there is in a plain value, whatever its shape; in a text as :meth:`Text.reworded` does.

        :param place: of a person's key in it, where it is a key; ``None`` where it is words
        """
        if isinstance(said, Text):
            return said.reworded(self._some_words)
        if isinstance(said, str):
            return self.words(said) if place is None else self.key_words(said, place)
        if isinstance(said, Mapping):
            if "versions" in said:
                return Text.from_json(said).reworded(self._some_words).to_json()
            return {name: self.value(each, place=place) for name, each in said.items()}
        if isinstance(said, list | tuple):
            return [self.value(each, place=place) for each in said]
        return said

    def _instead(self, found: re.Match[str]) -> str:
        return found[0] if found[0] in self.spared else self.name

    def _some_words(self, said: str) -> str:
        """Replace words of a text, which stays one also where it was nothing but an address."""
        return self.words(said) or (said and self.name)

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(each.lower() for each in self.addresses)

    @cached_property
    def _amid(self) -> re.Pattern[str] | None:
        """Match names and addresses amid words, the longest first, also where an s follows."""
        several = {*self.spared, *(each for each in self.names if " " in each)}
        names = [re.escape(each) for each in sorted(several, key=len, reverse=True)]
        addresses = [f"(?i:{re.escape(each)})" for each in sorted(self.addresses, key=len, reverse=True)]
        alternatives = "|".join(names + addresses)
        return re.compile(rf"(?<!\w)(?:{alternatives})(?=s?(?!\w))") if alternatives else None
