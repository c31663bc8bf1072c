"""``consortium period``: divides the time of a project into reporting periods, locks and opens them."""

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Group, option
from consortium.cli.speech import command as spoken
from consortium.i18n.message import _, _n

_HOME = option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")


@click.group("period", cls=Group, said=_("Reporting periods: planned from the project’s dates, locked and opened."))
def command() -> None:
    """Gather the commands on reporting periods."""


@spoken("list", _("List the reporting periods: from when to when, when the report is due, and whether it is locked."))
@_HOME
@pass_setting
def list_all(setting: Setting, /, consortium: str | None) -> None:
    """List the periods, a line each."""
    from consortium.i18n.dates import Days
    from consortium.services.consortia import find_consortium
    from consortium.services.periods import periods_of

    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        found = periods_of(session, home.id)
        for each in found:
            told = _("{key}: {days}, due {due}, open")
            if each.locked:
                told = _("{key}: {days}, due {due}, locked since {locked}").fill(locked=each.locked)
            setting.say(told.fill(key=each.key, days=Days("", start=each.start, end=each.end), due=each.due))
    if not found:
        setting.say(_("There is no reporting period yet. Plan them with: consortium period plan"))


@spoken("plan", _("Divide the time of the project into reporting periods; those that there are stay as they are."))
@option("--months", said=_("How long a period is, in months."), type=int, default=6, show_default=True)
@option("--days", said=_("Days after its end on which the report is due."), type=int, default=30, show_default=True)
@_HOME
@pass_setting
def plan(setting: Setting, /, months: int, days: int, consortium: str | None) -> None:
    """Plan the periods."""
    from consortium.services.consortia import find_consortium
    from consortium.services.periods import plan_periods

    with setting.database.require().write() as session:
        home = find_consortium(session, setting.principal, consortium)
        made = plan_periods(session, setting.principal, consortium=home, months=months, days_to_report=days)
        told = _n("{count} period was added: {keys}.", "{count} periods were added: {keys}.", len(made))
        added = told.fill(keys=tuple(each.key for each in made))
    setting.say(added if made else _("All periods were there already."))


@spoken("lock", _("Lock a period: from then on only corrections are taken, as addenda."))
@click.argument("key")
@_HOME
@pass_setting
def lock(setting: Setting, /, key: str, consortium: str | None) -> None:
    """Lock a period from today on."""
    from consortium.services.consortia import find_consortium
    from consortium.services.periods import find_period, lock_period

    with setting.database.require().write() as session:
        home = find_consortium(session, setting.principal, consortium)
        period = find_period(session, setting.principal, consortium=home, key=key)
        locked = lock_period(session, setting.principal, period=period).locked
    setting.say(_("The period {key} is locked since {day}.").fill(key=key, day=locked))


@spoken("open", _("Open a locked period again."))
@click.argument("key")
@_HOME
@pass_setting
def open_again(setting: Setting, /, key: str, consortium: str | None) -> None:
    """Open a period."""
    from consortium.services.consortia import find_consortium
    from consortium.services.periods import find_period, open_period

    with setting.database.require().write() as session:
        home = find_consortium(session, setting.principal, consortium)
        open_period(
            session, setting.principal, period=find_period(session, setting.principal, consortium=home, key=key)
        )
    setting.say(_("The period {key} is open.").fill(key=key))


for each in (list_all, plan, lock, open_again):
    command.add_command(each)
