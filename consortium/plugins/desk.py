"""The front desk: finds plugins, types their answers, contains their faults."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy

from consortium import hookspecs
from consortium.documents import Writer
from consortium.errors import NotFound
from consortium.facts import IdentifierKind
from consortium.facts.importer import Importer
from consortium.facts.submission import SubmissionCheck
from consortium.i18n.message import _
from consortium.plugins.plugin import RESIDENTS, Plugin
from consortium.plugins.versions import demand_version
from consortium.texts.check import TextCheck
from consortium.texts.term_base import TermBase
from consortium.variants import ReportVariant
from consortium.variants.page import Page
from consortium.variants.section import SectionAddition

if TYPE_CHECKING:
    import click

__all__ = ["GROUP", "RESIDENTS", "FrontDesk", "Plugin", "front_desk"]

GROUP = "consortium"

#: the distribution whose entry points are the house's own, such as the admin's
OWN = "consortium"

T = TypeVar("T")


class FrontDesk:
    """Asks the plugins, and types their answers."""

    def __init__(self, residents: Iterable[str] = RESIDENTS, guests: Iterable[EntryPoint] | None = None) -> None:
        self.manager = pluggy.PluginManager("consortium")
        self.manager.add_hookspecs(hookspecs)
        self._remembered: dict[str, list[tuple[Plugin, Any]]] = {}
        self._refused: dict[str, str] = {}
        found = sorted(entry_points(group=GROUP) if guests is None else guests, key=lambda each: each.name)
        self._guests = [guest for guest in found if not _is_own(guest)]
        self._first = [self._let_in(Plugin(name, package=name), partial(import_module, name)) for name in residents]
        self._first += [self._let_in(_plugin(guest), guest.load) for guest in found if _is_own(guest)]

    @cached_property
    def plugins(self) -> list[Plugin]:
        """The residents, and the guests, who are let in when somebody first asks for them."""
        return [*self._first, *(self._let_in(_plugin(guest), guest.load) for guest in self._guests)]

    def refuse(self, prove: Callable[[Iterable[EntryPoint]], Mapping[str, str]]) -> None:
        """Let guests be proven before they are let in, and leave out those that fail; too late once they are here.

        :param prove: returns why guests cannot come in, by their names
        """
        if "plugins" not in vars(self):
            self._refused = dict(prove(self._guests))

    def own_command(self, name: str) -> "click.Command | None":
        """Find a command of the house's own, without letting guests in."""
        import click

        answers = {impl.plugin: impl.function for impl in self.manager.hook.consortium_commands.get_hookimpls()}
        for plugin in self._first:
            brought: Any = answers[plugin.module]() if plugin.module in answers else ()
            for each in brought:
                if isinstance(each, click.Command) and each.name == name:
                    return each
        return None

    def ask_all(self) -> None:
        """Ask for all that anybody brings."""
        for name in dir(hookspecs):
            if name.startswith("consortium_"):
                getattr(self, name.removeprefix("consortium_"))

    def _let_in(self, plugin: Plugin, load: Callable[[], Any]) -> Plugin:
        module = None
        if plugin.name in self._refused:
            plugin.note(self._refused[plugin.name])
            return plugin
        try:
            module = load()
            demand_version(module)
            self.manager.register(module, plugin.name)
            self.manager.check_pending()
            plugin.module = module
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # a guest that cannot come in must not keep the house closed
            if module is not None and self.manager.get_plugin(plugin.name) is module:
                self.manager.unregister(module)
            plugin.note(f"{type(fault).__name__}: {fault}")
        return plugin

    def ask(self, hook: str, kind: type[T]) -> Iterator[tuple[Plugin, T]]:
        """Ask each plugin by itself, because in pluggy's own loop one that raises stops the rest."""
        plugins = self.plugins  # whoever is let in only now answers too
        answers = {impl.plugin: impl.function for impl in getattr(self.manager.hook, hook).get_hookimpls()}
        for plugin in plugins:
            if plugin.module not in answers:
                continue
            try:
                brought = list(answers[plugin.module]())
            except KeyboardInterrupt:
                raise
            except BaseException as fault:  # contained: the other plugins' answers stay whole
                plugin.note(f"{hook}: {type(fault).__name__}: {fault}")
                continue
            for each in brought:
                if isinstance(each, kind):
                    yield plugin, each
                else:
                    plugin.note(f"{hook}: brought a {type(each).__name__}, not a {kind.__name__}")

    def _gather(self, hook: str, kind: type[T]) -> dict[str, T]:
        gathered: dict[str, tuple[Plugin, T]] = {}
        for plugin, each in self.ask(hook, kind):
            key = _key_of(each)
            if not key:
                plugin.note(f"{hook}: brought a {type(each).__name__} without a key")
                continue
            rival, first = gathered.setdefault(key, (plugin, each))
            if first is not each:
                plugin.note(f"{hook}: {key!r} is left out: {rival.name} brings it already")
        self._remembered[hook] = list(gathered.values())
        return {key: each for key, (_plugin, each) in gathered.items()}

    def hear(self, hook: str, key: str, look: Callable[[], Iterable[T]], kind: type[T]) -> list[T]:
        """Ask what a plugin has brought, such as a check, and return what it says; nothing where it fails.

        :param hook: by which it was brought, such as ``consortium_text_checks``
        :param key: of what was brought
        :param kind: of what it returns; whatever else it says is left out
        """
        plugin = self.owner(hook, key)
        try:
            said = list(look())
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # contained: nobody's work waits for a guest
            plugin.note(f"{hook}: {key}: {type(fault).__name__}: {fault}")
            return []
        for each in said:
            if not isinstance(each, kind):
                plugin.note(f"{hook}: {key}: said a {type(each).__name__}, not a {kind.__name__}")
        return [each for each in said if isinstance(each, kind)]

    def owner(self, hook: str, key: str) -> Plugin:
        """Find the plugin that brought something by its key.

        :raises NotFound: if none did
        """
        for plugin, each in self._brought(hook):
            if key == _key_of(each):
                return plugin
        raise NotFound(_("No plugin brings “{key}”.").fill(key=key))

    def _brought(self, hook: str) -> list[tuple[Plugin, Any]]:
        if hook not in self._remembered:
            getattr(self, hook.removeprefix("consortium_"))  # it remembers
        return self._remembered.get(hook, [])

    @cached_property
    def report_variants(self) -> Mapping[str, ReportVariant]:
        """The report variants of all plugins, by key."""
        return self._gather("consortium_report_variants", ReportVariant)  # type: ignore[type-abstract]  # asked for by its abstract class

    @cached_property
    def writers(self) -> Mapping[str, Writer]:
        """The writers of all plugins, by key."""
        return self._gather("consortium_writers", Writer)  # type: ignore[type-abstract]  # asked for by its abstract class

    @cached_property
    def identifier_kinds(self) -> Mapping[str, IdentifierKind]:
        """The kinds of identifiers of all plugins, by key."""
        return self._gather("consortium_identifier_kinds", IdentifierKind)

    @cached_property
    def sections(self) -> Mapping[str, SectionAddition]:
        """The sections that plugins add to reports of others, by key."""
        return self._gather("consortium_sections", SectionAddition)

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """The pages of all plugins, by key; also those that nobody may open."""
        return self._gather("consortium_pages", Page)  # type: ignore[type-abstract]  # asked for by its abstract class

    @cached_property
    def submission_checks(self) -> Mapping[str, SubmissionCheck]:
        """The checks before a status is submitted, by key."""
        return self._gather("consortium_submission_checks", SubmissionCheck)

    @cached_property
    def text_checks(self) -> Mapping[str, TextCheck]:
        """The checks on what people write, by key."""
        return self._gather("consortium_text_checks", TextCheck)

    @cached_property
    def term_bases(self) -> Mapping[str, TermBase]:
        """The term bases, by key."""
        return self._gather("consortium_term_bases", TermBase)

    @cached_property
    def importers(self) -> Mapping[str, Importer]:
        """The importers, by key."""
        return self._gather("consortium_importers", Importer)

    @cached_property
    def catalogs(self) -> Mapping[str, str]:
        """The packages that bring catalogs of words, by their import names."""
        return self._gather("consortium_catalogs", str)

    @cached_property
    def commands(self) -> Mapping[str, "click.Command"]:
        """The commands of all plugins, by name."""
        import click

        return self._gather("consortium_commands", click.Command)

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


def _is_own(guest: EntryPoint) -> bool:
    return guest.dist is not None and guest.dist.name == OWN


def _plugin(guest: EntryPoint) -> Plugin:
    version = guest.dist.version if guest.dist else ""
    return Plugin(guest.name, version=version, package=guest.value.partition(":")[0], value=guest.value)


def _key_of(brought: object) -> str:
    """Tell what something is called that a plugin brings: by its key, a command by its name, words by themselves."""
    return brought if isinstance(brought, str) else getattr(brought, "key", getattr(brought, "name", "")) or ""


def _find(brought: Mapping[str, T], key: str, otherwise: Any) -> T:
    if key not in brought:
        raise NotFound(otherwise.fill(key=key, known=", ".join(sorted(brought))))
    return brought[key]


@cache
def front_desk() -> FrontDesk:
    """Open the front desk with all that is installed, once a process."""
    return FrontDesk()
