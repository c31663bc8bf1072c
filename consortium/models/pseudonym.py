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
    """

    name: str
    key: str
    names: frozenset[str]
    keys: frozenset[str]
    addresses: frozenset[str]

    @property
    def needles(self) -> list[str]:
        """What must be looked for; where none of it stands, nothing is replaced."""
        return sorted({*self.names, *self.keys, *self.addresses})

    def words(self, said: str) -> str:
        """Replace names and addresses in words; an address that stands alone is left out."""
        if said.lower() in self._folded:
            return ""
        if said in self.names:
            return self.name
        return self._amid.sub(lambda _found: self.name, said) if self._amid else said

    def key_words(self, said: str) -> str:
        """Replace keys too, where a key is made of several, between colons."""
        return ":".join(self.key if each in self.keys else self.words(each) for each in self.words(said).split(":"))

    def value(self, said: Any, *, is_keyed: bool) -> Any:
        """Replace what there is in a plain value, whatever its shape; in a text as :meth:`Text.reworded` does.

        :param is_keyed: tells that it may be a key that is, or is made of, that of a person
        """
        change = self.key_words if is_keyed else self.words
        if isinstance(said, Text):
            return said.reworded(self._some_words)
        if isinstance(said, str):
            return change(said)
        if isinstance(said, Mapping):
            if "versions" in said:
                return Text.from_json(said).reworded(self._some_words).to_json()
            return {name: self.value(each, is_keyed=is_keyed) for name, each in said.items()}
        if isinstance(said, list | tuple):
            return [self.value(each, is_keyed=is_keyed) for each in said]
        return said

    def _some_words(self, said: str) -> str:
        """Replace words of a text, which stays one also where it was nothing but an address."""
        return self.words(said) or (said and self.name)

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(each.lower() for each in self.addresses)

    @cached_property
    def _amid(self) -> re.Pattern[str] | None:
        """Match names and addresses amid words, the longest first, also where an s follows."""
        names = [re.escape(each) for each in sorted(self.names, key=len, reverse=True) if " " in each]
        addresses = [f"(?i:{re.escape(each)})" for each in sorted(self.addresses, key=len, reverse=True)]
        alternatives = "|".join(names + addresses)
        return re.compile(rf"(?<!\w)(?:{alternatives})(?=s?(?!\w))") if alternatives else None
