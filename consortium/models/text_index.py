"""The text index: the words of every text, made ready for search, sorting and the translators' queue."""

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column, text
from sqlalchemy import Text as LongString
from sqlalchemy.orm import Mapped, mapped_column

from consortium.models.base import Base
from consortium.models.columns import Code, Id
from consortium.models.dialect import sort_key_type

#: the states in which a text waits for somebody, as words: by bound values no database finds the index of these few
_WAITS = "state IN ('missing', 'outdated')"


class TextIndex(Base):
    """One text or name of one record in one language; a function of the record, never written by hand.

    A name is the same in all languages: it has its stems in the first one, and a sort key in each.

    :ivar stems: the stems of the words, sorted and once each, with spaces around; “=” before each of what a record is called
    :ivar sort_key: puts the words where a reader of the language looks for them
    :ivar state: how far the version can be trusted; for a missing one, ``words`` are what is read instead
    """

    __tablename__ = "text_index"
    __table_args__ = (
        UniqueConstraint("entity", "entity_id", "field", "language"),
        Index("ix_text_index_order", "consortium_id", "entity", "field", "language", "sort_key", "entity_id"),
        Index(
            "ix_text_index_waiting",
            *("consortium_id", "language", "entity", "entity_id"),
            sqlite_where=text(_WAITS),
            postgresql_where=text(_WAITS),
        ),
    )

    id: Mapped[Id]
    entity: Mapped[Code]
    entity_id: Mapped[int]
    field: Mapped[Code]
    language: Mapped[Code]
    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"))
    words: Mapped[str] = mapped_column(LongString)
    stems: Mapped[str] = mapped_column(LongString)
    sort_key: Mapped[str] = mapped_column(sort_key_type())
    state: Mapped[Code]

    @classmethod
    def waits(cls) -> ColumnElement[bool]:
        """Return the criterion for the texts that wait for somebody: missing and outdated ones."""
        return cls.state.in_([literal_column("'missing'"), literal_column("'outdated'")])
