"""The words of this package: messages whose catalogs lie in ``translations``."""

from consortium.i18n.message import Message, Voice

DOMAIN = "consortium_sweden"

_ = Voice(DOMAIN)


def _n(words: str, plural: str, count: int) -> Message:
    """Make a message that has a form for one and a form for many."""
    return Message(words, plural, count, domain=DOMAIN)
