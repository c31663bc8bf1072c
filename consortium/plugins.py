"""The front desk: finds plugins, types their answers, contains their faults."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy

from consortium import hookspecs
from consortium.documents import Writer
from consortium.errors import NotFound, PluginProblem
from consortium.facts import IdentifierKind
from consortium.i18n.message import _
from consortium.variants import ReportVariant

if TYPE_CHECKING:
    import click

#: our own features come in by the same door as everybody else's
RESIDENTS = (
    "consortium.reports.status_summary",
    "consortium.writers.docx",
    "consortium.writers.html",
    "consortium.writers.json",
    "consortium.writers.markdown",
    "consortium.writers.odt",
    "consortium.writers.pdf",
    "consortium.writers.xlsx",
)

GROUP = "consortium"

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass
class Plugin:
    """A module that answers hooks, and what went wrong with it."""

    name: str
    module: ModuleType | None = None
    version: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def hooks(self) -> tuple[str, ...]:
        """The hooks that it answers."""
        names = (name for name in dir(hookspecs) if name.startswith("consortium_"))
        return tuple(name for name in names if hasattr(self.module, name))

    @property
    def is_resident(self) -> bool:
        """Tell whether it is one of our own."""
        return self.name in RESIDENTS


class FrontDesk:
    """Asks the plugins, and types their answers."""

    def __init__(self, residents: Iterable[str] = RESIDENTS, guests: Iterable[EntryPoint] | None = None) -> None:
        self.manager = pluggy.PluginManager("consortium")
        self.manager.add_hookspecs(hookspecs)
        found = entry_points(group=GROUP) if guests is None else guests
        self.plugins = [self._let_in(name, lambda name=name: import_module(name)) for name in residents]  # type: ignore[misc]  # mypy cannot type the default
        for guest in sorted(found, key=lambda each: each.name):
            self.plugins.append(self._let_in(guest.name, guest.load, guest.dist.version if guest.dist else ""))

    def _let_in(self, name: str, load: Callable[[], Any], version: str = "") -> Plugin:
        plugin = Plugin(name, version=version)
        module = None
        try:
            module = load()
            self.manager.register(module, name)
            self.manager.check_pending()
            plugin.module = module
        except (Exception, SystemExit) as fault:  # a guest that cannot come in must not keep the house closed
            if module is not None and self.manager.get_plugin(name) is module:
                self.manager.unregister(module)
            self._note(plugin, f"{type(fault).__name__}: {fault}")
        return plugin

    def _note(self, plugin: Plugin, words: str) -> None:
        log.warning("plugin %s: %s", plugin.name, words)
        plugin.faults.append(words)

    def ask(self, hook: str, kind: type[T]) -> Iterator[tuple[Plugin, T]]:
        """Ask each plugin by itself, because in pluggy's own loop one that raises stops the rest."""
        answers = {impl.plugin: impl.function for impl in getattr(self.manager.hook, hook).get_hookimpls()}
        for plugin in self.plugins:
            if plugin.module not in answers:
                continue
            try:
                brought = list(answers[plugin.module]())
            except (Exception, SystemExit) as fault:  # contained: the other plugins' answers stay whole
                self._note(plugin, f"{hook}: {type(fault).__name__}: {fault}")
                continue
            for each in brought:
                if isinstance(each, kind):
                    yield plugin, each
                else:
                    self._note(plugin, f"{hook}: brought a {type(each).__name__}, not a {kind.__name__}")

    def _gather(self, hook: str, kind: type[T], name: Callable[[T], str]) -> dict[str, T]:
        gathered: dict[str, tuple[Plugin, T]] = {}
        for plugin, each in self.ask(hook, kind):
            if not getattr(each, "key", getattr(each, "name", "")):
                self._note(plugin, f"{hook}: brought a {type(each).__name__} without a key")
                continue
            rival = gathered.setdefault(name(each), (plugin, each))
            if rival[0] is not plugin or rival[1] is not each:
                raise PluginProblem(
                    _("The plugins {one} and {other} both bring “{key}”. Uninstall one of them.").fill(
                        one=rival[0].name, other=plugin.name, key=name(each)
                    )
                )
        return {key: each for key, (_plugin, each) in gathered.items()}

    @cached_property
    def report_variants(self) -> Mapping[str, ReportVariant]:
        """The report variants of all plugins, by key."""
        return self._gather("consortium_report_variants", ReportVariant, lambda each: each.key)  # type: ignore[type-abstract]  # asked for by its abstract class

    @cached_property
    def writers(self) -> Mapping[str, Writer]:
        """The writers of all plugins, by key."""
        return self._gather("consortium_writers", Writer, lambda each: each.key)  # type: ignore[type-abstract]  # asked for by its abstract class

    @cached_property
    def identifier_kinds(self) -> Mapping[str, IdentifierKind]:
        """The kinds of identifiers of all plugins, by key."""
        return self._gather("consortium_identifier_kinds", IdentifierKind, lambda each: each.key)

    @cached_property
    def commands(self) -> Mapping[str, "click.Command"]:
        """The commands of all plugins, by name."""
        import click

        return self._gather("consortium_commands", click.Command, lambda each: each.name or "")

    def variant(self, key: str) -> ReportVariant:
        """Find a report variant.

        :raises NotFound: if no plugin brings it
        """
        return _find(self.report_variants, key, _("There is no report “{key}”. There are: {known}."))

    def writer(self, key: str) -> Writer:
        """Find the writer of a format.

        :raises NotFound: if no plugin brings it
        """
        return _find(self.writers, key, _("There is no format “{key}”. There are: {known}."))


def _find(brought: Mapping[str, T], key: str, otherwise: Any) -> T:
    if key not in brought:
        raise NotFound(otherwise.fill(key=key, known=", ".join(sorted(brought))))
    return brought[key]


@cache
def front_desk() -> FrontDesk:
    """Open the front desk with all that is installed, once a process."""
    return FrontDesk()
