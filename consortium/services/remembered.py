"""Remembers what takes long to gather, until a record of the kinds that it is gathered from has changed.

The history tells that: whatever changes a record adds to it in the same unit, and each link of it names all before.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from consortium.models import Change, Record
from consortium.models.recording import READING

T = TypeVar("T")

#: so many things are remembered; the one that nobody has asked for the longest is forgotten
MOST = 64

#: a unit that reads sees one state of the history, and is asked for its end once
_MARK = "last_change"


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    number: int
    link: str


class Memory:
    """What was gathered, with the end of the history at that time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def recall(
        self,
        session: Session,
        key: Hashable,
        gather: Callable[[], T],
        *,
        of: Iterable[type[Record]] = (),
    ) -> T:
        """Return what ``gather`` gathers, from memory where nothing has changed since.

        :param key: all that it depends on beside the database; whoever may see other things needs another one
        :param of: the kinds of records that it is gathered from; any if none are named
        """
        mark = _mark(session)
        if mark is None:
            return gather()
        place = (cast(Engine, session.get_bind()).url, key)
        with self._lock:
            known = self._kept.get(place)
        if known is None or not _is_fresh(session, known, mark, tuple(each.__tablename__ for each in of)):
            known = _Kept(gather(), *mark)
        with self._lock:
            self._kept[place] = _Kept(known.value, *mark)
            self._kept.move_to_end(place)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return cast(T, known.value)


def can_remember(session: Session) -> bool:
    """Tell whether what is gathered in a unit will be remembered."""
    return _mark(session) is not None


def _mark(session: Session) -> tuple[int, str] | None:
    """Tell the end of the history; nothing while it is empty, or in a unit that may itself have changed something."""
    if not session.info.get(READING):
        return None
    if _MARK not in session.info:
        found = session.execute(select(Change.id, Change.link).order_by(Change.id.desc()).limit(1)).first()
        session.info[_MARK] = (found.id, found.link) if found else None
    mark: tuple[int, str] | None = session.info[_MARK]
    return mark


def _is_fresh(session: Session, known: _Kept, mark: tuple[int, str], names: tuple[str, ...]) -> bool:
    """Tell whether the history has gone on from where it was, and with nothing of these kinds since."""
    if (known.number, known.link) == mark:
        return True
    if not names:
        return False
    since = select(Change.entity, Change.link).where(Change.id == known.number)
    rows = session.execute(since).first()
    changed = select(Change.id).where(Change.id > known.number, Change.entity.in_(names)).limit(1)
    return rows is not None and rows.link == known.link and session.scalar(changed) is None


#: of this process
MEMORY = Memory()
