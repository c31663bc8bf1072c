"""Who has not reported, and the letters that remind them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import abort, flash, redirect, request, url_for

from consortium.clock import CIVIL
from consortium.errors import NotFound
from consortium.i18n.message import _, _n
from consortium.models import SubProject
from consortium.services.editing import load_record
from consortium.services.leads import send_links
from consortium.services.previews import last_reminded, preview_reminders
from consortium.services.reminders import AHEAD, remind
from consortium.services.unreported import AskedPeriod, MissingReport, unreported
from consortium_admin.accounts.letters import wake
from consortium_admin.addresses import own_address
from consortium_admin.rules import overseer, staff
from consortium_admin.views.letters import own_letterhead, tell_written
from consortium_admin.views.neighbours import NeighbourView
from consortium_admin.views.page import action, page
from consortium_admin.visit import visit

#: where a period stands in the list of which nobody is reminded yet
FAR = 2


@dataclass(frozen=True)
class Group:
    """The missing reports of a period.

    :ivar from_day: from which somebody can be reminded, where that is still to come
    """

    asked: AskedPeriod
    lines: tuple["Line", ...]
    from_day: date | None

    @property
    def reach(self) -> int:
        """Tell where it stands: those that can be reminded now first, then what is locked, then what is far off."""
        if self.asked.period.locked:
            return 1
        return FAR if self.from_day else 0


@dataclass(frozen=True)
class Line:
    """A missing report in the list.

    :ivar reminded: when somebody was last reminded of it
    """

    report: MissingReport
    reminded: date | None

    @property
    def has_address(self) -> bool:
        """Tell whether somebody can be written to."""
        return any(lead.address for lead in self.report.leads)


class UnreportedView(NeighbourView):
    """The missing reports of each period; staff can remind of them."""

    def __init__(self) -> None:
        super().__init__(endpoint="unreported", url="/unreported")

    @page("/", may=overseer)
    def index(self) -> str:
        """List what is missing, period by period, the most overdue first."""
        here = visit()
        home = {"consortium": here.consortium}
        found = unreported(here.session, here.principal, **home, day=here.day, with_leads=True)
        reminded = last_reminded(here.session, here.principal, **home)
        chosen = request.args.get("period", "")
        chosen = chosen if chosen in {each.period.key for each in found} else ""
        groups = [_group(each, reminded) for each in found if each.missing and chosen in {"", each.period.key}]
        return self.render(
            "admin/unreported/list.html",
            found=found,
            chosen=chosen,
            groups=sorted(groups, key=lambda each: each.reach),
            first=min((each.from_day for each in groups if each.reach == FAR and each.from_day), default=None),
            total=sum(len(each.missing) for each in found),
            may_remind=staff(here.principal),
            speech=here.speech,
        )

    @page("/letters/", may=staff)
    def letters(self) -> str:
        """Show the letters to those who are ticked, as each recipient will read them; nothing is sent or kept."""
        here, only = visit(), _ticked()
        with here.write() as session:
            home = here.home(session)
            shown = (
                preview_reminders(session, here.principal, consortium=home, day=here.day, only=only) if only else None
            )
        return self.render("admin/unreported/letters.html", only=only, shown=shown, speech=here.speech)

    @action("/send/", may=staff)
    def send(self) -> Any:
        """Put the letters into the outbox; who was reminded a few days ago is not written to again."""
        here, only = visit(), _ticked()
        count = 0
        if only:
            with here.write() as session:
                home, head = here.home(session), own_letterhead()
                done = remind(session, here.principal, consortium=home, day=here.day, only=only, head=head)
                count = len(done.letters)
            wake()
        told = _n("{count} letter is on its way.", "{count} letters are on their way.", count)
        flash((told if count else _("No letter was written: there was nobody to remind.")).say(here.language))
        return redirect(url_for("unreported.index"), code=303)

    @action("/link/", may=staff)
    def link(self) -> Any:
        """Send a link alone to those who lead a sub-project, and lead back to the page on which that was asked."""
        here = visit()
        key = request.form.get("id", "")
        with here.write() as session:
            try:
                project = load_record(session, here.principal, home=here.home(session), kind=SubProject, key=key)
            except NotFound:
                abort(404)
            written = send_links(session, here.principal, sub_project=project, head=own_letterhead())
        tell_written(written, _("A link is on its way to {names}."))
        wake()
        return redirect(own_address(request.form.get("next", "")) or url_for("unreported.index"), code=303)


def _ticked() -> list[str]:
    """Read which sub-projects were ticked."""
    return list(dict.fromkeys(filter(None, request.values.getlist("only"))))


def _group(each: AskedPeriod, reminded: Any) -> Group:
    return Group(each, tuple(_line(each, one, reminded) for one in each.missing), _reminds_from(each))


def _line(period: AskedPeriod, each: MissingReport, reminded: Any) -> Line:
    moment = reminded.get((each.sub_project.key, period.period.key))
    return Line(each, moment.astimezone(CIVIL).date() if moment else None)


def _reminds_from(each: AskedPeriod) -> date | None:
    """Tell from which day on somebody can be reminded, where that is still to come."""
    first = each.period.due - timedelta(days=AHEAD)
    return first if first > visit().day else None
