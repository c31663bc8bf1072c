"""Lays a line over a record: what it names replaces what the record says."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from consortium.errors import ConsortiumError
from consortium.i18n.message import Message, _
from consortium.models import Consortium, Record, StatusUpdate, SubProject
from consortium.services.exporting.fields import Field, fields, part_reference, sheet_of
from consortium.services.exporting.reading import Line
from consortium.services.importing.layout import Kind
from consortium.services.importing.rows import Row
from consortium.services.importing.rules import check_kept, check_row
from consortium.services.sub_projects import check_partners
from consortium.services.texts import check_frozen
from consortium.texts import Text

if TYPE_CHECKING:
    from consortium.services.exporting.adopting import Adoption

#: stands for what a record said that is asked only where it changes
UNREAD = object()


def lay(record: Any, line: Line, adoption: "Adoption", *, is_new: bool) -> bool:
    """Lay ``line`` over ``record`` and tell whether that changed anything; what cannot be laid is told."""
    was_frozen = isinstance(record, StatusUpdate) and not is_new and record.is_frozen
    if is_new:
        _begin(record, line, adoption)
    changed = False
    for field in sorted(fields(line.kind), key=lambda field: field.name == "workflow"):  # it decides about the others
        if field.name not in line.values:
            continue
        try:
            before = _replace(record, field, line.values[field.name], adoption)
            if before is not UNREAD and not is_new:
                changed = True
                check_kept(record, field.name, before, was_frozen=was_frozen)
        except ConsortiumError as fault:
            adoption.problems.append(line.problem(fault.message, field.name))
    sheet = sheet_of(line.kind)
    if sheet and (is_new or changed) and line.named == set(line.values):
        try:
            check_row(record, Row(sheet, line.values, {}, {}))
        except ConsortiumError as fault:
            adoption.problems.append(line.problem(fault.message, getattr(fault, "field", "")))
    return is_new or changed


def _begin(record: Any, line: Line, adoption: "Adoption") -> None:
    if not isinstance(record, Consortium):
        record.consortium = adoption.home
        record.consortium_id = adoption.home.id  # for the policy, which asks before anything is flushed
    for field in fields(line.kind):
        if field.kind is Kind.WORDS:
            setattr(record, field.name, Text())
        elif field.default is not None:
            setattr(record, field.name, field.default)
        if field.is_required and field.name not in line.named:
            adoption.problems.append(line.problem(_missing(field)))


def _missing(field: Field) -> Message:
    return _("“{field}” is missing. A new record must say it.").fill(field=field.name)


def _replace(record: Record, field: Field, said: Any, adoption: "Adoption") -> Any:
    """Let ``field`` say what the line says, and return what it said before; ``UNREAD`` if that is the same."""
    if field.kind is Kind.MANY:
        return _replace_all(record, field, [adoption.find(field.target, key) for key in said])
    value = adoption.find(field.target, said) if field.kind is Kind.ONE and said is not None else said
    if field.kind is Kind.ONE and _names(record, field, value):
        return UNREAD
    before = getattr(record, field.name)
    if before == value:
        return UNREAD
    if field.kind is Kind.WORDS:
        check_frozen(record, before, value)
    setattr(record, field.name, value)
    return before


def _names(record: Record, field: Field, value: Any) -> bool:
    """Tell whether a kept record names ``value`` already, without reading what it names."""
    if record.id is None:
        return False
    number = getattr(record, field.number_name)
    return bool(number is None if value is None else value.id is not None and number == value.id)


def _replace_all(record: Any, field: Field, found: Sequence[Any]) -> Any:
    relation: Any = field.relation
    if isinstance(record, SubProject):
        check_partners(found)
    if relation.secondary is not None:
        before, after = list(getattr(record, field.name)), sorted(found, key=lambda each: str(each.key))
        if sorted(before, key=lambda each: str(each.key)) == after:
            return UNREAD
        setattr(record, field.name, after)
        return before
    reference = part_reference(relation)
    (place,) = relation.order_by
    before = list(getattr(record, field.name))
    if [getattr(part, reference.key) for part in before] == list(found):
        return UNREAD
    part, where = relation.mapper.class_, relation.mapper.get_property_by_column(place).key
    setattr(record, field.name, [part(**{reference.key: each, where: number}) for number, each in enumerate(found)])
    return before
