"""The text index: the words of every text, made ready for search, sorting and the translators' queue."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy import Text as LongString
from sqlalchemy.orm import Mapped, mapped_column

from consortium.models.base import Base
from consortium.models.columns import Code
from consortium.models.dialect import sort_key_type


class TextIndex(Base):
    """One text of one record in one language; a function of the record, never written by hand.

    :ivar stems: the stems of the words, sorted and once each, with spaces around
    :ivar sort_key: puts the words where a reader of the language looks for them
    :ivar state: how far the version can be trusted; for a missing one, ``words`` are what is read instead
    """

    __tablename__ = "text_index"
    __table_args__ = (Index("ix_text_index_order", "consortium_id", "entity", "field", "language", "sort_key"),)

    entity: Mapped[Code] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[Code] = mapped_column(primary_key=True)
    language: Mapped[Code] = mapped_column(primary_key=True)
    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"))
    words: Mapped[str] = mapped_column(LongString)
    stems: Mapped[str] = mapped_column(LongString)
    sort_key: Mapped[str] = mapped_column(sort_key_type())
    state: Mapped[Code]
