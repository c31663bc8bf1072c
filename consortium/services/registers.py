"""Registers of codes: what a code stands for on a day, and what became of it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.i18n.message import Message, _, listed
from consortium.models import Consortium, RegisterEntry
from consortium.plugins import front_desk
from consortium.services.policy import Principal, visible


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a register, and the days on which it holds.

    :ivar successors: the codes that took its place
    """

    kind: str
    code: str
    name: str
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()

    def is_valid(self, day: date) -> bool:
        """Tell whether the code holds on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    @property
    def called(self) -> str:
        """The code and what it stands for."""
        return f"{self.code} {self.name}"


@dataclass(frozen=True)
class Register:
    """What the imported registers say; of kinds of which none was imported it says nothing.

    :ivar codes: by kind and code, in the order in which they held
    """

    codes: Mapping[tuple[str, str], tuple[Code, ...]] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of which there is a register."""
        return frozenset(kind for kind, _code in self.codes)

    def of(self, kind: str, code: str, day: date) -> Code | None:
        """Find what a code stands for on ``day``; where it does not hold then, what it stood for last, or will."""
        known = self.codes.get((kind, code), ())
        begun = [each for each in known if each.start is None or each.start <= day]
        return next((each for each in known if each.is_valid(day)), None) or (
            begun[-1] if begun else next(iter(known), None)
        )

    def heirs(self, old: Code, day: date) -> tuple[Code, ...]:
        """Follow what took the place of ``old`` to what holds on ``day``, or held last."""
        return tuple({each.called: each for each in self._heirs(old, day, {old.code})}.values())

    def _heirs(self, old: Code, day: date, seen: set[str]) -> Iterator[Code]:
        for code in old.successors:
            heir = self.of(old.kind, code, day)
            if heir is None or code in seen:
                continue
            seen.add(code)
            later = () if heir.is_valid(day) else tuple(self._heirs(heir, day, seen))
            yield from later or (heir,)

    def doubt(self, kind: str, code: str, day: date) -> Message | None:
        """Say what is doubtful about a code on ``day``; nothing where it holds, or where there is no such register."""
        if kind not in self.kinds:
            return None
        found = self.of(kind, code, day)
        if found is None:
            told = _("“{code}” does not stand in the register of “{kind}”. Check the number.")
            return told.fill(code=code, kind=kind_name(kind))
        if found.is_valid(day):
            return None
        if found.end is None or found.end >= day:
            return _("“{called}” holds from {day} on. Check the number.").fill(called=found.called, day=found.start)
        return _ended(found, self.heirs(found, day))


def _ended(old: Code, heirs: tuple[Code, ...]) -> Message:
    ended = _("“{called}” ended on {day}.").fill(called=old.called, day=old.end)
    if not heirs:
        return _("{ended} Check the number.").fill(ended=ended)
    names = tuple(each.called for each in heirs)
    if len(heirs) > 1:
        return _("{ended} It was divided between {heirs}. Choose one of them.").fill(ended=ended, heirs=listed(names))
    (heir,) = heirs
    if heir.start is None:
        return _("{ended} {heir} took over. Change the number.").fill(ended=ended, heir=heir.called)
    taken = _("{ended} {heir} took over on {day}. Change the number.")
    return taken.fill(ended=ended, heir=heir.called, day=heir.start)


def kind_name(kind: str) -> Message | str:
    """Say what a kind of identifier is called; its key where no plugin brings it any more."""
    known = front_desk().identifier_kinds.get(kind)
    return known.title if known else kind


def entry_of(
    session: Session, principal: Principal, *, consortium: Consortium, kind: str, code: str, day: date
) -> RegisterEntry | None:
    """Find the entry of a code that holds on ``day``; nothing where the register has none."""
    query = _own(principal, consortium).where(
        RegisterEntry.kind == kind,
        RegisterEntry.code == code,
        or_(RegisterEntry.start.is_(None), RegisterEntry.start <= day),
        or_(RegisterEntry.end.is_(None), RegisterEntry.end >= day),
    )
    return session.scalars(query.order_by(RegisterEntry.start.desc(), RegisterEntry.id).limit(1)).first()


def entries_of(
    session: Session, principal: Principal, *, consortium: Consortium, kind: str, code: str
) -> tuple[RegisterEntry, ...]:
    """List all that a code has stood for, the earliest first."""
    query = _own(principal, consortium).where(RegisterEntry.kind == kind, RegisterEntry.code == code)
    return tuple(session.scalars(query.order_by(func.coalesce(RegisterEntry.start, date.min), RegisterEntry.id)))


def register_of(session: Session, principal: Principal, *, consortium: Consortium, kinds: Collection[str]) -> Register:
    """Read the registers of ``kinds``; in one query, and in none where there are no kinds."""
    if not kinds:
        return Register()
    columns = (
        RegisterEntry.kind,
        RegisterEntry.code,
        RegisterEntry.name,
        RegisterEntry.start,
        RegisterEntry.end,
        RegisterEntry.successors,
    )
    own = (RegisterEntry.consortium_id == consortium.id, visible(principal, RegisterEntry))
    found: dict[tuple[str, str], list[Code]] = defaultdict(list)
    for row in session.execute(select(*columns).where(*own, RegisterEntry.kind.in_(sorted(kinds)))):
        code = Code(row.kind, row.code, row.name, row.start, row.end, parted(row.successors))
        found[code.kind, code.code].append(code)
    return Register({key: tuple(sorted(codes, key=_begins)) for key, codes in found.items()})


def doubts(register: Register, identifiers: Mapping[str, str] | None, day: date) -> Iterator[tuple[str, Message]]:
    """Walk what is doubtful about the identifiers of an organisation: the kind, and what."""
    for kind, code in (identifiers or {}).items():
        if doubt := register.doubt(kind, code, day):
            yield kind, doubt


def check_entry(entry: RegisterEntry) -> None:
    """Insist that an entry is of a kind that there is.

    :raises InvalidValue: if no plugin knows the kind
    """
    known = front_desk().identifier_kinds
    if entry.kind and entry.kind not in known:
        told = _("No plugin knows identifiers of the kind “{kind}”. Known kinds: {known}.")
        raise InvalidValue(told.fill(kind=entry.kind[:80], known=", ".join(sorted(known)) or "–"), "kind")


def parted(codes: str) -> tuple[str, ...]:
    """Take codes apart that stand in one cell."""
    return tuple(filter(None, map(str.strip, codes.replace(",", ";").split(";"))))


def _own(principal: Principal, consortium: Consortium) -> Select[RegisterEntry]:
    return select(RegisterEntry).where(RegisterEntry.consortium_id == consortium.id, visible(principal, RegisterEntry))


def _begins(code: Code) -> date:
    return code.start or date.min
