"""My tasks: what is to be done, the most urgent first, each with one thing to do about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import url_for

from consortium.documents import Words
from consortium.i18n.dates import Days
from consortium.i18n.message import LanguageName, Message, _, _n
from consortium.services.tasks import Agenda, Task, tasks_of
from consortium_admin.frame import door
from consortium_admin.rules import signed_in
from consortium_admin.statuses.pages import days_words
from consortium_admin.views.page import PageView, page
from consortium_admin.visit import visit

#: whoever leads more sub-projects than so many finds the others by the list of sub-projects
LINKS = 10


@dataclass(frozen=True)
class Line:
    """A task in words.

    :ivar about: what it is about; ``by`` is the partner, or the sub-project, to which that belongs
    :ivar tag: a short word on how urgent it is
    :ivar is_over: tells whether it is overdue
    :ivar deed: what one does about it, and ``address`` where; empty for texts, while this admin has no page for them
    """

    about: Words
    by: Words
    said: Message
    tag: Message | None
    is_over: bool
    deed: Message
    address: str


class TasksView(PageView):
    """The list of what is to be done."""

    def __init__(self) -> None:
        super().__init__(endpoint="tasks", url="/tasks")

    @page("/", may=signed_in)
    def index(self) -> str:
        """List what whoever asks has to do, or say what comes next."""
        here = visit()
        agenda = tasks_of(
            here.session, here.principal, consortium=here.consortium, day=here.day, language=here.language
        )
        lines = [line for each in agenda.tasks if (line := _line(each)).address or each.kind == "texts"]
        coming = agenda.gathering
        return self.render(
            "admin/tasks/list.html",
            lines=lines,
            following=_next(agenda),
            own=[(here.speech.title(title), url_for("status.index", key=key)) for key, title in agenda.own[:LINKS]],
            coming=coming,
            coming_title=here.speech.title(coming.title) if coming else (),
            coming_days=Days("", start=coming.start, end=coming.end) if coming else None,
        )


def _line(task: Task) -> Line:
    speech = visit().speech
    said, deed, address = _SAID[task.kind](task)
    return Line(
        about=speech.title(task.title) if task.title else (),
        by=speech.name(task.partner) if task.partner else (),
        said=said,
        tag=None if task.days is None else days_words(task.days),
        is_over=task.days is not None and task.days < 0,
        deed=deed,
        address=address,
    )


#: what is said of a task, what one does about it, and where
Told = tuple[Message, Message, str]


def _report(task: Task) -> Told:
    told = _("The status for the period {period} is asked for by {day}.").fill(period=task.period, day=task.day)
    return told, _("Report status"), url_for("status.index", key=task.key, status="new")


def _answer(task: Task) -> Told:
    told = _n(
        "The status of {day} was returned with {count} comment.",
        "The status of {day} was returned with {count} comments.",
        task.count,
    )
    return told.fill(day=task.day), _("Answer the comments"), url_for("status.index", key=task.key, status=task.status)


def _draft(task: Task) -> Told:
    told = _("You have begun a status of {day}; it has not been sent.").fill(day=task.day)
    return told, _("Go on writing"), url_for("status.index", key=task.key, status=task.status)


def _approve(task: Task) -> Told:
    told = _n(
        "{count} status waits for approval, since {day}.",
        "{count} statuses wait for approval, the oldest since {day}.",
        task.count,
    )
    return told.fill(day=task.day), _("Read and approve"), door("approvals.index")


def _unreported(task: Task) -> Told:
    told = _n(
        "{count} sub-project has not reported for the period {period}.",
        "{count} sub-projects have not reported for the period {period}.",
        task.count,
    )
    return told.fill(period=task.period), _("See which"), door("unreported.index", period=task.period)


def _locked(task: Task) -> Told:
    told = _n(
        "The period {period} is locked; {count} sub-project never reported.",
        "The period {period} is locked; {count} sub-projects never reported.",
        task.count,
    )
    return told.fill(period=task.period), _("See which"), door("unreported.index", period=task.period)


def _attendance(task: Task) -> Told:
    told = _("Nobody has written down who came on {day}.").fill(day=task.day)
    return told, _("Register attendance"), door("gatherings.details_view", id=task.key)


def _milestone(task: Task) -> Told:
    told = _("Should be reached by {day}.") if (task.days or 0) >= 0 else _("Should have been reached by {day}.")
    address = url_for("status.index", key=task.key, _anchor="milestones")
    return told.fill(day=task.day), _("Tick it off"), address


def _texts(task: Task) -> Told:
    told = _n(
        "{count} text is missing or outdated in {language}.",
        "{count} texts are missing or outdated in {language}.",
        task.count,
    )
    address = door("texts.index", language=task.key) or door("texts.index_view", language=task.key)
    return told.fill(language=LanguageName(task.key)), _("See the texts"), address


_SAID: Mapping[str, Callable[[Task], Told]] = {
    "report": _report,
    "answer": _answer,
    "draft": _draft,
    "approve": _approve,
    "unreported": _unreported,
    "attendance": _attendance,
    "milestone": _milestone,
    "texts": _texts,
    "locked": _locked,
}


def _next(agenda: Agenda) -> Message | None:
    """Say when a status is asked for next."""
    if agenda.period is None or not agenda.reporting:
        return None
    key, due = agenda.period
    return _("The next status is for the period {period}. It is due on {day}.").fill(period=key, day=due)
