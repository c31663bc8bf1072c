"""A message: words of the interface that are said in a language only when somebody reads them."""

import gettext
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from consortium.i18n.language import interface_language, language_name

DOMAIN = "consortium"


@dataclass(frozen=True)
class Message:
    """Words of the interface, with places for values; ``say`` says them in a language.

    :ivar words: the English words, which are also the key in the catalogs
    :ivar plural: the English words for more than one, where they differ
    :ivar count: how many, where ``plural`` is given
    :ivar context: tells apart two messages with equal English words
    :ivar domain: the import name of the package whose catalogs translate it
    :ivar values: what stands in the places; messages, dates, numbers and tuples of them are said in the same language
    """

    words: str
    plural: str = ""
    count: int = 1
    context: str = ""
    domain: str = DOMAIN
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def fill(self, **values: object) -> "Message":
        """Return the same message with ``values`` in its places."""
        return replace(self, values=MappingProxyType({**self.values, **values}))

    def say(self, language: str) -> str:
        """Say the message in ``language`` (a BCP 47 tag; English where there is no catalog)."""
        words = self._translated(language)
        if not self.values and not self.plural:
            return words
        return words.format_map({"count": self.count, **{name: _said(v, language) for name, v in self.values.items()}})

    def _translated(self, language: str) -> str:
        catalog = load_catalog(self.domain, interface_language(language))
        if self.plural:
            return catalog.choose(self)
        return catalog.words.get((self.context, self.words, 0)) or self.words

    def __str__(self) -> str:
        """Say the message in English."""
        return self.say("en")

    def __hash__(self) -> int:
        """Hash by the words, which never change."""
        return hash((self.domain, self.context, self.words, self.plural, self.count))


class LanguageName(Message):
    """A language as a message: named in the language of whoever reads it."""

    def say(self, language: str) -> str:
        """Name it in ``language``."""
        return language_name(self.words, language)


class Listed(Message):
    """Several things as a message: with commas between them, and a word before the last one."""

    def say(self, language: str) -> str:
        """Say them one after the other in ``language``."""
        from babel.lists import format_list

        each = [str(_said(value, language)) for value in self.values.values()]
        spoken = interface_language(language)
        # English as it is written in the Nordic countries: no comma before the last one
        return format_list(each, locale="en_GB" if spoken == "en" else spoken)


def listed(values: Iterable[object]) -> Message:
    """Make a message of several things: “a, b and c”."""
    return Listed("", values=MappingProxyType({str(place): value for place, value in enumerate(values)}))


def _said(value: object, language: str) -> object:
    from consortium.i18n.dates import format_date  # dates speak in messages too
    from consortium.i18n.numbers import Money, format_money, format_number

    if isinstance(value, Message):
        return value.say(language)
    if isinstance(value, tuple):
        return ", ".join(str(_said(each, language)) for each in value)
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, Decimal):
        return format_number(value, language)
    if isinstance(value, Money):
        return format_money(value, language)
    return value


@dataclass(frozen=True)
class Catalog:
    """The messages of one package in one language.

    :ivar rule: which form belongs to a count, as a catalog writes it
    """

    words: Mapping[tuple[str, str, int], str]
    rule: str = "(n != 1)"

    @cached_property
    def plural_form(self) -> Callable[[int], int]:
        """Tell which form belongs to a count."""
        return gettext.c2py(self.rule)

    def choose(self, message: Message) -> str:
        """Choose the form of ``message`` for its count."""
        form = self.plural_form(message.count)
        english = message.words if message.count == 1 else message.plural
        return self.words.get((message.context, message.words, form)) or english


#: catalogs that somebody else has read already, by domain and language
_KNOWN: dict[tuple[str, str], Catalog] = {}


def write_catalog(domain: str, language: str) -> str:
    """Write the catalog of the package ``domain`` in ``language`` as a line that is read much faster than its file."""
    catalog = load_catalog(domain, language)
    return json.dumps([domain, language, catalog.rule, [[*key, said] for key, said in catalog.words.items()]])


def know_catalog(line: str) -> None:
    """Know a catalog that :func:`write_catalog` has written."""
    domain, language, rule, words = json.loads(line)
    said = {(context, message, form): told for context, message, form, told in words}
    _KNOWN[domain, language] = Catalog(MappingProxyType(said), rule)


@cache
def load_catalog(domain: str, language: str) -> Catalog:
    """Read the catalog of the package ``domain`` in ``language``; empty where there is none."""
    if (domain, language) in _KNOWN:
        return _KNOWN[domain, language]
    path = translations_of(domain) / language / "LC_MESSAGES" / f"{domain.replace('.', '_')}.po"
    if language == "en" or not path.is_file():
        return Catalog(MappingProxyType({}))
    from babel.messages.pofile import read_po  # heavy, and English needs none

    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    words: dict[tuple[str, str, int], str] = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else message.string or ()
        words |= {(message.context or "", key, form): str(said) for form, said in enumerate(forms)}
    return Catalog(MappingProxyType(words), catalog.plural_expr)


def translations_of(domain: str) -> Traversable:
    """Find the folder with the catalogs of the package ``domain``, in a checkout or in a wheel."""
    try:
        inside = files(domain) / "translations"
    except TypeError:  # a module that is no package has no room for catalogs
        return Path(domain)
    beside = Path(str(files(domain))).parent / "translations"
    return beside if domain == DOMAIN and not inside.is_dir() else inside


@dataclass(frozen=True)
class Voice:
    """Makes the messages of one package: ``_ = Voice("consortium_norway")``."""

    domain: str = DOMAIN

    def __call__(self, words: str) -> Message:
        """Make a message of ``words``."""
        return _message(words, self.domain)


@cache
def _message(words: str, domain: str) -> Message:
    """Make a message once; it never changes, and a long report asks for it a hundred thousand times."""
    return Message(words, domain=domain)


_ = Voice()


def _n(words: str, plural: str, count: int) -> Message:
    """Make a message that has a form for one and a form for many."""
    return Message(words, plural, count)


def _p(context: str, words: str) -> Message:
    """Make a message whose English words mean different things in different places."""
    return Message(words, context=context)


def say(value: Any, language: str) -> str:
    """Say a message, a date or a number in ``language``; anything else as it is."""
    return str(_said(value, language))
