"""Records in tables: a row each, with its name, some of its fields, and the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for
from sqlalchemy.orm.attributes import set_committed_value

from consortium.documents import Words
from consortium.i18n.message import Message
from consortium.models import Record, SubProject
from consortium.services.editing.form import sheet_for
from consortium.services.listing import list_records
from consortium.services.policy import Verb, may, roles_for
from consortium_admin.showing import naming, shown
from consortium_admin.visit import visit

if TYPE_CHECKING:
    from consortium_admin.views.record import RecordView

#: parts of one record that are shown on its page
MOST_PARTS = 500


@dataclass(frozen=True)
class Row:
    """A record in a table.

    :ivar change: the address of its form, for whoever may change it
    """

    key: str
    name: Words
    cells: tuple[Words, ...]
    address: str
    change: str


@dataclass(frozen=True)
class Table:
    """Records in rows.

    :ivar called: the heading over their names
    """

    called: Message
    headings: tuple[Message, ...]
    rows: tuple[Row, ...]

    @property
    def can_change(self) -> bool:
        """Tell whether any of them may be changed."""
        return any(row.change for row in self.rows)


@dataclass(frozen=True)
class Section:
    """What is a part of a record, as its page shows it.

    :ivar anchor: where it stands in the page
    :ivar new: what the button is called that adds one
    :ivar add: the address where that is done, for whoever may do it
    :ivar at_once: the address where all are written at once, and what the way there is called
    """

    anchor: str
    heading: Message
    table: Table
    new: Message
    add: str
    at_once: tuple[str, Message] | None = None


def lay_out(view: type["RecordView"], records: Sequence[Any], *, without: str = "", next: str = "") -> Table:
    """Lay out records of the kind of ``view``; ``without`` the field that is the same in all of them."""
    here = visit()
    columns = {column.name: column for column in sheet_for(view.kind).columns}
    cells = [columns[name] for name in view.cells if name != without]
    rows = (
        Row(
            key=record.key,
            name=naming(record, here.speech),
            cells=tuple(shown(record, column, here.speech) for column in cells),
            address=url_for(f"{view.at}.details_view", id=record.key),
            change=_change(view, record, next),
        )
        for record in records
    )
    return Table(view.called, tuple(column.heading for column in cells), tuple(rows))


def section(part: type["RecordView"], view: "RecordView", record: Any) -> Section:
    """Show the parts of ``record`` that ``part`` is the view of."""
    here = visit()
    found = list_records(
        here.session,
        here.principal,
        kind=part.kind,
        consortium=here.consortium,
        language=here.language,
        of=record,
        size=MOST_PARTS,
    )
    field = _field(part, type(record))
    this = f"{request.full_path.rstrip('?')}#{part.at}"
    given: dict[str, Any] = {field: record.key}
    can = _may_add(part.kind, field, record)
    return Section(
        anchor=part.at,
        heading=sheet_for(part.kind).heading,
        table=lay_out(part, found.records, without=field, next=this),
        new=part.new,
        add=url_for(f"{part.at}.create_view", next=this, **given) if can else "",
        at_once=_at_once(part, record) if can else None,
    )


def _may_add(kind: type[Record], field: str, record: Any) -> bool:
    """Tell whether the visitor may add a part to a record; where that is of no sub-project, the role tells."""
    principal = visit().principal
    if principal.role not in roles_for(Verb.ADD, kind):
        return False
    if not isinstance(record, SubProject) and getattr(record, "sub_project", None) is None:
        return True
    new = kind(consortium_id=record.consortium_id)
    set_committed_value(new, field, record)  # so that the record does not count it among its parts
    return may(principal, Verb.ADD, new)


def _at_once(part: type["RecordView"], record: Any) -> tuple[str, Message] | None:
    if part.at_once is None or getattr(part.kind, part.whole).property.mapper.class_ is not type(record):
        return None
    function, words = part.at_once
    return url_for(f"{part.at}.{function}", id=record.key), words


def _field(part: type["RecordView"], whole: type[Record]) -> str:
    """Name the field by which a part refers to the record that it is a part of."""
    relations = part.kind.__mapper__.relationships
    found = [each.key for each in relations if each.mapper.class_ is whole and each.direction.name == "MANYTOONE"]
    return part.whole if part.whole in found else found[0]


def address_at(record: Any, *, anchor: str = "") -> str:
    """Return the address of the page of a record of any kind; nothing where there is none."""
    views = (each for each in current_app.extensions["admin"][0]._views if getattr(each, "model", None) is type(record))
    view = next(views, None)
    return url_for(f"{view.endpoint}.details_view", id=record.key, _anchor=anchor or None) if view else ""


def _change(view: type["RecordView"], record: Any, next: str) -> str:
    if not may(visit().principal, Verb.EDIT, record):
        return ""
    return url_for(f"{view.at}.edit_view", id=record.key, next=next or None)
