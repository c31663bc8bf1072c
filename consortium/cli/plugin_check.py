"""``consortium plugin check``: looks a plugin over, as its author and whoever installs it want to."""

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.i18n.message import _, _n


@spoken(
    "check",
    _(
        "Look a plugin over: does it load, what does it bring, which words are not translated, what goes wrong.\n\n"
        "It ends with code 1 if there is anything to put right."
    ),
)
@click.argument("name")
@pass_setting
def check(setting: Setting, /, name: str) -> None:
    """Look a plugin over."""
    from consortium.plugins import front_desk
    from consortium.plugins.brought import HOOKS, brought_by
    from consortium.plugins.inspecting import inspect_plugin
    from consortium.plugins.versions import DECLARED
    from consortium.services.switches import find_plugin

    plugin, desk = find_plugin(name), front_desk()
    found = inspect_plugin(desk, plugin)
    brought = brought_by(desk, plugin)
    versions = getattr(plugin.module, DECLARED, None)
    if versions:
        setting.say(_("Made for the plugin interface {versions}").fill(versions=versions))
    for hook, title in HOOKS.items():
        if keys := [each.key for each in brought if each.hook == hook]:
            setting.say(_("{title}: {keys}").fill(title=title, keys=", ".join(keys)))
    for finding in found:
        setting.say(_("  {finding}").fill(finding=finding))
    if not found:
        setting.say(_("{name} is in order.").fill(name=name))
        return
    setting.say(_n("{count} finding", "{count} findings", len(found)))
    raise click.exceptions.Exit(1)
