"""Reporting periods: planned, locked and opened again by the staff."""

from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for

from consortium.errors import ConsortiumError, InvalidValue
from consortium.facts.periods import MONTHS
from consortium.i18n.dates import parse_date
from consortium.i18n.message import Message, _, _n
from consortium.models import ReportingPeriod
from consortium.services.periods import (
    DAYS_TO_REPORT,
    find_period,
    lock_period,
    move_due,
    open_period,
    periods_of,
    plan_periods,
)
from consortium.services.unreported import AskedPeriod, unreported
from consortium_admin.rules import overseer, staff
from consortium_admin.views.neighbours import NeighbourView
from consortium_admin.views.page import page
from consortium_admin.visit import visit


class PeriodsView(NeighbourView):
    """The list of periods, and what can be done with each."""

    def __init__(self) -> None:
        super().__init__(endpoint="periods", url="/periods")

    @page("/", may=overseer)
    def index(self) -> str:
        """List the periods, each with how many have reported."""
        here = visit()
        begun = {each.period.key: each for each in _asked()}
        return self.render(
            "admin/periods/list.html",
            periods=periods_of(here.session, here.consortium.id),
            begun=begun,
            may_change=staff(here.principal),
        )

    @page("/plan/", may=staff, post=staff)
    def plan(self) -> Any:
        """Plan the periods of the whole time of the consortium; those that are there stay."""
        if request.method == "GET":
            return self._plan_page()
        here = visit()
        try:
            with here.write() as session:
                months, days = _number("months"), _number("days_to_report")
                home = here.home(session)
                added = plan_periods(session, here.principal, consortium=home, months=months, days_to_report=days)
                count = len(added)
        except InvalidValue as fault:
            return self._plan_page(fault), 400
        done = _n("{count} period was added.", "{count} periods were added.", count)
        return _done(done) if count else _done(_("All of the time had periods already. None was added."), "note")

    @page("/lock/", may=staff, post=staff)
    def lock(self) -> Any:
        """Say what locking a period means and who has not reported, and lock it once that is confirmed."""
        return self._change(is_locking=True)

    @page("/open/", may=staff, post=staff)
    def open(self) -> Any:
        """Say what opening a period again means, and open it once that is confirmed."""
        return self._change(is_locking=False)

    @page("/due/", may=staff, post=staff)
    def due(self) -> Any:
        """Let the report of a period be due on another day."""
        here, key = visit(), request.args.get("id", "")
        if request.method == "GET":
            period = find_period(here.session, here.principal, consortium=here.consortium, key=key)
            if period.locked is not None:
                return _done(_told(period, is_locking=True), "note")
            return self._due_page(period)
        try:
            with here.write() as session:
                period = find_period(session, here.principal, consortium=here.home(session), key=key)
                move_due(session, here.principal, period=period, due=_due())
                told = _("The report for {key} is due on {due}.").fill(key=period.key, due=period.due)
        except InvalidValue as fault:
            period = find_period(here.session, here.principal, consortium=here.consortium, key=key)
            return self._due_page(period, fault), 400
        return _done(told)

    def _due_page(self, period: ReportingPeriod, fault: InvalidValue | None = None) -> str:
        said = request.form.get("due", str(period.due))[:40]
        return self.render("admin/periods/due.html", period=period, said=said, fault=fault)

    def _change(self, *, is_locking: bool) -> Any:
        here, key = visit(), request.args.get("id", "")
        if request.method == "GET":
            period = find_period(here.session, here.principal, consortium=here.consortium, key=key)
            asked = next((each for each in _asked() if each.period.key == key), None)
            if (period.locked is not None) is is_locking:
                return _done(_told(period, is_locking=is_locking))
            return self.render("admin/periods/confirm.html", period=period, asked=asked, is_locking=is_locking)
        with here.write() as session:
            period = find_period(session, here.principal, consortium=here.home(session), key=key)
            if (
                period.locked is not None
            ) is not is_locking:  # else it was done before, by a second click or somebody else
                _take_step(session, period, is_locking=is_locking)
            told = _told(period, is_locking=is_locking)
        return _done(told)

    def _plan_page(self, fault: InvalidValue | None = None) -> str:
        here = visit()
        return self.render(
            "admin/periods/plan.html",
            home=here.consortium,
            lengths=[months for months in range(1, MONTHS + 1) if not MONTHS % months],
            said={"months": "6", "days_to_report": str(DAYS_TO_REPORT), **request.form},
            fault=fault,
        )


def _asked() -> tuple[AskedPeriod, ...]:
    here = visit()
    return unreported(here.session, here.principal, consortium=here.consortium, day=here.day)


def _take_step(session: Any, period: ReportingPeriod, *, is_locking: bool) -> None:
    here = visit()
    if is_locking:
        lock_period(session, here.principal, period=period, day=here.day)
    else:
        open_period(session, here.principal, period=period)


def _told(period: ReportingPeriod, *, is_locking: bool) -> Message:
    if is_locking:
        return _("The period {key} is locked since {day}.").fill(key=period.key, day=period.locked)
    return _("The period {key} is open.").fill(key=period.key)


def _done(told: Message, category: str = "message") -> Any:
    flash(told.say(visit().language), category)
    return redirect(url_for("periods.index"), code=303)


def _due() -> date:
    """Read the day on which a report is due from the form.

    :raises InvalidValue: if there is none
    """
    said = request.form.get("due", "").strip()[:40]
    if not said:
        raise InvalidValue(_("“{heading}” is missing. Fill it in.").fill(heading=_("Due")), "due")
    try:
        return parse_date(said)
    except ConsortiumError as fault:
        raise InvalidValue(fault.message, "due") from fault


def _number(name: str) -> int:
    """Read a whole number from the form.

    :raises InvalidValue: if it is none
    """
    words = request.form.get(name, "").strip()
    if not (words.isascii() and words.isdigit() and len(words) < 5):  # noqa: PLR2004  # figures enough for any of them
        raise InvalidValue(_("“{words}” is no whole number. Write for example 30.").fill(words=words[:40]), name)
    return int(words)
