"""Submitted statuses, which staff approve or return with what they ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from consortium.documents import Speech, Words
from consortium.errors import Conflict, ConsortiumError, InvalidValue, PeriodLocked
from consortium.i18n.message import Message, _
from consortium.models import StatusUpdate
from consortium.services.approvals import (
    PAGE,
    Opened,
    check_version,
    count_waiting,
    find_status,
    is_asked,
    open_status,
    waiting_statuses,
)
from consortium.services.leads import Written, tell_returned
from consortium.services.workflow import approve_status, return_status
from consortium.texts import Text, TextState
from consortium.texts.terms import terms
from consortium.variants.telling import FLAWS
from consortium.writers.html_blocks import HtmlBlocks
from consortium_admin.accounts.letters import wake
from consortium_admin.rules import overseer, staff
from consortium_admin.showing import plain_name
from consortium_admin.views.letters import own_letterhead, tell_written
from consortium_admin.views.neighbours import NeighbourView
from consortium_admin.views.page import page
from consortium_admin.visit import visit

#: what can be decided
APPROVE, RETURN = "approve", "return"

#: the name of the control in which is written what is asked at a field
ASKED = "asked-"

#: a longer question than this is a slip of the mouse
LONGEST = 20_000


@dataclass(frozen=True)
class Part:
    """A field of a status, before and now, as its reader gets it.

    :ivar flaws: the languages in which it is not as it should be, and how
    :ivar said: what has been written into its question
    """

    field: str
    before: Markup
    now: Markup
    flaws: tuple[tuple[str, Words], ...]
    said: str


class ApprovalsView(NeighbourView):
    """The list of statuses that wait, and the page on which one is decided about."""

    def __init__(self) -> None:
        super().__init__(endpoint="approvals", url="/approvals")

    @page("/", may=overseer)
    def index(self) -> str:
        """List what waits, the oldest first, page by page."""
        here, after = visit(), request.args.get("after", "")
        home = {"consortium": here.consortium}
        found = waiting_statuses(here.session, here.principal, **home, after=after, limit=PAGE + 1)
        return self.render(
            "admin/approvals/list.html",
            found=found[:PAGE],
            following=found[PAGE - 1].key if len(found) > PAGE else "",
            is_first=not after,
            count=count_waiting(here.session, here.principal, **home),
            speech=here.speech,
            may_decide=staff(here.principal),
        )

    @page("/status/", may=overseer, post=staff)
    def status(self) -> Any:
        """Show a status beside the one before it, and decide about it."""
        if request.method == "GET":
            return self._page(_opened())
        try:
            return _decide()
        except Conflict as fault:
            return self._page(_opened(), fault), 409
        except (InvalidValue, PeriodLocked) as fault:
            return self._page(_opened(), fault), 400

    def _page(self, opened: Opened, fault: ConsortiumError | None = None) -> str:
        here = visit()
        tags = here.consortium.tags
        asked = request.args.get("read", "")
        read = asked if asked in tags else here.language if here.language in tags else tags[0]
        languages = tuple(dict.fromkeys((*([opened.lead.language] if opened.lead else []), *tags)))
        return self.render(
            "admin/approvals/status.html",
            opened=opened,
            update=opened.update,
            title=here.speech.title(opened.update.sub_project.title),
            fields=tuple(_parts(opened, read, tags)),
            read=read,
            tags=tags,
            offered=languages,
            language_of_comments=_chosen_language(languages),
            figures=opened.figures,
            steps=opened.steps,
            is_waiting=opened.update.workflow == "submitted",
            may_decide=staff(here.principal),
            speech=here.speech,
            fault=fault,
        )


def _opened() -> Opened:
    here, key = visit(), request.args.get("id", "")
    return open_status(here.session, here.principal, consortium=here.consortium, key=key, day=here.day)


def _decide() -> Any:
    """Approve or return, and lead back to what still waits; what was decided so before is not decided again."""
    here, key = visit(), request.args.get("id", "")
    decision, comments = request.form.get("decision", ""), dict(_comments())
    if decision not in {APPROVE, RETURN}:
        raise InvalidValue(_("Choose whether to approve the status or to return it."))
    if decision == APPROVE and comments:
        raise InvalidValue(_("You have asked something. Return the status, or empty what you wrote to approve it."))
    written = None
    with here.write() as session:
        update = find_status(session, here.principal, consortium=here.home(session), key=key)
        title = plain_name(update.sub_project, here.speech)
        if not _is_done(session, update, decision, comments):
            check_version(update, _version(request.form))
            written = _take_step(session, update, decision, comments)
    flash(_DONE[decision].fill(title=title).say(here.language))
    if written:
        tell_written(written, _("A letter with your questions is on its way to {names}."))
        wake()
    return redirect(url_for("approvals.index"), code=303)


_DONE: Mapping[str, Message] = {
    APPROVE: _("The status of “{title}” is approved."),
    RETURN: _("The status of “{title}” has been returned to its lead."),
}


def _take_step(session: Session, update: StatusUpdate, decision: str, comments: Mapping[str, str]) -> Written | None:
    """Approve, or return and write to those who lead the sub-project, in the same unit of work."""
    here = visit()
    if decision == APPROVE:
        approve_status(session, here.principal, update=update)
        return None
    tag = request.form.get("language", "") or here.language
    asked = {field: {tag: words} for field, words in comments.items()}
    told = return_status(session, here.principal, update=update, comments=asked)
    return tell_returned(session, here.principal, update=update, comments=told, head=own_letterhead())


def _is_done(session: Session, update: StatusUpdate, decision: str, comments: Mapping[str, str]) -> bool:
    """Tell whether this very decision has been taken, as by a double click."""
    if decision == APPROVE:
        return update.workflow == "approved"
    return is_asked(session, visit().principal, update=update, comments=comments.values())


def _comments() -> Iterator[tuple[str, str]]:
    """Walk what was asked, field by field; browsers send two signs for a line break."""
    for field in terms("status_field"):
        if words := request.form.get(f"{ASKED}{field}", "").replace("\r\n", "\n").strip():
            if len(words) > LONGEST:
                raise InvalidValue(_("The question is too long. Ask in fewer words, or write a letter."), field)
            yield field, words


def _version(form: Mapping[str, str]) -> int:
    words = form.get("version", "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0  # noqa: PLR2004  # no record has so many


def _chosen_language(languages: tuple[str, ...]) -> str:
    asked = request.form.get("language", "")
    return asked if asked in languages else languages[0]


def _parts(opened: Opened, read: str, tags: tuple[str, ...]) -> Iterator[Part]:
    here = visit()
    speech = Speech((read,))
    update, before = opened.update, opened.before
    yield Part("state", _state(before), _state(update), (), _said("state"))
    for field in update.texts:
        now, was = getattr(update, field), getattr(before, field) if before else Text()
        flaws = tuple((tag, here.speech.term("text_state", state)) for tag in tags if (state := _flaw(now, tag)))
        yield Part(field, _read(was, speech), _read(now, speech), flaws, _said(field))


def _state(update: StatusUpdate | None) -> Markup:
    here = visit()
    said = here.speech.term("state", update.state, "neuter", sign=True) if update else ()
    return Markup(HtmlBlocks((here.language,)).lines(said))  # noqa: S704  # the writer escapes words


def _flaw(text: Text, tag: str) -> TextState | None:
    state = text.state(tag) if text else None
    return state if state in FLAWS and state is not TextState.TRANSLATED else None


def _read(text: Text, speech: Speech) -> Markup:
    """Set a text as the report does."""
    return Markup("".join(HtmlBlocks(speech.languages).pieces(speech.paragraphs(text))))  # noqa: S704  # the writer escapes words


def _said(field: str) -> str:
    return request.form.get(f"{ASKED}{field}", "")
