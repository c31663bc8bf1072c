"""What every kind of record says, read off the models: a model that is added is exported without a word here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnDefault, Date, Integer, String
from sqlalchemy.orm import ColumnProperty, RelationshipProperty
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import JSON

from consortium.models import Base, Consortium, Record, Snapshot
from consortium.models.columns import Amount, Measure, TextColumn
from consortium.models.telling import GIVEN, UNTOLD
from consortium.services.importing.keeping import MODELS
from consortium.services.importing.layout import Column, Kind, Sheet
from consortium.services.importing.sheets import LAYOUT

#: belong to a backup: what was kept of a day cannot be made from records again
KEPT_APART = frozenset({Snapshot})

#: what columns hold, by their type; the narrower one first
_HELD: tuple[tuple[type, Kind], ...] = (
    (TextColumn, Kind.WORDS),
    (Measure, Kind.MEASURE),
    (Amount, Kind.NUMBER),
    (Date, Kind.DATE),
    (Integer, Kind.WHOLE),
    (String, Kind.PLAIN),
    (JSON, Kind.IDENTIFIER),
)


@dataclass(frozen=True)
class Field:
    """A field of a record.

    :ivar group: of codes in the term base, for a code
    :ivar default: what it holds where a new record does not say
    :ivar is_required: tells whether a new record must say it
    :ivar is_nullable: tells whether it can hold nothing
    :ivar relation: the relation, for a reference or a collection
    """

    name: str
    kind: Kind
    group: str = ""
    default: Any = None
    is_required: bool = False
    is_nullable: bool = False
    relation: RelationshipProperty[Any] | None = None

    @property
    def target(self) -> type[Record]:
        """The kind of record that a reference or a collection names."""
        relation = self.relation
        if relation is None:
            raise TypeError(f"{self.name} refers to nothing")
        found: type[Any] = relation.mapper.class_
        return found if issubclass(found, Record) else part_reference(relation).mapper.class_

    @property
    def number_column(self) -> Any:
        """The column that holds the number of what a reference names."""
        (column,) = self.relation.local_columns  # type: ignore[union-attr]  # asked of references alone
        return column

    @property
    def number_name(self) -> str:
        """What the column with that number is called in its record."""
        return self.relation.parent.get_property_by_column(self.number_column).key  # type: ignore[union-attr]  # likewise


@cache
def kinds() -> tuple[type[Record], ...]:
    """List the kinds of records that are exported: in the order of the workbook, then those that have no sheet."""
    own = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)}
    rest = [own[table] for table in Base.metadata.sorted_tables if table in own]
    found: dict[type[Record], None] = dict.fromkeys(kind for kind in rest if sheet_of(kind))
    laid = sorted(found, key=lambda kind: LAYOUT.index(_sheets()[kind]))
    return (*laid, *(kind for kind in rest if kind not in found and kind not in KEPT_APART))


@cache
def fields(kind: type[Record]) -> tuple[Field, ...]:
    """List the fields of ``kind``: what it refers to, what it says, what it holds."""
    relations = [each for each in kind.__mapper__.relationships if each.key not in GIVEN]
    references = [_reference(each) for each in relations if each.direction.name == "MANYTOONE"]
    columns = [each for each in kind.__mapper__.column_attrs if not each.columns[0].foreign_keys]
    collections = [each for each in relations if each.key in kind.collections]
    return (
        *references,
        *(_column(kind, each) for each in columns if each.key not in {"key", *UNTOLD}),
        *(Field(each.key, Kind.MANY, is_required=each.secondary is None, relation=each) for each in collections),
    )


def sheet_of(kind: type[Record]) -> Sheet | None:
    """Find the sheet of a workbook that holds records of ``kind``."""
    return _sheets().get(kind)


def part_reference(relation: RelationshipProperty[Any]) -> RelationshipProperty[Any]:
    """Find the relation by which the parts of a collection name their records, such as the partners of a sub-project."""
    return next(each for each in relation.mapper.relationships if each.direction.name == "MANYTOONE")


@cache
def _sheets() -> Mapping[type[Record], Sheet]:
    made: dict[str, type[Record]] = {**MODELS, "consortium": Consortium}
    return {made[sheet.name]: sheet for sheet in LAYOUT if sheet.name in made}


def _laid(kind: type[Record], name: str) -> Column | None:
    sheet = sheet_of(kind)
    return next((each for each in sheet.columns if each.name == name), None) if sheet else None


def _reference(relation: RelationshipProperty[Any]) -> Field:
    (column,) = relation.local_columns
    is_free = bool(column.nullable)
    return Field(relation.key, Kind.ONE, is_required=not is_free, is_nullable=is_free, relation=relation)


def _column(kind: type[Record], attribute: ColumnProperty[Any]) -> Field:
    (column,) = attribute.columns
    held = next((held for sql, held in _HELD if isinstance(column.type, sql)), None)
    if held is None:
        raise TypeError(f"say in {__name__} how {kind.__name__}.{attribute.key} is exported")
    laid = _laid(kind, attribute.key) if held is Kind.PLAIN else None
    default = column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None
    is_made = isinstance(column.default, ColumnDefault) or column.nullable or held is Kind.WORDS
    return Field(
        attribute.key,
        laid.kind if laid else held,
        group=laid.group if laid else "",
        default={} if held is Kind.IDENTIFIER else default,
        is_required=not is_made,
        is_nullable=bool(column.nullable),
    )
