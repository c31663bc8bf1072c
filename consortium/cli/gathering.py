"""``consortium gathering``: which gatherings there are, the next one of a series, and invitations."""

from typing import TYPE_CHECKING

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Group, option
from consortium.cli.speech import command as spoken
from consortium.i18n.message import Message, _, _n, say

if TYPE_CHECKING:
    from consortium.models import Gathering
    from consortium.texts import Text

_CONSORTIUM = _("Key of the consortium, where there are several.")


@click.group("gathering", cls=Group, said=_("Gatherings: which there are, the next one of a series, invitations."))
def command() -> None:
    """Gather the commands on gatherings."""


@spoken("list", _("List the gatherings: number, title, days, host, and how the invited replied."))
@option("--consortium", said=_CONSORTIUM, metavar="KEY")
@pass_setting
def list_gatherings(setting: Setting, consortium: str | None) -> None:
    """List the gatherings, two lines each."""
    from consortium import clock
    from consortium.facts.replies import told_replies
    from consortium.services.consortia import find_consortium
    from consortium.services.gatherings import gatherings_of, replies_of

    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        replies = replies_of(session, setting.principal, consortium=home)
        found = gatherings_of(session, setting.principal, consortium=home)
        for each in found:
            click.echo(f"{each.key}: {say(_particulars(each, setting.language), setting.language)}")
            told = told_replies(replies[each.id], has_begun=each.start <= clock.today()) or _("nobody is invited yet")
            click.echo(f"  {say(told, setting.language)}")
        if not found:
            setting.say(_("There is no gathering yet. Plan one: consortium gathering next SERIES --start DATE"))


def _particulars(gathering: "Gathering", language: str) -> tuple[object, ...]:
    """Say which gathering it is, when and with whom; its number stands in the title already where that was planned."""
    title, number = _read(gathering.title, language), gathering.number
    is_told = number is None or str(number) in title.split()
    parts = (
        title,
        None if is_told else _("no. {number}").fill(number=number),
        _days(gathering),
        gathering.place,
        gathering.host and _("host: {name}").fill(name=_read(gathering.host.name, language)),
    )
    return tuple(part for part in parts if part)


def _days(gathering: "Gathering") -> Message:
    from consortium.i18n.dates import Days

    return Days("", start=gathering.start, end=gathering.end)


def _read(text: "Text", language: str) -> str:
    reading = text.read(language)
    return reading.words if reading else "–"


def _told_day(context: click.Context, option: click.Parameter, words: str | None) -> str:
    """Insist on a day; click’s own way to do so would put an English word into the help page."""
    if not words:
        raise click.MissingParameter(ctx=context, param=option)
    return words


@spoken(
    "next",
    _("Plan the next gathering of a series: numbered, with a proposed host and the agenda of the last one as a shell."),
)
@click.argument("series")
@option("--start", said=_("The first day, which must be told: 2026-10-07."), metavar="DATE", callback=_told_day)
@option("--end", said=_("The last day, where there are several."), metavar="DATE")
@option("--consortium", said=_CONSORTIUM, metavar="KEY")
@pass_setting
def plan(setting: Setting, series: str, start: str, end: str | None, consortium: str | None) -> None:
    """Plan the next gathering of a series."""
    from consortium.i18n.dates import parse_date
    from consortium.services.consortia import find_consortium
    from consortium.services.gatherings import agenda_of
    from consortium.services.series import find_series, plan_next

    first, last = parse_date(start), parse_date(end) if end else None
    with setting.database.require().write() as session:
        home = find_consortium(session, setting.principal, consortium)
        found = find_series(session, setting.principal, consortium=home, key=series)
        gathering = plan_next(session, setting.principal, series=found, start=first, end=last)
        items = len(agenda_of(session, setting.principal, gathering=gathering))
        told = _told_plan(gathering, items, setting.language)
    for line in told:
        setting.say(line)


def _told_plan(gathering: "Gathering", items: int, language: str) -> list[Message]:
    planned = _("{title} is planned ({days}). Its key is {key}.")
    lines = [planned.fill(title=_read(gathering.title, language), days=_days(gathering), key=gathering.key)]
    if gathering.host:
        lines.append(_("Proposed host: {name}.").fill(name=_read(gathering.host.name, language)))
    if items:
        lines.append(_n("{count} agenda item was copied.", "{count} agenda items were copied.", items))
    return lines


@spoken(
    "invite", _("Invite all who are partners on the first day of a gathering; whoever is invited already stays so.")
)
@click.argument("key")
@option("--consortium", said=_CONSORTIUM, metavar="KEY")
@pass_setting
def invite_all(setting: Setting, key: str, consortium: str | None) -> None:
    """Invite all partners to a gathering."""
    from consortium.services.consortia import find_consortium
    from consortium.services.gatherings import find_gathering, members
    from consortium.services.invitations import invite

    with setting.database.require().write() as session:
        home = find_consortium(session, setting.principal, consortium)
        gathering = find_gathering(session, setting.principal, consortium=home, key=key)
        partners = members(session, setting.principal, consortium=home, day=gathering.start)
        added = invite(session, setting.principal, gathering=gathering, partners=partners)
        title = _read(gathering.title, setting.language)
    if not added:
        setting.say(_("All partners are invited to {title} already.").fill(title=title))
        return
    told = _n("{count} partner was invited to {title}.", "{count} partners were invited to {title}.", len(added))
    setting.say(told.fill(title=title))


for _each in (list_gatherings, plan, invite_all):
    command.add_command(_each)
