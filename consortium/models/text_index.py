"""The text index: the words of every text, made ready for search, sorting and the translators' queue."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy import Text as LongString
from sqlalchemy.orm import Mapped, mapped_column

from consortium.models.base import Base
from consortium.models.columns import Code, Id
from consortium.models.dialect import sort_key_type


class TextIndex(Base):
    """One text or name of one record in one language; a function of the record, never written by hand.

    A name is the same in all languages: it has its stems in the first one, and a sort key in each.

    :ivar stems: the stems of the words, sorted and once each, with spaces around; and “=” where the record is called so
    :ivar sort_key: puts the words where a reader of the language looks for them
    :ivar state: how far the version can be trusted; for a missing one, ``words`` are what is read instead
    """

    __tablename__ = "text_index"
    __table_args__ = (
        UniqueConstraint("entity", "entity_id", "field", "language"),
        Index("ix_text_index_order", "consortium_id", "entity", "field", "language", "sort_key", "entity_id"),
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
