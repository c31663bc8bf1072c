"""Checks on what people write: brought by plugins, asked wherever words are kept or looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consortium.i18n.message import Message


@dataclass(frozen=True)
class TextCheck:
    """Says what is doubtful about the words of a text; it warns and never refuses.

    :ivar key: what it is called in settings and logs (``no-fodselsnummer``)
    :ivar title: what people call it
    :ivar look: takes the words of one language (without any limit on their length) and its BCP 47 tag, and returns a
        warning for each thing that is doubtful; a warning never repeats what it guards (a number of a person)
    """

    key: str
    title: Message
    look: Callable[[str, str], Iterable[Message]]
