"""What a new title means to the readers of each language, of whom some cannot read it yet."""

from dataclasses import dataclass, field

from consortium.i18n.message import Message, _
from consortium.texts import Text, told

_NEW = _("The title was “{before}” and is now “{after}”.")
_WAITING = _("The title was changed in the original, to “{original}”; “{before}” has not been updated yet.")


@dataclass(frozen=True, eq=False)
class Retitled(Message):
    """A title that was changed; whoever reads the same as before is told that the translation waits to be updated."""

    then: Text = field(default_factory=Text)
    now: Text = field(default_factory=Text)

    def say(self, language: str) -> str:
        """Say what the title was and is, or that only the original is another one."""
        was, now = self.then.read(language), self.now.read(language)
        message = _WAITING if was and now and was.words == now.words else _NEW
        return message.fill(**self.values).say(language)


def retitled(then: Text, now: Text) -> Message:
    """Make a message of a title that was changed."""
    original = now.words(now.source or "") or ""
    return Retitled("", then=then, now=now).fill(before=told(then), after=told(now), original=original)
