"""Term bases: what a country or an organisation calls things, brought by plugins beside the glossary of the house."""

from dataclasses import dataclass

from consortium.i18n.message import Message
from consortium.texts.glossary import Entry, Friend


@dataclass(frozen=True)
class TermBase:
    """Terms, names and false friends that belong together.

    :ivar key: what it is called in settings and logs (``se-terms``)
    :ivar title: what people call it
    """

    key: str
    title: Message
    entries: tuple[Entry, ...] = ()
    friends: tuple[Friend, ...] = ()
