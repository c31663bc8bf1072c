"""A plugin: a module that answers hooks, and what went wrong with it."""

import logging
import sys
from dataclasses import dataclass, field
from types import ModuleType

from consortium import hookspecs
from consortium.plugin_log import place_in, plugin_log

#: our own features come in by the same door as everybody else's
RESIDENTS = (
    "consortium.checks.consistency",
    "consortium.reports.short_summary",
    "consortium.reports.status_summary",
    "consortium.writers.docx",
    "consortium.writers.html",
    "consortium.writers.json",
    "consortium.writers.markdown",
    "consortium.writers.odt",
    "consortium.writers.pdf",
    "consortium.writers.xlsx",
)

#: faults of one plugin that are remembered, the latest
MOST_FAULTS = 20

log = logging.getLogger(__name__)


@dataclass
class Plugin:
    """A module that answers hooks, and what went wrong with it.

    :ivar package: import name of the module, also where it could not be imported
    :ivar value: where its distribution says that it is, see :class:`importlib.metadata.EntryPoint`
    """

    name: str
    module: ModuleType | None = None
    version: str = ""
    faults: list[str] = field(default_factory=list)
    package: str = ""
    value: str = ""

    @property
    def hooks(self) -> tuple[str, ...]:
        """The hooks that it answers."""
        names = (name for name in dir(hookspecs) if name.startswith("consortium_"))
        return tuple(name for name in names if hasattr(self.module, name))

    @property
    def is_resident(self) -> bool:
        """Tell whether it is one of our own."""
        return self.name in RESIDENTS

    def note(self, words: str, at: str = "") -> None:
        """Remember what went wrong with it, and write it down.

        :param at: file and line of its own, where they are known; else those of the fault that is being treated
        """
        log.warning("plugin %s: %s", self.name, words)
        plugin_log.fault(self.name, words, at or place_in(self.package, sys.exception()))
        self.faults.append(words)
        del self.faults[:-MOST_FAULTS]
