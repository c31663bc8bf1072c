"""What there is to say about each plugin: what it brings, in which languages, and what went wrong lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from consortium.plugin_log import LONGEST, Line, plugin_log
from consortium.plugins.brought import Brought, brought_by
from consortium.plugins.catalogs import catalogs_of, languages_of
from consortium.plugins.desk import FrontDesk, Plugin
from consortium.plugins.versions import DECLARED

#: faults of a plugin that are told
MOST_TOLD = 5


@dataclass(frozen=True)
class Fault:
    """Something that went wrong with a plugin.

    :ivar when: when it did last; ``None`` for what goes wrong each time that a process begins
    :ivar at: file and line of the plugin's own, where they are known
    """

    words: str
    when: datetime | None = None
    at: str = ""


@dataclass(frozen=True)
class Described:
    """A plugin with all that is to be said of it.

    :ivar api: the versions of the plugin interface that it is made for, as it says
    """

    plugin: Plugin
    brought: tuple[Brought, ...]
    languages: tuple[str, ...]
    api: str
    faults: tuple[Fault, ...]

    @property
    def is_switched(self) -> bool:
        """Tell whether any of it can be switched off."""
        return not self.plugin.is_resident and any(each.is_switched for each in self.brought)


def describe(desk: FrontDesk) -> tuple[Described, ...]:
    """Describe all plugins: guests first, because our own are always the same."""
    brought = {plugin.name: brought_by(desk, plugin) for plugin in desk.plugins}  # from now on all have been asked
    told = [line for line in plugin_log.faults() if line.get("words")]
    plugins = sorted(desk.plugins, key=lambda plugin: plugin.is_resident)
    return tuple(
        Described(
            plugin,
            brought[plugin.name],
            tuple(dict.fromkeys(tag for each in catalogs_of(desk, plugin) for tag in languages_of(each))),
            str(getattr(plugin.module, DECLARED, "")),
            tuple(_faults(plugin, (line for line in told if line["plugin"] == plugin.name)))[:MOST_TOLD],
        )
        for plugin in plugins
    )


def _faults(plugin: Plugin, lines: Iterable[Line]) -> Iterable[Fault]:
    """Walk the faults of a plugin, each once: those of this very process first, then those in the log, latest first."""
    logged: dict[str, Line] = {}
    for line in lines:
        logged.setdefault(str(line["words"]), line)
    present = [" ".join(words.split())[:LONGEST] for words in reversed(plugin.faults)]
    for words in dict.fromkeys((*present, *logged)):
        line = logged.get(words, {})
        yield Fault(words, _moment(line.get("when")), str(line.get("at", "")))


def _moment(words: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(words))
    except ValueError:
        return None
