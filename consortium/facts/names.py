"""Proper names as messages: they stay as they are, so that a missing translation of one is nothing worth a mark."""

from dataclasses import dataclass

from consortium.i18n.message import Message
from consortium.texts import Text
from consortium.texts.text import Told


@dataclass(frozen=True, eq=False)
class Name(Told):
    """The name of an organisation, as its reader knows it."""


def named(text: Text) -> Message:
    """Make a message of a proper name."""
    return Name("", text=text)
