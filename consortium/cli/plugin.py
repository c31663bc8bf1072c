"""``consortium plugin``: which plugins are installed, and what they bring."""

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Group
from consortium.cli.speech import command as spoken
from consortium.i18n.message import _


@click.group("plugin", cls=Group, said=_("Plugins: which are installed, and what they bring."))
def command() -> None:
    """Gather the commands on plugins."""


@spoken("list", _("List the plugins, the reports and formats they bring, and what went wrong with them."))
@pass_setting
def list_plugins(setting: Setting) -> None:
    """List the plugins, a line each."""
    from consortium.plugins import front_desk

    desk = front_desk()
    reports, formats = desk.report_variants, desk.writers
    kinds = desk.identifier_kinds
    for plugin in desk.plugins:
        hooks = ", ".join(hook.removeprefix("consortium_") for hook in plugin.hooks) or "–"
        origin = _("built in") if plugin.is_resident else _("version {version}").fill(version=plugin.version or "?")
        setting.say(_("{name} ({origin}): {hooks}").fill(name=plugin.name, origin=origin, hooks=hooks))
        for fault in plugin.faults:
            setting.say(_("  fault: {fault}").fill(fault=fault))
    setting.say(
        _("Reports: {known}").fill(
            known=", ".join(
                f"{key} ({variant.title.say(setting.language)})" for key, variant in sorted(reports.items())
            )
        )
    )
    setting.say(_("Formats: {known}").fill(known=", ".join(sorted(formats))))
    setting.say(
        _("Identifiers: {known}").fill(
            known=", ".join(f"{key} ({kind.title.say(setting.language)})" for key, kind in sorted(kinds.items())) or "–"
        )
    )


command.add_command(list_plugins)
