"""Kinds of columns, by name."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Dialect, String, TypeDecorator
from sqlalchemy import Text as LongString
from sqlalchemy.orm import mapped_column

from consortium.models.dialect import dump, keeps_json, words_type
from consortium.texts import Text

#: the number of a row in its table
Id = Annotated[int, mapped_column(primary_key=True)]

#: a code of ours, as the term base lists it
Code = Annotated[str, mapped_column(String(40))]

#: a name that is the same in all languages
Name = Annotated[str, mapped_column(String(200))]


class TextColumn(TypeDecorator[Text]):
    """A text in its languages, kept as one JSON value."""

    impl = LongString
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose the column type of the database."""
        return words_type(dialect)

    def process_bind_param(self, value: Text | None, dialect: Dialect) -> Any:
        """Turn a text into JSON."""
        if value is None:
            return None
        return value.to_json() if keeps_json(dialect) else dump(value.to_json())

    def process_result_value(self, value: Any, dialect: Dialect) -> Text | None:
        """Turn JSON into a text."""
        if value is None:
            return None
        return Text.from_raw(value) if isinstance(value, str) else Text.from_json(value)


class Moment(TypeDecorator[datetime]):
    """A moment, kept and given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the moment to UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that it is UTC, which SQLite forgets."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value and value.astimezone(UTC)


class Amount(TypeDecorator[Decimal]):
    """An amount of money in whole units, kept as a whole number of hundredths."""

    impl = BigInteger
    cache_ok = True
    parts = 100

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Count the parts."""
        return None if value is None else int(value * self.parts)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Turn the parts into units."""
        return None if value is None else Decimal(value) / self.parts


class Measure(Amount):
    """What an indicator measures, kept as a whole number of ten-thousandths."""

    cache_ok = True
    parts = 10_000
