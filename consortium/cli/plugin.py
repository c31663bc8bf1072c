"""``consortium plugin``: which plugins are installed, what they bring, and where they are on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from consortium.cli.plugin_check import check
from consortium.cli.plugin_new import new
from consortium.cli.plugin_preview import preview
from consortium.cli.plugin_switch import disable, enable, reset
from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Group, option
from consortium.cli.speech import command as spoken
from consortium.i18n.message import LanguageName, Message, _

if TYPE_CHECKING:
    from consortium.plugins.described import Described, Fault
    from consortium.services.switches import Switched, Switches

#: of each consortium by its key; none where there is no database
Everywhere = dict[str, "Switches"]


@click.group("plugin", cls=Group, said=_("Plugins: which are installed, what they bring, and where they are on."))
def command() -> None:
    """Gather the commands on plugins."""


@spoken(
    "list",
    _("List the plugins, the reports and formats they bring, where they are off, and what went wrong with them."),
)
@option("--json", "as_json", said=_("Say it for machines, as JSON."), is_flag=True)
@pass_setting
def list_plugins(setting: Setting, /, as_json: bool) -> None:
    """List the plugins, with a line on each thing that there is to say."""
    from consortium.plugins import front_desk
    from consortium.plugins.described import describe

    described, everywhere = describe(front_desk()), _switches(setting)
    if as_json:
        import json

        told = {"plugins": [_for_machines(each, everywhere) for each in described]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for each in described:
        for line in _lines(each, everywhere):
            setting.say(line)
    for line in _brought(setting.language):
        setting.say(line)


def _switches(setting: Setting) -> Everywhere:
    """Read where plugins are on, if there is a database; the list is as useful without."""
    from sqlalchemy import select

    from consortium.errors import DatabaseProblem
    from consortium.models import Consortium
    from consortium.services.switches import switched

    try:
        with setting.database.require().read() as session:
            homes = session.scalars(select(Consortium).order_by(Consortium.key))
            return {home.key: switched(session, consortium=home) for home in homes.all()}
    except DatabaseProblem:
        return {}


def _lines(each: "Described", everywhere: Everywhere) -> Iterator[Message]:
    """Say of a plugin where it comes from, what it answers, its languages, where it is off, and its last errors."""
    from consortium.services.switch_words import told_word

    plugin = each.plugin
    hooks = ", ".join(hook.removeprefix("consortium_") for hook in plugin.hooks) or "–"
    origin = _("built in") if plugin.is_resident else _("version {version}").fill(version=plugin.version or "?")
    yield _("{name} ({origin}): {hooks}").fill(name=plugin.name, origin=origin, hooks=hooks)
    if each.api:
        yield _("  made for the plugin interface {versions}").fill(versions=each.api)
    if each.languages:
        yield _("  languages: {languages}").fill(languages=tuple(LanguageName(tag) for tag in (*each.languages, "en")))
    for key, word in _words(each, everywhere):
        line = _("  {home}: {word}") if len(everywhere) > 1 else _("  {word}")
        yield line.fill(home=key, word=told_word(word))
    for fault in each.faults:
        yield _told_fault(fault)


def _words(each: "Described", everywhere: Everywhere) -> "Iterator[tuple[str, Switched]]":
    from consortium.services.switch_words import standing

    for key, switches in everywhere.items():
        for word in standing(switches, each.plugin.name):
            yield key, word


def _told_fault(fault: "Fault") -> Message:
    from consortium import clock

    words = f"{fault.words} ({fault.at})" if fault.at else fault.words
    if fault.when is None:
        return _("  fault: {fault}").fill(fault=words)
    day = fault.when.astimezone(clock.CIVIL)
    return _("  fault on {day}, {time}: {fault}").fill(day=day.date(), time=f"{day:%H:%M}", fault=words)


def _brought(language: str) -> Iterator[Message]:
    """Say which reports, formats and identifiers there are with all of them."""
    from consortium.plugins import front_desk

    desk = front_desk()

    def titled(things: Any) -> str:
        return ", ".join(f"{key} ({each.title.say(language)})" for key, each in sorted(things.items())) or "–"

    yield _("Reports: {known}").fill(known=titled(desk.report_variants))
    yield _("Formats: {known}").fill(known=", ".join(sorted(desk.writers)))
    yield _("Identifiers: {known}").fill(known=titled(desk.identifier_kinds))


def _for_machines(each: "Described", everywhere: Everywhere) -> dict[str, Any]:
    plugin = each.plugin
    brings: dict[str, list[str]] = {}
    for one in each.brought:
        brings.setdefault(one.hook.removeprefix("consortium_"), []).append(one.key)
    return {
        "name": plugin.name,
        "version": plugin.version,
        "api": each.api,
        "resident": plugin.is_resident,
        "loaded": plugin.module is not None,
        "brings": brings,
        "languages": [*each.languages],
        "switches": [
            {
                "consortium": key,
                "thing": word.variant,
                "partner": word.partner,
                "country": word.country,
                "on": word.is_on,
                "by": word.by,
                "at": word.at.isoformat(),
            }
            for key, word in _words(each, everywhere)
        ],
        "faults": [
            {"words": fault.words, "when": fault.when.isoformat() if fault.when else None, "at": fault.at}
            for fault in each.faults
        ],
    }


for _command in (list_plugins, new, preview, enable, disable, reset, check):
    command.add_command(_command)
