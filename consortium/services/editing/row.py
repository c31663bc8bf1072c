"""A form that was sent, as a row of its sheet: where something is wrong, it names the field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from consortium.errors import InvalidValue, ManyProblems
from consortium.i18n.message import Message, _, _n
from consortium.services.importing.cells import Cell
from consortium.services.importing.layout import Column
from consortium.services.importing.rows import Row


@dataclass(frozen=True)
class AtField(Message):
    """A problem at a field; says only what is wrong, for the page shows where."""

    name: str = ""
    what: Message = field(default_factory=lambda: Message(""))

    def __hash__(self) -> int:
        """Hash by the field and the words."""
        return hash((self.name, self.what))

    def say(self, language: str) -> str:
        """Say what is wrong."""
        return self.what.say(language)


def at_field(name: str, what: Message) -> AtField:
    """Put a problem at a field."""
    return AtField("", name=name, what=what)


class Box(Cell):
    """What was typed in a field; unlike in a cell, every sign means itself."""

    @property
    def words(self) -> str:
        """What was typed."""
        return str(self.raw)


@dataclass(frozen=True)
class FormRow(Row):
    """The fields of a form that say something else than the record does.

    :ivar own_key: the key of the record, where it is kept already or was given one
    """

    own_key: str = ""

    @property
    def key(self) -> str:
        """The key of the record, made of other fields where it has none of its own."""
        return self.own_key or super().key

    @property
    def missing(self) -> Iterator[Column]:
        """Walk the fields that a new record needs and that are empty; a key is made."""
        return (column for column in super().missing if column.name != "key")

    def problem(self, field: str, what: Message) -> Message:
        """Say that something is wrong in the first box of ``field``."""
        own = [name for name in self.columns if name.split(".")[0] == field]
        sent = [name for name in own if name in self.cells]
        return at_field(next(iter((*sent, *own)), ""), what)

    def lacks(self, column: Column) -> Message:
        """Say that a field must be filled in."""
        own = [name for name in self.columns if name.split(".")[0] == column.name]
        what = _("“{heading}” is missing. Fill it in.").fill(heading=column.heading)
        return at_field(next(iter(own), column.name), what)


class FormRefused(ManyProblems, InvalidValue):
    """A form was not kept; nothing has been changed.

    :ivar at: the problems by the machine name of the field, ``""`` for those of the form as a whole
    """

    def __init__(self, problems: Iterable[Message]) -> None:
        found = tuple(dict.fromkeys(problems))
        told = _n(
            "There is {count} problem. Nothing was kept.", "There are {count} problems. Nothing was kept.", len(found)
        )
        ManyProblems.__init__(self, told, found)
        at: dict[str, tuple[Message, ...]] = {}
        for problem in found:
            name = problem.name if isinstance(problem, AtField) else ""
            at[name] = (*at.get(name, ()), problem)
        self.at: Mapping[str, tuple[Message, ...]] = at
        self.field = next(iter(at), "")
