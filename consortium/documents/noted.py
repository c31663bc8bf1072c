"""Texts inside sentences: which of them a reader does not get in the right words is said right after them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from consortium.facts.names import Name
from consortium.i18n.message import Listed, Message
from consortium.texts import Reading
from consortium.texts.text import Told

#: what stands around a note until the sentence is whole; one that begins with ONCE is not repeated in its sentence, so
#: that a name and its unit are not both said to be in another language
_ONCE, _EACH, _END = "\ue000", "\ue001", "\ue002"
_SIGNS = {ord(sign): None for sign in (_ONCE, _EACH, _END)}
_NOTE = re.compile(f'([{_ONCE}{_EACH}])([^{_END}]*){_END}([”»"]?)')

#: says in a reader's language why the words of a reading are not quite right; nothing where they are
NoteOf = Callable[[Reading, str], str]


@dataclass(frozen=True, eq=False)
class _Noted(Told):
    """A text in a sentence, with a note."""

    note_of: NoteOf = field(default=lambda _reading, _language: "")
    is_listed: bool = False

    def say(self, language: str) -> str:
        reading = self.text.read(language)
        if reading is None:
            return ""
        note = self.note_of(reading, language)
        sign = _ONCE if reading.is_fallback and not self.is_listed else _EACH
        return f"{reading.words.translate(_SIGNS)}{sign}{note}{_END}" if note else reading.words


def noted(message: Message, note_of: NoteOf, *, is_listed: bool = False) -> Message:
    """Return a message that says the notes of its texts too; proper names have none.

    :param is_listed: the message is one of several equals, each of which has a note of its own
    """
    if isinstance(message, Name):
        return message
    if isinstance(message, Told):
        return _Noted("", text=message.text, note_of=note_of, is_listed=is_listed)
    are_equals = is_listed or isinstance(message, Listed)
    values = {name: _value(value, note_of, is_listed=are_equals) for name, value in message.values.items()}
    if all(value is message.values[name] for name, value in values.items()):
        return message
    return replace(message, values=MappingProxyType(values))


def _value(value: object, note_of: NoteOf, *, is_listed: bool) -> object:
    if isinstance(value, Message):
        return noted(value, note_of, is_listed=is_listed)
    if isinstance(value, tuple):
        found = tuple(_value(each, note_of, is_listed=True) for each in value)
        return value if all(one is other for one, other in zip(found, value, strict=True)) else found
    return value


def settled(words: str) -> str:
    """Put the notes of a message that was said in brackets, after the quotation mark that ends what they are about."""
    return "\n".join(map(_settled, words.split("\n"))) if _END in words else words


def _settled(line: str) -> str:
    said: set[str] = set()

    def note(found: re.Match[str]) -> str:
        sign, words, mark = found.groups()
        if sign == _ONCE and words in said:
            return mark
        said.add(words)
        return f"{mark} ({words})"

    return _NOTE.sub(note, line)
