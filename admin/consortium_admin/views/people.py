"""People, whether they sign in or not."""

from typing import Any

from flask import abort, flash, redirect, request, url_for

from consortium.errors import Conflict, InvalidValue, NotFound, NotPermitted
from consortium.i18n.message import Message, _
from consortium.models import Person
from consortium.services.erasing import Erasure, erase_person
from consortium.services.policy import Verb, may
from consortium_admin.addresses import asked_key
from consortium_admin.rules import Allowed
from consortium_admin.showing import cut, facts, naming, plain_name
from consortium_admin.views.capacities import CapacitiesView
from consortium_admin.views.page import page
from consortium_admin.views.record import RecordView
from consortium_admin.visit import visit


class PeopleView(RecordView):
    """The people, each with what they are and where; whoever asks for it is erased."""

    kind = Person
    at = "people"
    new = _("New person")
    cells = ("email", "language")
    parts = (CapacitiesView,)
    erase_template = "admin/people/erase.html"

    def ways(self, record: Any) -> dict[str, str]:
        """Return the addresses of what the visitor may do with a person."""
        ways = super().ways(record)
        if may(visit().principal, Verb.REMOVE, record):
            ways["erase_view"] = url_for(".erase_view", id=record.key)
        return ways

    @page("/erase/", may=Allowed(Verb.REMOVE), post=Allowed(Verb.REMOVE))
    def erase_view(self) -> Any:
        """Ask whether a person shall be erased, or erase them."""
        key = asked_key()
        if request.method == "GET":
            return self._show_erase(self.find(key, Verb.REMOVE))
        if not request.form.get("sure"):
            told = _("Tick that you know it cannot be taken back, or cancel.")
            return self._show_erase(self.find(key, Verb.REMOVE), told), 422
        here = visit()
        try:
            with here.write() as session:
                done = erase_person(session, here.principal, home=here.home(session), key=key)
        except (NotFound, NotPermitted):
            abort(404)
        except (InvalidValue, Conflict) as refused:
            return self._show_erase(self.find(key, Verb.REMOVE), refused.message), 409
        self._say_done(done, is_scrubbed=here.site.database.scrub())
        return redirect(url_for(".details_view", id=done.key), code=303)

    def _say_done(self, done: Erasure, *, is_scrubbed: bool) -> None:
        language = visit().language
        flash(_("The person is called “{name}” from now on.").fill(name=done.name).say(language))
        if done.snapshots:
            told = _("These snapshots still name the person, because they are kept as they were reported: {keys}")
            flash(told.fill(keys=done.snapshots).say(language))
        if not is_scrubbed:
            told = _(
                "Unused parts of the database’s file may still hold what was erased, because others are at work in it or its "
                "disk is full. Put that right, and say “consortium person erase {key}” once more."
            )
            flash(told.fill(key=done.key).say(language))

    def _show_erase(self, record: Any, problem: Message | None = None) -> str:
        here = visit()
        return self.render(
            self.erase_template,
            name=plain_name(record, here.speech),
            called=cut(naming(record, here.speech)),
            facts=facts(record, here.consortium.tags, here.speech),
            problem=problem,
            way_out=self.address_of(record),
        )
