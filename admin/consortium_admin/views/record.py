"""The one view of records: lists, shows, adds, changes and removes them, over services and never over tables."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import abort, jsonify, redirect, request, url_for
from sqlalchemy.orm import Session

from consortium.documents import Words
from consortium.errors import Conflict, InvalidValue, NotFound, NotPermitted
from consortium.i18n.message import Message, _
from consortium.models import Consortium, Record
from consortium.services.editing import Clash, FormRefused, Saved, form_of, load_record, save_record
from consortium.services.editing.form import sheet_for
from consortium.services.importing.layout import Kind
from consortium.services.listing import list_records
from consortium.services.paging import Page
from consortium.services.policy import Verb, may, roles_for
from consortium_admin import receipts
from consortium_admin.addresses import asked_key, own_address
from consortium_admin.forms import Form, FormPage, Problems, Sent
from consortium_admin.forms.building import LINES
from consortium_admin.forms.merging import is_mergeable, own_changes
from consortium_admin.forms.sent import asks_first
from consortium_admin.hints import hints_of, say_kept
from consortium_admin.parts import siblings
from consortium_admin.rules import Allowed, overseer
from consortium_admin.showing import SAYING, cut, facts, naming, plain_name
from consortium_admin.views.closed import ClosedView
from consortium_admin.views.history import HistoryPages
from consortium_admin.views.kept import kept
from consortium_admin.views.page import page
from consortium_admin.views.removing import RemovingPages
from consortium_admin.views.tables import Table, address_at, lay_out, section
from consortium_admin.visit import visit

#: a page and its status
Answer = Any


class RecordView(RemovingPages, HistoryPages, ClosedView):
    """Lists the records of a kind, and shows, adds, changes and removes one of them.

    A kind of record is a small view of its own, which says what new ones are called and what is shown of them.

    :cvar kind: the kind of record
    :cvar at: its endpoint, which is its address too
    :cvar new: what is written on the button that adds one
    :cvar cells: the fields that lists show beside the name
    :cvar lines: its texts that stand on one line
    :cvar whole: the field that names what it is a part of, on whose page it is then shown
    :cvar parts: the views of what is shown on its own page
    :cvar at_once: the page on which all parts of a record are written at once, and what the way there is called
    :cvar called: the heading of the column by which lists call them
    """

    kind: type[Record]
    at: ClassVar[str]
    new: ClassVar[Message]
    cells: ClassVar[tuple[str, ...]] = ()
    lines: ClassVar[frozenset[str]] = LINES
    whole: ClassVar[str] = ""
    parts: ClassVar[tuple[type["RecordView"], ...]] = ()
    at_once: ClassVar[tuple[str, Message] | None] = None
    called: ClassVar[Message] = _("Name")

    list_template, list_main = "admin/records/list.html", "admin/records/list_main.html"
    details_template = "admin/records/details.html"
    form_template = "admin/records/form.html"

    def __init__(self) -> None:
        super().__init__(self.kind, endpoint=self.at, url=f"/{self.at.replace('_', '-')}")

    @property
    def heading(self) -> Message:
        """What the records of the kind are called together."""
        return sheet_for(self.kind).heading

    def render(self, template: str, **kwargs: Any) -> str:
        """Render a page with the ways to its neighbours."""
        own = {"siblings": siblings(visit().principal), "view": self, **SAYING}
        return super().render(template, **own, **kwargs)

    @page("/", may=Allowed(Verb.SEE))
    def index_view(self) -> Answer:
        """List the records that the visitor may see, a page at a time; ``q`` are words that they have."""
        return super().render(self.list_template, heading=self.heading, main=kept(self.write_list))

    def write_list(self) -> str:
        """Write what the list says below its frame."""
        here = visit()
        wanted = {name: request.args.get(name, "") for name in ("after", "before", "q")}
        problem, found = None, Page[Any](())
        place = {name: wanted[name] for name in ("after", "before")}
        given: dict[str, Any] = {"kind": self.kind, "consortium": here.consortium, "language": here.language, **place}
        try:
            found = list_records(here.session, here.principal, words=wanted["q"][:200], **given)
        except InvalidValue as refused:
            problem = refused.message
        return self.render(
            self.list_main,
            table=self.table(found.records),
            found=found,
            words_wanted=wanted["q"],
            problem=problem,
            heading=self.heading,
            new=self.new_address(),
        )

    @page("/details/", may=Allowed(Verb.SEE))
    def details_view(self) -> Answer:
        """Show a record, and what is a part of it."""
        record = self.find(asked_key(), Verb.SEE)
        here = visit()
        return self.render(
            self.details_template,
            record=record,
            name=naming(record, here.speech),
            facts=facts(record, here.consortium.tags, here.speech),
            sections=[section(each, self, record) for each in self.parts],
            ways=self.ways(record),
            heading=self.heading,
            back=self.way_back(record),
            **self.beside(record),
        )

    def beside(self, record: Any) -> dict[str, Any]:
        """Tell what the page of a record shows beside its fields and its parts."""
        return {}

    @page("/new/", may=Allowed(Verb.ADD), post=Allowed(Verb.ADD))
    def create_view(self) -> Answer:
        """Show an empty form, or keep what was written in it."""
        if request.method == "POST":
            return self._keep("")
        forms = self._forms
        asked = {each.machine_name for each in forms.columns if each.kind is Kind.ONE}
        given = {name: value for name, value in request.args.items() if name in asked}
        values = {**self.proposed(given), **given}
        return self._show_form(forms.blank(values, next=own_address(request.args.get("next", ""))), None)

    def proposed(self, given: Mapping[str, str]) -> dict[str, str]:
        """Propose what a new record says, beside what is given."""
        return {}

    @page("/edit/", may=Allowed(Verb.EDIT), post=Allowed(Verb.EDIT))
    def edit_view(self) -> Answer:
        """Show the form of a record, or keep what was written in it."""
        key = asked_key()
        if request.method == "POST":
            return self._keep(key)
        record = self.find(key, Verb.EDIT)
        form = self._forms.standing(record, next=own_address(request.args.get("next", "")))
        return self._show_form(form, record)

    @page("/ajax/lookup/", may=Allowed(Verb.EDIT))
    def ajax_lookup(self) -> Answer:
        """Find what a field can refer to: at most 50 records that may be seen, by two letters or more."""
        speech = visit().speech
        found = self._forms.find(request.args.get("name", ""), request.args.get("query", ""))
        words = ((each.key, speech.name(each.title) or speech.plain(each.name)) for each in found)
        return jsonify([{"key": key, "words": said[0].words, "language": said[0].language} for key, said in words])

    def find(self, key: str, verb: Verb) -> Any:
        """Find a record that the visitor may do ``verb`` to; to others it is as if there were none."""
        here = visit()
        try:
            record = load_record(here.session, here.principal, home=here.consortium, kind=self.kind, key=key)
        except NotFound:
            abort(404)
        return record if may(here.principal, verb, record) else abort(404)

    def table(self, records: Sequence[Any]) -> Table:
        """Lay records out in rows: name, cells, and the way to each."""
        return lay_out(type(self), records)

    def new_address(self) -> str:
        """Return the address at which one is added, for whoever may do that; else nothing."""
        can = visit().principal.role in roles_for(Verb.ADD, self.kind)
        return url_for(f"{self.endpoint}.create_view") if can else ""

    def ways(self, record: Any) -> dict[str, str]:
        """Return the addresses of what the visitor may do with a record."""
        principal = visit().principal
        verbs = {"edit_view": may(principal, Verb.EDIT, record), "delete_view": may(principal, Verb.REMOVE, record)}
        open_doors = {**verbs, "history_view": overseer(principal)}
        return {name: url_for(f"{self.endpoint}.{name}", id=record.key) for name, can in open_doors.items() if can}

    def address_of(self, record: Any) -> str:
        """Return the address of the page on which a record is shown: that of what it is a part of, else its own."""
        whole = getattr(record, self.whole) if self.whole else None
        own = url_for(f"{self.endpoint}.details_view", id=record.key)
        return own if whole is None else address_at(whole, anchor=self.endpoint) or own

    def way_back(self, record: Any) -> tuple[str, Words | str]:
        """Return the address above a page, and what it is called."""
        here = visit()
        whole = getattr(record, self.whole) if self.whole else None
        if whole is not None and (address := address_at(whole, anchor=self.endpoint)):
            return address, naming(whole, here.speech)
        return url_for(f"{self.endpoint}.index_view"), self.heading.say(here.language)

    def _keep(self, key: str) -> Answer:
        """Keep a form that was sent; what cannot be kept is shown again, with nothing lost."""
        if asks_first(request.form):
            return self._ask(key)
        try:
            return redirect(self._save(key), code=303)
        except NotFound:
            abort(404)
        except NotPermitted as refused:
            place = self.whole if self.whole in self._forms.references else ""
            return self._show_again(key, {place: (refused.message,)}), 422
        except Clash as clash:
            record = self.find(key, Verb.EDIT)
            return self._show_form(self._forms.clash(record, self._sent(key), clash), record), 409
        except FormRefused as refused:
            return self._kept_before(key) or (self._show_again(key, refused.at), 422)
        except Conflict as conflict:
            return self._kept_before(key) or (self._show_again(key, {"": (conflict.message,)}), 409)

    def _save(self, key: str) -> str:
        """Save a form in one unit of work, and return the address to go to."""
        here = visit()
        with here.write() as session:
            home = here.home(session)
            sent = Sent.read(form_of(self.kind, home.tags), request.form, is_new=not key)
            saved = self._save_merged(session, home, key, sent)
            name, hints = plain_name(saved.record, here.speech), hints_of(session, saved.record)
            # without its anchor, so that what was done can be read at the top
            address = (own_address(sent.next) or self.address_of(saved.record)).partition("#")[0]
            if not key:
                receipts.keep(session, sent.receipt, address)
        told = _("“{name}” has been saved.") if key else _("“{name}” has been added.")
        say_kept(told.fill(name=name), self._forms.columns, hints)
        return address

    def _kept_before(self, key: str) -> Answer:
        """Lead a form for a new record that was kept already to where it led then."""
        address = "" if key else receipts.address_of(visit().session, self._sent(key).receipt)
        return redirect(address, code=303) if address else None

    def _sent(self, key: str) -> Sent:
        return Sent.read(self._forms.columns, request.form, is_new=not key)

    def _save_merged(self, session: Session, home: Consortium, key: str, sent: Sent) -> Saved:
        """Save a form; where somebody else has changed something different in the meantime, keep both."""
        here = visit()
        given: dict[str, Any] = {"home": home, "kind": self.kind, "key": key}
        try:
            return save_record(session, here.principal, said=sent.said, was=sent.was, version=sent.version, **given)
        except Clash as clash:
            if not is_mergeable(clash):
                raise
            ticks = {name: tick for name, tick in sent.said.items() if name.endswith(".reviewed")}
            said = {**own_changes(clash.fields), **ticks}
            return save_record(session, here.principal, said=said, version=clash.version, **given)

    def _ask(self, key: str) -> Answer:
        """Show the form again for what is still to be chosen, before anything is kept."""
        sent = self._sent(key)
        if sent.wish:
            record = self.find(key, Verb.EDIT) if key else None
            return self._show_form(self._forms.searched(record, sent), record)
        return self._show_again(key, {}), 409

    def _show_again(self, key: str, problems: Problems) -> str:
        record = self.find(key, Verb.EDIT) if key else None
        return self._show_form(self._forms.again(record, self._sent(key), problems), record)

    def _show_form(self, form: Form, record: Any) -> str:
        here = visit()
        return self.render(
            self.form_template,
            form=form,
            record=record,
            name=cut(naming(record, here.speech)) if record is not None else (),
            way_out_words=() if form.next or record is None else cut(naming(record, here.speech)),
            title=_("Edit “{name}”").fill(name=plain_name(record, here.speech)) if record is not None else self.new,
            heading=self.heading,
            way_out=form.next or self._way_out(record),
            way_out_name=self._above(record, form),
        )

    def _way_out(self, record: Any) -> str:
        """Return the address to which somebody goes who gives up."""
        return self.address_of(record) if record is not None else url_for(f"{self.endpoint}.index_view")

    def _above(self, record: Any, form: Form) -> str:
        """Say what the page is called to which the way out leads."""
        here = visit()
        if form.next:
            return _("Back").say(here.language)
        return plain_name(record, here.speech) if record is not None else self.heading.say(here.language)

    @property
    def _forms(self) -> FormPage:
        return FormPage(self.kind, lines=self.lines)
