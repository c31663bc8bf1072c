"""How a record is removed: whoever asks is shown what it says, and what still needs it."""

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, request, url_for

from consortium.documents import Words
from consortium.errors import Conflict, InvalidValue, NotFound, NotPermitted
from consortium.i18n.message import Message, _
from consortium.models import Record
from consortium.services.editing import load_record, remove_record
from consortium.services.editing.form import sheet_for
from consortium.services.policy import Verb
from consortium_admin.addresses import asked_key, own_address
from consortium_admin.forms import VERSION
from consortium_admin.rules import Allowed, overseer
from consortium_admin.showing import cut, facts, naming, plain_name
from consortium_admin.views.page import page
from consortium_admin.visit import visit


class RemovingPages:
    """The page on which a record is removed."""

    kind: type[Record]
    remove_template = "admin/records/remove.html"

    if TYPE_CHECKING:  # the view of the kind has these

        def find(self, key: str, verb: Verb) -> Any:
            """Find a record that the visitor may do ``verb`` to."""

        def address_of(self, record: Any) -> str:
            """Return the address of the page on which a record is shown."""

        def way_back(self, record: Any) -> tuple[str, Words | str]:
            """Return the address above a page, and what it is called."""

        def render(self, template: str, **kwargs: Any) -> str:
            """Render a page."""

    @page("/delete/", may=Allowed(Verb.REMOVE), post=Allowed(Verb.REMOVE))
    def delete_view(self) -> Any:
        """Ask whether a record shall be removed, or remove it."""
        key = asked_key()
        return self._remove(key) if request.method == "POST" else self._show_remove(self.find(key, Verb.REMOVE))

    def _remove(self, key: str) -> Any:
        here, version = visit(), request.form.get("version", "")
        try:
            with here.write() as session:
                record = load_record(session, here.principal, home=here.home(session), kind=self.kind, key=key)
                name, address = plain_name(record, here.speech), self.way_back(record)[0].partition("#")[0]
                seen = int(version) if VERSION.fullmatch(version) else 0
                remove_record(session, here.principal, record=record, version=seen)
        except (NotFound, NotPermitted):
            abort(404)
        except (InvalidValue, Conflict) as refused:
            return self._show_remove(self.find(key, Verb.REMOVE), refused.message), 409
        flash(_("“{name}” has been removed.").fill(name=name).say(here.language))
        return redirect(own_address(request.form.get("next", "")) or address, code=303)

    def _show_remove(self, record: Any, problem: Message | None = None) -> str:
        here = visit()
        way_on = own_address(request.values.get("next", ""))
        return self.render(
            self.remove_template,
            record=record,
            name=plain_name(record, here.speech),
            called=cut(naming(record, here.speech)),
            facts=facts(record, here.consortium.tags, here.speech),
            problem=problem,
            heading=sheet_for(self.kind).heading,
            next=way_on,
            way_out=way_on or self.address_of(record),
            way_out_name=plain_name(record, here.speech),
            history=url_for(".history_view", id=record.key) if overseer(here.principal) else "",
        )
