"""Snapshots: the facts of a day as they were kept, listed, checked and taken."""

from typing import Any

from flask import flash, redirect, request, url_for

from consortium.errors import InvalidValue, SnapshotAltered
from consortium.facts import Facts
from consortium.i18n.dates import parse_date
from consortium.i18n.message import Message, _
from consortium.models import Snapshot
from consortium.services.snapshots import (
    facts_of,
    facts_to_keep,
    find_snapshot,
    free_key,
    list_snapshots,
    take_snapshot,
)
from consortium_admin.rules import overseer, staff
from consortium_admin.views.neighbours import NeighbourView
from consortium_admin.views.page import page
from consortium_admin.visit import visit


class SnapshotsView(NeighbourView):
    """The list of snapshots, and the form with which one is taken."""

    def __init__(self) -> None:
        super().__init__(endpoint="snapshots", url="/reports/snapshots")

    @page("/", may=overseer, post=staff)
    def index(self) -> Any:
        """List the snapshots, check the one that the address names, and take one where that is asked for."""
        if request.method == "POST":
            try:
                return self._take()
            except InvalidValue as fault:
                return self._page(fault), 400
        return self._page()

    def _page(self, fault: InvalidValue | None = None) -> str:
        here = visit()
        found = list_snapshots(here.session, here.principal, consortium=here.consortium)
        asked = request.args.get("check", "")
        return self.render(
            "admin/reports/snapshots.html",
            snapshots=found,
            checked={each.key: _check(each) for each in found if each.key == asked},
            may_take=staff(here.principal),
            said=request.form,
            proposed=free_key(here.session, here.consortium, here.day),
            fault=fault,
        )

    def _take(self) -> Any:
        """Keep the facts of a day; asked twice for the same, the second time finds it kept."""
        here = visit()
        words, key = request.form.get("day", "").strip(), request.form.get("key", "").strip()
        day = parse_date(words) if words else here.day
        facts = facts_to_keep(here.session, here.principal, consortium=here.consortium, day=day)
        told = _("The snapshot {key} keeps the facts of {day}.").fill(key=key, day=day)
        if not _is_kept(key, facts):
            with here.write() as session:
                taken = take_snapshot(session, here.principal, consortium=here.home(session), key=key, facts=facts)
                told = told.fill(key=taken.key)
        flash(told.say(here.language))
        return redirect(url_for("snapshots.index"), code=303)


def _is_kept(key: str, facts: Facts) -> bool:
    """Tell whether a snapshot of that name keeps these very facts already."""
    here = visit()
    found = list_snapshots(here.session, here.principal, consortium=here.consortium)
    return any((each.key, each.fingerprint) == (key, facts.fingerprint) for each in found)


def _check(snapshot: Snapshot) -> Message:
    """Say whether a snapshot is what was kept."""
    here = visit()
    try:
        facts_of(
            here.session, find_snapshot(here.session, here.principal, consortium=here.consortium, key=snapshot.key)
        )
    except SnapshotAltered as fault:
        return fault.message
    return _("It is unchanged: every line is as it was kept.")
