"""Kinds of identifiers: a name, a country and a check, brought by plugins."""

from collections.abc import Callable
from dataclasses import dataclass

from consortium.i18n.message import Message


@dataclass(frozen=True)
class IdentifierKind:
    """A kind of number or code by which others know an organisation.

    :ivar key: what it is called in files and columns (``no-orgnr``)
    :ivar title: what people call it
    :ivar country: ISO 3166 code of the country that gives it out
    :ivar check: returns the value in its normal form, or raises ``InvalidValue`` saying what is wrong with it
    """

    key: str
    title: Message
    country: str
    check: Callable[[str], str]
