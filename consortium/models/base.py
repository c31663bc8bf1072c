"""What all tables share."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Date, ForeignKey, MetaData, String, Table, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from consortium.models.columns import Id, Moment, TextColumn
from consortium.texts import Text

if TYPE_CHECKING:
    from consortium.models.consortium import Consortium


class Base(DeclarativeBase):
    """The tables of the house; constraints are named, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {Text: TextColumn, datetime: Moment, date: Date, str: String(200)}


class Record(Base):
    """A row that people edit: it has a stable key, a version, and a history.

    :cvar texts: its texts
    :cvar names: its plain fields that are searched as texts are, such as a person's name
    :cvar sorted_by: the text or name by which readers look it up in lists, which is then indexed in every language
    :cvar collections: relations whose keys belong to its history
    """

    __abstract__ = True
    texts: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[tuple[str, ...]] = ()
    sorted_by: ClassVar[str] = ""
    collections: ClassVar[tuple[str, ...]] = ()

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column()

    def __init_subclass__(cls, **others: Any) -> None:
        """Never use the number of a deleted row again: the history tells records apart by it."""
        super().__init_subclass__(**others)
        if isinstance(table := cls.__dict__.get("__table__"), Table):
            table.dialect_kwargs["sqlite_autoincrement"] = True

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  # SQLAlchemy calls it on the class
        """Count the versions, so that two people cannot overwrite each other unseen."""
        return {"version_id_col": cls.__table__.c.version}


class Member(Record):
    """A record that belongs to one consortium."""

    __abstract__ = True

    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"))

    @declared_attr
    def consortium(cls) -> Mapped["Consortium"]:  # noqa: N805  # SQLAlchemy calls it on the class
        """Refer to the consortium that it belongs to."""
        return relationship("Consortium")

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805  # SQLAlchemy calls it on the class
        """Make the key unique within the consortium."""
        return (UniqueConstraint("consortium_id", "key"),)
