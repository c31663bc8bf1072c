"""Who answered what to the invitations to gatherings, and who came."""

from collections.abc import Iterator
from typing import Any

from flask import abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session

from consortium.errors import Conflict, ConsortiumError, NotFound, NotPermitted
from consortium.i18n.message import Message, _, _n
from consortium.models import Attendance, Gathering
from consortium.services.answers import FIELDS, Answer, answer_of, not_invited, people_for, rows_of, write_answers
from consortium.services.editing import FormRefused, load_record
from consortium.services.policy import Verb
from consortium.texts.terms import terms
from consortium_admin.addresses import asked_key
from consortium_admin.forms import VERSION, Option
from consortium_admin.rules import Allowed
from consortium_admin.showing import naming, plain_name
from consortium_admin.views.page import page
from consortium_admin.views.record import RecordView
from consortium_admin.visit import visit


class AttendanceView(RecordView):
    """The attendance, on the pages of the gatherings, row by row or all at once."""

    kind = Attendance
    at = "attendance"
    new = _("New invitation")
    cells = ("gathering", "person", "state", "substitute_for")
    whole = "gathering"
    at_once = ("all_view", _("Write down the answers"))
    called = _("Organisation")

    @page("/all/", may=Allowed(Verb.EDIT), post=Allowed(Verb.EDIT))
    def all_view(self) -> Any:
        """Show the answers of all who were invited to a gathering, or write them down."""
        if request.method == "GET":
            return self._show({})
        here = visit()
        try:
            with here.write() as session:
                gathering = _gathering(session)
                changed, invited = write_answers(
                    session,
                    here.principal,
                    home=here.home(session),
                    gathering=gathering,
                    said={
                        row.id: _said(row)
                        for row in rows_of(session, here.principal, gathering=gathering)
                        if _is_sent(row)
                    },
                    invited=request.form.getlist("invite"),
                )
        except NotPermitted:
            abort(404)
        except FormRefused as refused:
            return self._show(refused.at), 422
        except (Conflict, ConsortiumError) as fault:
            return self._show({"": (fault.message,)}), 409
        for told in _told(changed, invited):
            flash(told.say(here.language))
        return redirect(url_for("gatherings.details_view", id=asked_key()), code=303)

    def _show(self, problems: Any) -> str:
        here = visit()
        gathering = _gathering(here.session)
        rows = rows_of(here.session, here.principal, gathering=gathering)
        people = people_for(here.session, here.principal, gathering=gathering, rows=rows)
        speech, stale = here.speech, {row.id for row in rows if _is_sent(row) and _said(row)[1] != row.version}
        return self.render(
            "admin/records/attendance.html",
            gathering=gathering,
            name=plain_name(gathering, speech),
            rows=[(row, answer_of(row) if row.id in stale or not _is_sent(row) else _said(row)[0]) for row in rows],
            people={row.id: _people(row, people.get(row.organisation_id, ())) for row in rows},
            names={row.id: naming(row.organisation, speech) for row in rows},
            states=[Option(code, speech.capital(speech.term("attendance", code))) for code in terms("attendance")],
            problems=problems,
            invitable=[
                Option(each.key, naming(each, speech))
                for each in not_invited(here.session, here.principal, gathering=gathering, rows=rows)
            ],
            way_out=url_for("gatherings.details_view", id=gathering.key, _anchor=self.at),
        )


def _told(changed: int, invited: int) -> Iterator[Message]:
    """Say how many answers were written down, and how many were invited."""
    if changed or not invited:
        yield _n("{count} answer was written down.", "{count} answers were written down.", changed)
    if invited:
        yield _n("{count} partner was invited.", "{count} partners were invited.", invited)


def _gathering(session: Session) -> Gathering:
    here = visit()
    try:
        found: Gathering = load_record(
            session, here.principal, home=here.home(session), kind=Gathering, key=asked_key()
        )
    except NotFound:
        abort(404)
    return found


def _is_sent(row: Attendance) -> bool:
    return f"{row.id}.state" in request.form


def _said(row: Attendance) -> tuple[Answer, int]:
    """Read what was sent of a row, and the version that whoever sent it has seen."""
    before = answer_of(row)
    values = {name: request.form.get(f"{row.id}.{name}", getattr(before, name)).strip() for name in FIELDS}
    version = request.form.get(f"{row.id}.version", "")
    return Answer(**values), int(version) if VERSION.fullmatch(version) else row.version


def _people(row: Attendance, own: Any) -> list[Option]:
    """List who can come for an organisation: those who act for it, and whoever is written down already."""
    named = (row.person, row.substitute_for)
    found = dict.fromkeys((*own, *(each for each in named if each is not None)))
    return [Option(each.key, naming(each, visit().speech)) for each in found]
