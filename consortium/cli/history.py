"""``consortium history``: verifies that nobody wrote past the history."""

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Group, option
from consortium.cli.speech import command as spoken
from consortium.i18n.message import _, _n


@click.group("history", cls=Group, said=_("The history of all changes, chained so that tampering shows."))
def command() -> None:
    """Gather the commands on the history."""


@spoken(
    "verify",
    _(
        "Say whether the history, the records and the snapshots are what was recorded, and where not. "
        "Prints the last link: keep it elsewhere, and compare with it next time. Ends with code 1 if something is wrong."
    ),
)
@option(
    "--link",
    said=_("A link that was printed before and kept elsewhere; without it nobody sees that the end is missing."),
    metavar="LINK",
    default="",
)
@pass_setting
def verify(setting: Setting, /, link: str) -> None:
    """Verify the history."""
    from consortium.services.verifying import verify_history

    with setting.database.require().read() as session:
        found = verify_history(session, setting.principal, link=link)
    for each in found.findings:
        setting.say(each)
    setting.say(_n("{count} change in the history", "{count} changes in the history", found.changes))
    for erasing in found.erasings:
        told = _n(
            "{name} erased somebody on {day}, and took the name out of {count} change: {numbers}",
            "{name} erased somebody on {day}, and took the name out of {count} changes: {numbers}",
            len(erasing.numbers),
        )
        numbers = ", ".join(map(str, erasing.numbers))
        setting.say(told.fill(name=erasing.by, day=erasing.at.date(), numbers=numbers))
    if found.link:
        setting.say(_("Last link: {link}").fill(link=found.link))
    if found.findings:
        setting.say(_n("{count} finding", "{count} findings", len(found.findings)))
        raise click.exceptions.Exit(1)
    setting.say(
        _("All of it is what was recorded, up to the end; the link that was kept is there.")
        if link
        else _("All of it is what was recorded. Keep the last link elsewhere, and compare with it next time: --link")
    )


command.add_command(verify)
