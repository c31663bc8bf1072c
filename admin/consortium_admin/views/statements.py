"""What organisations said at gatherings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session

from consortium.errors import Conflict, ConsortiumError, NotFound, NotPermitted
from consortium.i18n.message import Message, _, _n
from consortium.models import Gathering, Organisation, Statement
from consortium.services.codes import known_key
from consortium.services.editing import FormRefused, load_record
from consortium.services.editing.row import at_field
from consortium.services.listing import choices, list_records
from consortium.services.policy import Verb
from consortium.services.statements import record_statement
from consortium.texts.terms import terms
from consortium_admin import receipts
from consortium_admin.addresses import asked_key
from consortium_admin.forms import Option
from consortium_admin.rules import Allowed
from consortium_admin.showing import called, plain_name
from consortium_admin.views.page import page
from consortium_admin.views.record import RecordView
from consortium_admin.views.tables import MOST_PARTS, lay_out
from consortium_admin.visit import visit

#: statements that can be written down at a time
AT_A_TIME = 4


@dataclass(frozen=True)
class Line:
    """A statement as it was typed; ``words`` are by language."""

    number: int
    organisation: str
    kind: str
    words: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was said in it."""
        return not any(self.words.values())


class StatementsView(RecordView):
    """The statements, on the pages of their gatherings, one by one or as they are told round the table."""

    kind = Statement
    at = "statements"
    new = _("New statement")
    cells = ("organisation", "kind", "gathering")
    whole = "gathering"
    at_once = ("round_view", _("Round table"))
    called = _("Statement")

    @page("/round/", may=Allowed(Verb.ADD), post=Allowed(Verb.ADD))
    def round_view(self) -> Any:
        """Show what was said at a gathering, with room for more, or keep what was written there."""
        if request.method == "GET":
            return self._show({})
        here = visit()
        address = url_for(".round_view", id=asked_key())
        lines = [line for line in _lines(here.consortium.tags) if not line.is_empty]
        try:
            with here.write() as session:
                _keep(session, _gathering(session), lines)
                receipts.keep(session, _token(), address)
        except NotPermitted:
            abort(404)
        except (FormRefused, Conflict) as refused:
            if earlier := receipts.address_of(here.session, _token()):
                return redirect(earlier, code=303)
            return self._show(refused.at if isinstance(refused, FormRefused) else {"": (refused.message,)}), 422
        told = _n("{count} statement has been added.", "{count} statements have been added.", len(lines))
        flash(told.say(here.language))
        return redirect(address, code=303)

    def _show(self, problems: Any) -> str:
        here = visit()
        gathering = _gathering(here.session)
        found = choices(
            here.session,
            here.principal,
            consortium=here.consortium,
            kinds={"organisation": Organisation},
            language=here.language,
            at_most=MOST_PARTS,
        )
        said = list_records(
            here.session,
            here.principal,
            kind=Statement,
            consortium=here.consortium,
            language=here.language,
            of=gathering,
            size=MOST_PARTS,
        )
        speech, lines = here.speech, tuple(_lines(here.consortium.tags))
        return self.render(
            "admin/records/round.html",
            gathering=gathering,
            name=plain_name(gathering, speech),
            said=lay_out(type(self), said.records, without=self.whole, next=url_for(".round_view", id=gathering.key)),
            organisations=[Option(each.key, called(each, each.key, speech)) for each in found["organisation"].records],
            kinds=[
                Option(code, speech.capital(speech.term("statement_kind", code))) for code in terms("statement_kind")
            ],
            lines=lines,
            tags=here.consortium.tags,
            problems=problems,
            receipt=_token() or receipts.new(),
            way_out=url_for("gatherings.details_view", id=gathering.key, _anchor=self.at),
        )


def _keep(session: Session, gathering: Gathering, lines: list[Line]) -> None:
    """Keep what was said, all of it or nothing."""
    problems: list[Message] = []
    for line in lines:
        problems += _problems(session, gathering, line)
    if problems:
        raise FormRefused(problems)


def _problems(session: Session, gathering: Gathering, line: Line) -> Iterator[Message]:
    here, missing = visit(), _("Choose who said it, and what it was.")
    if not line.organisation or not line.kind:
        yield at_field(f"{line.number}.{'kind' if line.organisation else 'organisation'}", missing)
        return
    try:
        home = here.home(session)
        organisation = load_record(
            session, here.principal, home=home, kind=Organisation, key=known_key(line.organisation)
        )
        words = {tag: words for tag, words in line.words.items() if words}
        record_statement(
            session, here.principal, gathering=gathering, organisation=organisation, kind=line.kind, words=words
        )
    except NotPermitted:
        raise
    except ConsortiumError as fault:
        yield at_field(f"{line.number}.organisation", fault.message)


def _token() -> str:
    return request.form.get("receipt", "")[:100]


def _lines(tags: tuple[str, ...]) -> Iterator[Line]:
    """Walk what was typed in each line; the language of the page comes first, for what is written in it is the original."""
    form, own = request.form, visit().language
    ordered = sorted(tags, key=lambda tag: tag != own)
    for number in range(1, AT_A_TIME + 1):
        words = {tag: form.get(f"{number}.words.{tag}", "").strip() for tag in ordered}
        yield Line(number, form.get(f"{number}.organisation", ""), form.get(f"{number}.kind", ""), words)


def _gathering(session: Session) -> Gathering:
    here = visit()
    try:
        found: Gathering = load_record(
            session, here.principal, home=here.home(session), kind=Gathering, key=asked_key()
        )
    except NotFound:
        abort(404)
    return found
