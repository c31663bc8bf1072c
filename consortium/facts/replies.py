"""How the invited have replied; that somebody has not is never written down, but computed."""

from collections import Counter
from collections.abc import Iterable

from consortium.i18n.message import Message
from consortium.texts.terms import term

#: every reply there can be, those who are there first
ORDER = ("attended", "accepted", "invited", "no_reply", "cancelled", "declined", "absent")


def reply(state: str, *, has_begun: bool) -> str:
    """Tell the reply of somebody: the state as it was written, or ``no_reply`` once the gathering has begun."""
    return "no_reply" if has_begun and state == "invited" else state


def reply_group(code: str) -> str:
    """Name the group of the term base that says what a reply is called."""
    return "attendance_computed" if code == "no_reply" else "attendance"


class _Replies(Message):
    """So and so many equal replies: ``9 påmeldte``."""

    def say(self, language: str) -> str:
        """Say how many, and what they replied."""
        said = term(reply_group(self.words), self.words, language, "common" if self.count == 1 else "plural")
        return f"{self.count} {said}"


def told_replies(states: Iterable[str], *, has_begun: bool) -> tuple[Message, ...]:
    """Say how many replied what, leaving out what nobody did: ``13 til stede``, ``3 meldt frafall``."""
    counts = Counter(reply(state, has_begun=has_begun) for state in states)
    return tuple(_Replies(code, count=counts[code]) for code in ORDER if counts[code])
