"""What a guest's process is asked to do."""

import json
from dataclasses import asdict, dataclass, field
from importlib.metadata import EntryPoint
from typing import Any

from consortium.documents import Speech
from consortium.plugins.apart.limits import Limits
from consortium.plugins.desk import GROUP


@dataclass(frozen=True)
class Guest:
    """A plugin that is let in: its name, and where its module is (``consortium_norway``)."""

    name: str
    value: str

    @property
    def package(self) -> str:
        """The import name of its module."""
        return self.value.partition(":")[0]

    @property
    def entry_point(self) -> EntryPoint:
        """What names it in its distribution."""
        return EntryPoint(self.name, self.value, GROUP)


@dataclass(frozen=True)
class Task:
    """What a guest's process is asked to do.

    :ivar what: ``document``, ``sections`` or ``prove``
    :ivar guests: who is let in; the first one tells
    :ivar residents: which modules of the house are let in with them
    :ivar hook: by which the variant was brought
    :ivar key: of the variant
    :ivar sections: keys of the sections that are told, and of the facts' report they belong to
    :ivar left_out: names of parts that are not told
    :ivar files: numbers of the open files: the facts, and where to tell
    :ivar path: where modules are looked for
    """

    what: str
    guests: tuple[Guest, ...]
    residents: tuple[str, ...] = ()
    hook: str = ""
    key: str = ""
    languages: tuple[str, ...] = ()
    missing: str = "fallback"
    sections: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    fingerprint: str = ""
    files: tuple[int, ...] = ()
    path: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def speech(self) -> Speech:
        """In what languages to tell."""
        return Speech(self.languages, "mark" if self.missing == "mark" else "fallback")

    def write(self) -> str:
        """Write the task as a line."""
        return json.dumps(asdict(self))


def read_task(line: str) -> Task:
    """Read the task that :meth:`Task.write` wrote."""
    said: dict[str, Any] = json.loads(line)
    said["guests"] = tuple(Guest(**each) for each in said["guests"])
    said["limits"] = Limits(**said["limits"])
    parts: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return Task(**parts)
