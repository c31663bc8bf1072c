"""Tells what has become of a record, step by step, and brings back what it said before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import NotFound
from consortium.i18n.message import Message, _
from consortium.models import Change, Consortium, Record
from consortium.models.chain import ERASED
from consortium.services.codes import MEASURE_DECIMALS
from consortium.services.editing import FormRefused, Saved, form_of, save_record
from consortium.services.exporting.fields import sheet_of
from consortium.services.importing.layout import Column, Kind
from consortium.services.policy import Principal, visible
from consortium.texts.difference import Piece, word_difference

#: steps that are told at a time
PAGE = 50


@dataclass(frozen=True)
class FieldChange:
    """What a step did to one field, of a text in one language.

    :ivar name: its machine name, such as ``title.sv``
    :ivar column: the field of the form that it is; ``None`` for what no form shows
    :ivar before: what it said, as a form shows it; empty if nothing
    """

    name: str
    column: Column | None
    before: str
    after: str

    @property
    def language(self) -> str:
        """The language of its words; empty where it has none."""
        return self.column.language if self.column else ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What was taken away and added, word by word."""
        return word_difference(self.before, self.after)


@dataclass(frozen=True)
class Step:
    """What somebody did to a record in one unit of work.

    :ivar number: of the change in the history
    :ivar action: ``created``, ``changed`` or ``deleted``; ``erased`` where somebody's name was taken out of it all
    """

    number: int
    at: datetime
    by: str
    action: str
    fields: tuple[FieldChange, ...]


def history_of(
    session: Session,
    principal: Principal,
    *,
    home: Consortium,
    kind: type[Record],
    key: str,
    before: int | None = None,
) -> tuple[Step, ...]:
    """Tell the steps of the record ``key``, the latest first, also where it has been removed since.

    :param before: number of a step; only earlier ones are told
    :raises NotFound: if there never was one that ``principal`` may see the history of
    """
    number = session.scalar(_numbers(principal, home, kind).where(Change.key == key).limit(1))
    if number is None:
        raise NotFound(_("There is no “{key}” here.").fill(key=key[:80]))
    query = _changes(principal, home, kind).where(Change.entity_id == number)
    if before is not None:
        query = query.where(Change.id < before)
    columns = {column.machine_name: column for column in form_of(kind, home.tags)} if sheet_of(kind) else {}
    found = session.scalars(query.order_by(Change.id.desc()).limit(PAGE))
    return tuple(_step(change, kind, columns) for change in found)


def latest_step(
    session: Session, principal: Principal, *, home: Consortium, kind: type[Record], key: str
) -> tuple[str, datetime] | None:
    """Tell who changed the record ``key`` last, and when; nothing of one that ``principal`` may not see."""
    own: Any = kind
    is_home = own.id == home.id if kind is Consortium else own.consortium_id == home.id
    seen = select(own.id).where(is_home, own.key == key, visible(principal, kind))
    query = select(Change.by, Change.at).where(Change.consortium_id == home.id, Change.entity == kind.__tablename__)
    found = session.execute(query.where(Change.entity_id.in_(seen)).order_by(Change.id.desc()).limit(1)).first()
    return (found.by, found.at) if found else None


def restore(
    session: Session,
    principal: Principal,
    *,
    home: Consortium,
    kind: type[Record],
    number: int,
    names: tuple[str, ...] = (),
) -> Saved:
    """Let a record say again what it said before the step ``number``; a removed one is there again.

    :param names: the fields to bring back, by their machine names; all that the step changed unless told otherwise
    :raises NotFound: if there is no such step
    :raises NotPermitted: if ``principal`` may not change the record
    :raises FormRefused: if what it said before cannot be kept any more, with the reason at the field
    """
    change = session.scalar(_changes(principal, home, kind).where(Change.id == number))
    if change is None:
        raise NotFound(_("There is no such step in the history."))
    columns = {column.machine_name: column for column in form_of(kind, home.tags)}
    told = _fields(change, kind, columns)
    said = {each.name: each.before for each in told if each.column and (not names or each.name in names)}
    if not said:
        raise FormRefused([_("What was changed there cannot be brought back by itself.")])
    if change.action == "deleted":
        return save_record(session, principal, home=home, kind=kind, key="", said={**said, "key": change.key})
    key = _present_key(session, kind, change)
    return save_record(session, principal, home=home, kind=kind, key=key, said=said)


def _present_key(session: Session, kind: type[Record], change: Change) -> str:
    """Tell what the record is called now, for a key that is made of fields follows them."""
    key = session.scalar(select(kind.key).where(kind.id == change.entity_id))
    if key is None:
        raise NotFound(_("“{key}” has been removed. Bring it back first.").fill(key=change.key))
    return key


def _changes(principal: Principal, home: Consortium, kind: type[Record]) -> Any:
    own = (Change.consortium_id == home.id, Change.entity == kind.__tablename__, visible(principal, Change))
    return select(Change).where(*own)


def _numbers(principal: Principal, home: Consortium, kind: type[Record]) -> Any:
    own = (Change.consortium_id == home.id, Change.entity == kind.__tablename__, visible(principal, Change))
    return select(Change.entity_id).where(*own).order_by(Change.id.desc())


def _step(change: Change, kind: type[Record], columns: Mapping[str, Column]) -> Step:
    return Step(change.id, change.at, change.by, change.action, tuple(_fields(change, kind, columns)))


def _fields(change: Change, kind: type[Record], columns: Mapping[str, Column]) -> Iterator[FieldChange]:
    said = {} if change.action == ERASED else change.values  # which tells of digests, not of fields
    for field, (before, after) in said.items():
        if field in kind.texts:
            yield from _languages(field, _words(before), _words(after), columns)
        elif field == "identifiers":
            for name in sorted({*(before or {}), *(after or {})}):
                own = f"identifier.{name}"
                yield FieldChange(own, columns.get(own), (before or {}).get(name, ""), (after or {}).get(name, ""))
        else:
            name = "partners" if field == "participations" else field
            column = columns.get(name)
            yield FieldChange(name, column, _plain(before, column), _plain(after, column))


def _languages(
    field: str, before: Mapping[str, str], after: Mapping[str, str], columns: Mapping[str, Column]
) -> Iterator[FieldChange]:
    for tag in dict.fromkeys((*before, *after)):
        if before.get(tag, "") != after.get(tag, ""):
            name = f"{field}.{tag}"
            yield FieldChange(name, columns.get(name), before.get(tag, ""), after.get(tag, ""))


def _words(text: Any) -> dict[str, str]:
    return {tag: version["words"] for tag, version in (text or {}).get("versions", {}).items()}


def _plain(value: Any, column: Column | None) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    if column and column.kind is Kind.MEASURE:
        return format(Decimal(str(value)), f".{MEASURE_DECIMALS}f")  # 1.234 could be read in two ways
    return str(value)


#: how a step is told, by what it did
ACTIONS: Mapping[str, Message] = {
    "created": _("Entered by {name}"),
    "changed": _("Changed by {name}"),
    "deleted": _("Removed by {name}"),
    ERASED: _("A person’s name taken out by {name}"),
}
