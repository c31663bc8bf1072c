"""What is kept of accounts: the admin's own tables, apart from the records of consortia."""

from datetime import datetime
from typing import Any, ClassVar

from flask_security import UserMixin
from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, MetaData, String, UniqueConstraint, false
from sqlalchemy import Text as LongString
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from consortium.models import Base as Records
from consortium.models.columns import Code, Id, Moment, Name


class Base(DeclarativeBase):
    """The tables of accounts; they refer to no record by a foreign key, so that each side can grow by itself."""

    metadata = MetaData(naming_convention=Records.metadata.naming_convention)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment}


class Account(Base, UserMixin):
    """Lets somebody sign in, who is then staff or auditor, or what a person's capacities make them.

    :ivar email: the address as it is looked up and unique: NFKC and without case
    :ivar address: the address as it was given, to which alone letters go
    :ivar password: its hash; ``None`` until the invitation is taken up
    :ivar fs_uniquifier: stands in every sign-in and every link; whoever changes it ends them all
    :ivar role: administrator, staff or auditor; empty for whoever acts by the capacities of ``person_id``
    :ivar tf_totp_secret: of the app that makes codes, encrypted
    :ivar tf_counter: of the last code that was taken, which is not taken again
    :ivar recovery_codes: digests of those not used yet
    :ivar handle: by which the passkeys know the account
    """

    __tablename__ = "account"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    address: Mapped[str] = mapped_column(String(254))
    name: Mapped[Name]
    password: Mapped[str | None] = mapped_column(String(255), default=None)
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[Code]
    role: Mapped[Code] = mapped_column(default="")
    consortium_id: Mapped[int | None] = mapped_column(default=None)
    person_id: Mapped[int | None] = mapped_column(default=None, index=True)
    tf_totp_secret: Mapped[str | None] = mapped_column(LongString, default=None)
    tf_counter: Mapped[int | None] = mapped_column(BigInteger, default=None)
    recovery_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    handle: Mapped[bytes] = mapped_column(LargeBinary(64))
    made_at: Mapped[datetime]
    password_set_at: Mapped[datetime | None] = mapped_column(default=None)

    passkeys: Mapped[list["Passkey"]] = relationship(back_populates="account", order_by="Passkey.id")


class Passkey(Base):
    """A passkey of an account: what its device told when it was added.

    :ivar name: what its owner calls it
    :ivar sign_count: how often the device says it has been used; one that goes back is a copy
    """

    __tablename__ = "account_passkey"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    credential: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[Name]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)

    account: Mapped[Account] = relationship(back_populates="passkeys")


class SignIn(Base):
    """Somebody who is signed in, on one device; the browser holds the token, and only its digest is kept here.

    :ivar uniquifier: the account's when this began; with another one it is over
    :ivar waits: tells that the password was right, and the second factor is still to come
    :ivar confirmed: when whoever sits there last proved who they are
    :ivar is_strong: tells that another service has let them in, and with a second factor
    """

    __tablename__ = "account_sign_in"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    uniquifier: Mapped[str] = mapped_column(String(64))
    waits: Mapped[bool]
    agent: Mapped[Name]
    begun: Mapped[datetime]
    seen: Mapped[datetime]
    confirmed: Mapped[datetime]
    ended: Mapped[datetime | None] = mapped_column(default=None)
    is_strong: Mapped[bool] = mapped_column(default=False, server_default=false())

    account: Mapped[Account] = relationship()


class Identity(Base):
    """Tells whose account opens to somebody whom another service knows; one of its subjects an account.

    :ivar issuer: the address of the service
    :ivar subject: by which it knows them, whatever their address becomes
    """

    __tablename__ = "account_identity"
    __table_args__ = (
        UniqueConstraint("issuer", "subject", name="uq_account_identity_subject"),
        UniqueConstraint("account_id", "issuer", name="uq_account_identity_account"),
    )

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    issuer: Mapped[str] = mapped_column(String(500))
    subject: Mapped[str] = mapped_column(String(255))
    made_at: Mapped[datetime]


class Receipt(Base):
    """A form that was kept, so that it is not kept again; it is known by the digest of the token that was in it.

    :ivar address: where whoever sent it was led
    """

    __tablename__ = "form_receipt"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(String(2000), default="")
