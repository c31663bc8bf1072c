"""``consortium plugin enable|disable|reset``: switches what plugins bring on and off."""

from collections.abc import Callable
from typing import Any

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import _

_OPTIONS = (
    click.argument("name"),
    option(
        "--report",
        "variant",
        said=_("Only this report, section, page or check of the plugin."),
        default="",
        metavar="KEY",
    ),
    option("--partner", said=_("Only for this partner."), default="", metavar="KEY"),
    option("--country", said=_("Only for the partners of this country: NO, SE."), default="", metavar="CODE"),
    option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY"),
    pass_setting,
)


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    for each in reversed(_OPTIONS):
        function = each(function)
    return function


def _switch(setting: Setting, *, is_on: bool | None, name: str, consortium: str | None, **asked: str) -> None:
    """Switch, and say how it stands now at that place and at narrower ones."""
    from consortium.services.consortia import find_consortium
    from consortium.services.switch_words import standing, told_word
    from consortium.services.switches import switch, switched

    with setting.database.require().write() as session:
        home = find_consortium(session, setting.principal, consortium)
        changed = switch(session, setting.principal, consortium=home, plugin=name, is_on=is_on, **asked)
        words = tuple(standing(switched(session, consortium=home), name))
    if not changed:
        setting.say(_("It stood so already; nothing was changed."))
    for word in words:
        setting.say(_("{name}: {word}").fill(name=name, word=told_word(word)))
    if not words:
        setting.say(_("{name} is on everywhere.").fill(name=name))


@spoken(
    "enable",
    _(
        "Switch a plugin on: for a partner, a country, or the whole consortium.\n\n"
        "A partner’s own switch counts before its country’s, and that before the consortium’s. What nobody has switched is on."
    ),
)
@_with_options
def enable(setting: Setting, /, **asked: Any) -> None:
    """Switch on."""
    _switch(setting, is_on=True, **asked)


@spoken(
    "disable",
    _(
        "Switch a plugin off: for a partner, a country, or the whole consortium.\n\n"
        "Its reports, sections, pages and checks, its terms and its imports are then neither offered nor used there. "
        "Formats, numbers of organisations and commands stay."
    ),
)
@_with_options
def disable(setting: Setting, /, **asked: Any) -> None:
    """Switch off."""
    _switch(setting, is_on=False, **asked)


@spoken(
    "reset",
    _("Take back what was switched at a place, so that the country’s or the consortium’s switch counts there again."),
)
@_with_options
def reset(setting: Setting, /, **asked: Any) -> None:
    """Take back what was said at a place."""
    _switch(setting, is_on=None, **asked)
