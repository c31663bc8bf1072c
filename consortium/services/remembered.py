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

#: so many things are remembered unless told otherwise
MOST = 64

#: a unit that reads sees one state of the history, and is asked for its end once
_MARK = "last_change"

#: nor need it be asked twice what has changed since
_ASKED = "changed_since"


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    number: int
    link: str


class Memory:
    """What was gathered, with the end of the history at that time.

    :param most: so many things are remembered; the one that nobody has asked for the longest is forgotten
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def recall(
        self,
        session: Session,
        key: Hashable,
        gather: Callable[[], T],
        *,
        of: Iterable[type[Record]] = (),
        follow: Callable[[T, int], T | None] = lambda _known, _since: None,
        is_worth: Callable[[T], bool] = lambda _found: True,
    ) -> T:
        """Return what ``gather`` gathers, from memory where nothing has changed since.

        :param key: all that it depends on beside the database; whoever may see other things needs another one
        :param of: the kinds of records that it is gathered from; any if none are named
        :param follow: brings what is known up to date with the changes after a number, or returns nothing where it cannot
        :param is_worth: tells whether what was gathered is to be remembered
        """
        mark = _mark(session)
        if mark is None:
            return gather()
        place = (cast(Engine, session.get_bind()).url, key)
        with self._lock:
            known = self._kept.get(place)
        names = tuple(each.__tablename__ for each in of)
        if known is None or not _is_fresh(session, known, mark, names):
            followed = follow(known.value, known.number) if known and _is_before(session, known) else None
            known = _Kept(gather() if followed is None else followed, *mark)
            if not is_worth(known.value):
                return cast(T, known.value)
        with self._lock:
            self._kept[place] = _Kept(known.value, *mark)
            self._kept.move_to_end(place)
            while len(self._kept) > self.most:
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
    asked: dict[Hashable, bool] = session.info.setdefault(_ASKED, {})
    key = (known.number, known.link, names)
    if key not in asked:
        asked[key] = _is_untouched(session, known, names)
    return asked[key]


def _is_untouched(session: Session, known: _Kept, names: tuple[str, ...]) -> bool:
    changed = select(Change.id).where(Change.id > known.number, Change.entity.in_(names)).limit(1)
    return _is_before(session, known) and session.scalar(changed) is None


def _is_before(session: Session, known: _Kept) -> bool:
    """Tell whether the history still has the link that was its end."""
    return session.scalar(select(Change.link).where(Change.id == known.number)) == known.link


#: of this process
MEMORY = Memory()
