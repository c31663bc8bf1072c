"""``consortium check``: says which texts and records somebody should look at."""

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import Message, _, _n

#: what the findings are told under
HEADINGS: dict[str, Message] = {
    "missing": _("Missing texts"),
    "outdated": _("Outdated translations"),
    "machine_draft": _("Machine drafts that nobody has reviewed"),
    "term": _("Doubtful words"),
    "record": _("Records"),
}


@spoken("check", _("Say which texts are missing, outdated or doubtful, and which records do not fit together."))
@option("--as-of", said=_("The day whose facts are checked: 2026-06-15. Else today."), metavar="DATE")
@option("--strict", said=_("End with code 1 if there is anything to look at."), is_flag=True)
@option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")
@pass_setting
def command(setting: Setting, /, as_of: str | None, strict: bool, consortium: str | None) -> None:
    """Check texts and records."""
    from itertools import groupby

    from consortium.i18n.dates import parse_date
    from consortium.services.checking import check
    from consortium.services.consortia import find_consortium

    day = parse_date(as_of) if as_of else None
    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        found = check(session, setting.principal, consortium=home, day=day)
    for concern, own in groupby(found, key=lambda finding: finding.concern):
        some = list(own)
        heading = _("{heading}: {count}").fill(heading=HEADINGS[concern], count=len(some))
        setting.say(heading)
        for each in some:
            line = _("  {owner} ({record}): {what}")
            setting.say(line.fill(owner=each.owner, record=each.record, what=each.what))
    if not found:
        setting.say(_("There is nothing to look at."))
        return
    setting.say(_n("{count} finding", "{count} findings", len(found)))
    if strict:
        raise click.exceptions.Exit(1)
