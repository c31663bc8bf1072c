"""The fields of a form, and what a record says in each of them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from consortium.errors import NotFound
from consortium.i18n.language import interface_language
from consortium.i18n.message import _
from consortium.models import Consortium, Indicator, IndicatorValue, Participation, Partner, Record, SubProject
from consortium.services.exporting.fields import sheet_of
from consortium.services.importing.layout import Column, Kind, Sheet
from consortium.services.importing.rows import MADE
from consortium.services.policy import Principal, visible
from consortium.texts import Text


def sheet_for(kind: type[Record]) -> Sheet:
    """Return the sheet whose columns are the fields of ``kind``."""
    sheet = sheet_of(kind)
    if sheet is None:
        raise TypeError(f"{kind.__name__} has no sheet, and so no form")
    return sheet


def form_of(kind: type[Record], tags: tuple[str, ...]) -> tuple[Column, ...]:
    """List the fields of a form for ``kind``, each text once a language of ``tags``.

    A key is left out where it is made of other fields.
    """
    sheet = sheet_for(kind)
    return tuple(column for column in sheet.spread(tags) if column.name != "key" or column.required)


class Fixed(dict[type[Record], frozenset[str]]):
    """For each kind, the fields that a record keeps for good: what it belongs to, and by what it is found again."""

    def __missing__(self, kind: type[Record]) -> frozenset[str]:
        """Read them off the sheet."""
        sheet = sheet_for(kind)
        parts = {column.name for column in sheet.columns if column.kind is Kind.ONE and column.required}
        self[kind] = frozenset({"key", *(parts & set(MADE.get(sheet.name, ())))})
        return self[kind]


FIXED = Fixed()


def load_record(session: Session, principal: Principal, *, home: Consortium, kind: type[Record], key: str) -> Any:
    """Load a record with all that its form shows and the policy asks for, in one query.

    :raises NotFound: if there is none that ``principal`` may see
    """
    found = session.scalars(_one(principal.unnamed, home.id, kind), {"key": key}).unique().one_or_none()
    if found is None:
        raise NotFound(_("There is no “{key}” here.").fill(key=key[:80]))
    return found


@lru_cache(maxsize=128)  # to write it takes longer than to send it
def _one(principal: Principal, home: int, kind: type[Record]) -> Select[Any]:
    own: Any = kind
    is_home = Consortium.id == home if kind is Consortium else own.consortium_id == home
    query = select(kind).where(is_home, own.key == bindparam("key"), visible(principal, kind))
    return query.options(*_with_all(kind))


def _with_all(kind: type[Record]) -> tuple[ORMOption, ...]:
    referred = [
        joinedload(getattr(kind, each.key))
        for each in kind.__mapper__.relationships
        if each.direction.name == "MANYTOONE" and each.key != "consortium"
    ]
    collected = [joinedload(getattr(kind, name)) for name in kind.collections if kind is not SubProject]
    if kind is SubProject:
        partners = joinedload(SubProject.participations).joinedload(Participation.partner)
        collected.append(partners.joinedload(Partner.organisation))
    if kind is IndicatorValue:
        referred.append(joinedload(IndicatorValue.indicator).joinedload(Indicator.sub_project))
    return (*referred, *collected)


def present(record: Any, columns: tuple[Column, ...], *, language: str = "en") -> dict[str, str]:
    """Say what ``record`` holds in each of ``columns``, as a control of a form holds it.

    Days are ISO 8601, numbers are in figures with the decimal sign of ``language``, references are keys, several of them
    with semicolons between them, codes are codes.
    """
    return {column.machine_name: _present(record, column, language) for column in columns}


def _present(record: Any, column: Column, language: str) -> str:
    if column.name == "source_language":
        texts = [getattr(record, name) for name in record.texts]
        return next((text.source for text in texts if text.source), "")
    if column.kind is Kind.WORDS:
        text: Text = getattr(record, column.name)
        return text.words(column.language) or ""
    if column.kind is Kind.IDENTIFIER:
        return str((record.identifiers or {}).get(column.group, ""))
    if column.name == "partners":
        return ";".join(part.partner.key for part in record.participations)
    value = getattr(record, column.name)
    return "" if value is None else _WRITTEN.get(column.kind, _plain)(value, language)


def _plain(value: Any, _language: str) -> str:
    return str(value)


def _day(value: date, _language: str) -> str:
    return value.isoformat()


def _number(value: Decimal, language: str) -> str:
    written = format(value.normalize(), "f")
    return written if interface_language(language) == "en" else written.replace(".", ",")


_WRITTEN: Mapping[Kind, Callable[[Any, str], str]] = {
    Kind.DATE: _day,
    Kind.NUMBER: _number,
    Kind.MEASURE: _number,
    Kind.ONE: lambda value, _language: str(value.key),
    Kind.MANY: lambda value, _language: ";".join(each.key for each in value),
}
