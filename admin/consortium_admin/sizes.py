"""How large reports have become: remembered when one is written, told the next time somebody looks at it."""

from collections import OrderedDict
from decimal import Decimal
from threading import Lock
from typing import TypeAlias

from consortium.documents import Document
from consortium.i18n.message import Message, _

#: bytes in a unit of the next size, as on a disk
UNIT = 1000

#: so many are remembered
MOST = 500

_Key: TypeAlias = tuple[str, str, tuple[str, ...], str, str]


class Sizes:
    """The sizes of files, by the facts, the order and the format that they were made of."""

    def __init__(self) -> None:
        self._known: OrderedDict[_Key, int] = OrderedDict()
        self._lock = Lock()

    def keep(self, document: Document, missing: str, format: str, *, size: int) -> None:
        """Remember how many bytes a document took in a format."""
        with self._lock:
            self._known[_key(document, missing, format)] = size
            if len(self._known) > MOST:
                self._known.popitem(last=False)

    def of(self, document: Document, missing: str, format: str) -> int | None:
        """Tell how many bytes a document takes in a format, if it has been written before."""
        return self._known.get(_key(document, missing, format))


def _key(document: Document, missing: str, format: str) -> _Key:
    return document.fingerprint, document.key, document.languages, missing, format


def told_size(size: int) -> Message:
    """Say how many bytes there are, in as few figures as tell something."""
    if size < UNIT * UNIT:
        return _("{size} kB").fill(size=Decimal(max(1, round(size / UNIT))))
    return _("{size} MB").fill(size=Decimal(round(size / UNIT / UNIT, 1)).quantize(Decimal("0.1")))
