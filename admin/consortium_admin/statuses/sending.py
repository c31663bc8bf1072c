"""What is said after a status was sent."""

from collections.abc import Iterator

from consortium.i18n.message import LanguageName
from consortium.services.status_forms import SentStatus
from consortium_admin.statuses.boxes import ASKED
from consortium_admin.views.page import PageView
from consortium_admin.visit import visit


def sent_page(view: PageView, sent: SentStatus, *, back: str = "") -> str:
    """Say that a status was sent, what it says, and what happens next.

    :param back: the address of the list of tasks, for whoever has one
    """
    here = visit()
    speech = here.speech
    return view.render(
        "admin/status/sent.html",
        sent=sent,
        title=speech.title(sent.title),
        state=speech.term("state", sent.state, "neuter", sign=True),
        texts=[(ASKED[name][0].say(here.language), speech.read(text)) for name, text in sent.texts.items() if text],
        others=tuple(map(LanguageName, _missing(sent, here.consortium.tags))),
        following=sent.following if sent.following and sent.following[1] >= here.day else None,
        speech=speech,
        back=back,
    )


def _missing(sent: SentStatus, tags: tuple[str, ...]) -> Iterator[str]:
    """Walk the languages of the consortium in which something of the status is missing."""
    return (tag for tag in tags if any(tag not in text for text in sent.texts.values() if text))
