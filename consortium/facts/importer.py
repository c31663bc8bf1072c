"""Importers: each turns a file of somebody else's into rows of the workbook, brought by plugins."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from consortium.i18n.message import Message

#: a row of the workbook: machine names of columns (``name.nb``) and what stands there, as somebody would write it
ImportedRow = Mapping[str, str]


@dataclass(frozen=True)
class Importer:
    """Reads the files of a register, a portal or another system.

    What it returns is imported like a workbook: checked against all rules, as a whole or not at all.

    :ivar key: what it is called on the command line (``no-municipalities``)
    :ivar title: what people call it
    :ivar note: where the file comes from and what it looks like
    :ivar endings: of the names of its files, without the dot
    :ivar read: takes the bytes of a file and returns rows, by the machine name of their sheet; it raises ``InvalidValue``
        where the file is another one, saying what is wrong and in which line
    """

    key: str
    title: Message
    note: Message
    endings: tuple[str, ...]
    read: Callable[[bytes], Mapping[str, Iterable[ImportedRow]]]
