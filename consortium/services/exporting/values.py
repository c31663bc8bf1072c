"""Turns what stands in a line into values, each checked as elsewhere."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from consortium.errors import InvalidValue
from consortium.i18n.language import normal_tag
from consortium.i18n.message import Message, _
from consortium.services.codes import (
    LONGEST_MADE,
    MOST_MONEY,
    known_key,
    known_languages,
    known_measure,
    known_plain,
    known_whole,
)
from consortium.services.exporting.fields import Field
from consortium.services.exporting.provenance import read_text
from consortium.services.importing.layout import Kind
from consortium.services.partners import checked_identifiers
from consortium.texts import Text, terms

#: what stands where a value stands, as somebody who reads a refusal would call it
_CALLED: Mapping[Kind, Message] = {
    Kind.PLAIN: _("words in quotation marks"),
    Kind.CODE: _("a code in quotation marks"),
    Kind.LANGUAGE: _("a language tag in quotation marks"),
    Kind.LANGUAGES: _("a list of language tags"),
    Kind.DATE: _('a day such as "2026-06-15"'),
    Kind.NUMBER: _('a number in quotation marks, such as "1250000.5"'),
    Kind.MEASURE: _('a number in quotation marks, such as "1250000.5"'),
    Kind.WHOLE: _("a whole number without quotation marks"),
    Kind.ONE: _("a key in quotation marks"),
    Kind.MANY: _("a list of keys"),
    Kind.IDENTIFIER: _("an object with a number for each kind"),
}

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,16}(\.\d{1,8})?", re.ASCII)


def read_value(value: Any, field: Field) -> Any:
    """Read what stands in ``field``; references stay keys.

    :raises InvalidValue: if it is not what the field holds
    """
    if field.kind is Kind.WORDS:
        return Text() if value is None else read_text(value)
    if value is None and field.is_nullable:
        return None
    read = _READERS[field.kind](value, field)
    if read is None:
        told = _("Here stands {found}, but {expected} belongs here.")
        raise InvalidValue(told.fill(found=shown(value), expected=_CALLED[field.kind]))
    return read


def shown(value: Any) -> str:
    """Show a value in a refusal: as JSON, in one short line that any screen can show."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()[:80]


def _read_day(value: Any, _field: Field) -> date | None:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as fault:
        raise InvalidValue(
            _("There is no day “{words}” in the calendar. Correct the day or the month.").fill(words=value)
        ) from fault


def _read_number(value: Any, field: Field) -> Decimal | None:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return None
    number = known_measure(Decimal(value))
    if field.kind is Kind.NUMBER and (number != round(number, 2) or abs(number) > MOST_MONEY):
        raise InvalidValue(_("{number} cannot be kept exactly. Round it to at most two decimals.").fill(number=value))
    return number


def _read_whole(value: Any, _field: Field) -> int | None:
    return known_whole(Decimal(value)) if isinstance(value, int) and not isinstance(value, bool) else None


def _read_code(value: Any, field: Field) -> str | None:
    if not isinstance(value, str):
        return None
    if value not in terms(field.group):
        told = _("{found} is none of the codes {known}. Write one of these.")
        raise InvalidValue(told.fill(found=shown(value), known=tuple(terms(field.group))))
    return value


def _strings(value: Any) -> list[str] | None:
    return value if isinstance(value, list) and all(isinstance(each, str) for each in value) else None


def _read_keys(value: Any, _field: Field) -> tuple[str, ...] | None:
    keys = _strings(value)
    if keys is None:
        return None
    read = tuple(known_key(key, longest=LONGEST_MADE) for key in keys)
    if len(set(read)) < len(read):
        raise InvalidValue(_("A key stands twice in this list. Remove the repetition."))
    return read


def _read_languages(value: Any, _field: Field) -> str | None:
    tags = _strings(value)
    return None if tags is None else known_languages(",".join(tags))


def _read_identifiers(value: Any, _field: Field) -> dict[str, str] | None:
    if not isinstance(value, dict) or _strings(list(value.values())) is None:
        return None
    return checked_identifiers(value)


def _words(read: Callable[[str], str]) -> Callable[[Any, Field], str | None]:
    return lambda value, _field: read(value) if isinstance(value, str) else None


_READERS: Mapping[Kind, Callable[[Any, Field], Any]] = {
    Kind.PLAIN: _words(known_plain),
    Kind.CODE: _read_code,
    Kind.LANGUAGE: _words(normal_tag),
    Kind.LANGUAGES: _read_languages,
    Kind.DATE: _read_day,
    Kind.NUMBER: _read_number,
    Kind.MEASURE: _read_number,
    Kind.WHOLE: _read_whole,
    Kind.ONE: _words(lambda value: known_key(value, longest=LONGEST_MADE)),
    Kind.MANY: _read_keys,
    Kind.IDENTIFIER: _read_identifiers,
}
