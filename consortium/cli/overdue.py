"""``consortium overdue``: tells which reports are missing and which milestones have not been reached."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import Message, _, _n

if TYPE_CHECKING:
    from datetime import date

    from consortium.services.overdue import Overdue, OverdueMilestone, OverdueReport


@spoken(
    "overdue",
    _(
        "Tell which reports are missing and which milestones have not been reached in time, most overdue first.\n\n"
        "A report is asked of each sub-project for each reporting period in which it ran; a milestone is ticked when it is reached."
    ),
)
@option("--as-of", said=_("The day on which you look: 2026-06-15. Else today."), metavar="DATE")
@option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")
@pass_setting
def command(setting: Setting, as_of: str | None, consortium: str | None) -> None:
    """Tell what is overdue."""
    from consortium import clock
    from consortium.i18n.dates import parse_date
    from consortium.services.consortia import find_consortium
    from consortium.services.overdue import overdue

    day = parse_date(as_of) if as_of else clock.today()
    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        found = overdue(session, setting.principal, consortium=home, day=day)
    for line in _lines(found, day):
        setting.say(line)


def _lines(found: "Sequence[Overdue]", day: "date") -> Iterator[Message]:
    from consortium.services.overdue import OverdueReport
    from consortium.texts import told

    if not found:
        yield _("Nothing is overdue on {day}.").fill(day=day)
        return
    for each in found:
        duty, line = each.sub_project, _report(each) if isinstance(each, OverdueReport) else _milestone(each)
        yield line.fill(key=duty.key, sub_project=told(duty.title), partner=told(duty.partner_name))
    reports = sum(isinstance(each, OverdueReport) for each in found)
    yield _("Overdue on {day}: {reports} and {milestones}.").fill(
        day=day,
        reports=_n("{count} report", "{count} reports", reports),
        milestones=_n("{count} milestone", "{count} milestones", len(found) - reports),
    )


def _report(each: "OverdueReport") -> Message:
    line = _n(
        "{key} {sub_project} ({partner}): the report for {period} is {count} day overdue; {last}.",
        "{key} {sub_project} ({partner}): the report for {period} is {count} days overdue; {last}.",
        each.days_over,
    )
    last = _("there is no status yet")
    if each.age is not None:
        last = _n("the last status is {count} day old", "the last status is {count} days old", each.age)
    return line.fill(period=each.period, last=last)


def _milestone(each: "OverdueMilestone") -> Message:
    from consortium.texts import told

    line = _n(
        "{key} {sub_project} ({partner}): the milestone “{milestone}” is {count} day overdue.",
        "{key} {sub_project} ({partner}): the milestone “{milestone}” is {count} days overdue.",
        each.days_over,
    )
    return line.fill(milestone=told(each.title))
