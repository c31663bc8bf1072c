"""``consortium plugin``: which plugins are installed, and what they bring."""

from typing import Any

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Spoken
from consortium.cli.speech import command as spoken
from consortium.i18n.message import Message, _


class Topic(Spoken, click.Group):
    """A group of commands on one topic, explained by a message."""

    def __init__(self, *args: Any, said: Message, **others: Any) -> None:
        super().__init__(*args, **others)
        self.said = said

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Explain the topic in the user's language."""
        self.speak(ctx)
        super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 120) -> str:
        """Explain it in one line."""
        self.speak(click.get_current_context(silent=True))
        return str(super().get_short_help_str(limit))


@click.group("plugin", cls=Topic, said=_("Plugins: which are installed, and what they bring."))
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
