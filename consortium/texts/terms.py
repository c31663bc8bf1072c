"""The term base: what codes are called in each language, kept as data that a native reader can correct."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from consortium.i18n.language import interface_language
from consortium.i18n.message import Message

Form = Literal["common", "neuter", "plural"]


@cache
def _base() -> Mapping[str, Mapping[str, Mapping[str, str | Mapping[str, str]]]]:
    return tomllib.loads(files("consortium.texts").joinpath("terms.toml").read_text(encoding="utf-8"))


def terms(group: str) -> tuple[str, ...]:
    """List the codes of ``group`` in their order.

    :raises KeyError: if there is no such group
    """
    return tuple(_base()[group])


@cache
def term(group: str, code: str, language: str, form: Form = "common") -> str:
    """Say what ``code`` is called in ``language``, inflected for what is spoken of.

    :param form: ``neuter`` for a *delprosjekt*, ``plural`` for several of anything
    :raises KeyError: if the term base does not have the code
    """
    said = _base()[group][code][interface_language(language)]
    return said if isinstance(said, str) else said.get(form, said["common"])


class Term(Message):
    """A code as a message: said in the language of whoever reads it, of several where ``count`` is more than one."""

    def say(self, language: str) -> str:
        """Say what the code is called."""
        return term(self.context, self.words, language, "neuter" if self.count == 1 else "plural")


#: no code is called by more letters; whatever else is sent to us is not remembered either
LONGEST = 200


def code_of(group: str, words: str) -> str | None:
    """Find the code that is called ``words`` in any language and form, or is written as itself."""
    return None if len(words) > LONGEST else _code_of(group, words)


@lru_cache(maxsize=4096)
def _code_of(group: str, words: str) -> str | None:
    wanted = " ".join(words.split()).casefold()
    for code, languages in _base()[group].items():
        said = {form for name in languages.values() for form in ([name] if isinstance(name, str) else name.values())}
        if wanted in {form.casefold() for form in {code, code.replace("_", " ")} | said}:
            return code
    return None
