"""The outbox: letters that are written, and what became of each."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import Text as LongString
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.models.base import Base
from consortium.models.columns import Code, Id, Name
from consortium.models.person import Person
from consortium.models.sub_project import SubProject

#: stands in the words of a letter where its secret comes; no other words have this sign
SECRET_PLACE = "\ufffc"  # noqa: S105  # a sign that says where, not what


class LetterState(StrEnum):
    """How far a letter has come; from ``sent`` on nothing happens to it unless somebody asks for it."""

    QUEUED = "queued"
    SENDING = "sending"
    FAILED = "failed"
    SENT = "sent"
    DEAD = "dead"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Letter(Base):
    """A letter to one recipient; it is no record, because what happens to it is its own history.

    ``secret`` is what only the recipient may read, such as a one-time link. It is kept apart from the words and blanked
    as soon as the letter is sent or given up: an encrypted one would be as safe as a key that lies beside it, and would
    stay in every backup.

    :ivar person: the recipient, where it is a person of the consortium; must still be able to read of ``sub_project``
    :ivar about: what the letter is about, in codes, so that nobody is told the same twice
    :ivar message_id: fixed when the letter is written, and the same on every try
    :ivar is_repeatable: tells whether a second copy is better than none, after a crash while it was sent
    :ivar next_try: when it is due; while it is sent, until when whoever sends it has it
    :ivar expires: the last day on which it is worth sending
    :ivar error: what the server said
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("consortium_id", "key"),
        UniqueConstraint("message_id"),
        Index("ix_letter_due", "state", "next_try"),
        Index("ix_letter_person", "person_id", "kind"),
    )

    id: Mapped[Id]
    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"))
    key: Mapped[Code]
    kind: Mapped[Code]
    address: Mapped[str] = mapped_column(String(254))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), default=None)
    sub_project_id: Mapped[int | None] = mapped_column(ForeignKey("sub_project.id", ondelete="SET NULL"), default=None)
    language: Mapped[Code]
    subject: Mapped[Name]
    body: Mapped[str] = mapped_column(LongString)
    secret: Mapped[str] = mapped_column(LongString, default="")
    about: Mapped[list[str]] = mapped_column(JSON, default=list)
    message_id: Mapped[str] = mapped_column(String(330))
    is_repeatable: Mapped[bool]
    state: Mapped[Code] = mapped_column(default=LetterState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    next_try: Mapped[datetime]
    queued_at: Mapped[datetime]
    queued_by: Mapped[Name]
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    expires: Mapped[date | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(LongString, default="")

    person: Mapped[Person | None] = relationship()
    sub_project: Mapped[SubProject | None] = relationship()

    @property
    def words(self) -> str:
        """What the recipient reads, the secret included."""
        return self.body.replace(SECRET_PLACE, self.secret)

    @property
    def is_whole(self) -> bool:
        """Tell whether it can still be sent: its secret, if it had one, is still known."""
        return bool(self.secret) or SECRET_PLACE not in self.body
