"""Services, each asked as the staff would, and the kinds of record of which each tells something."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from unittest.mock import Mock

from sqlalchemy import select

from consortium.models import (
    AgendaItem,
    Assessment,
    Attendance,
    Capacity,
    Change,
    Consortium,
    Gathering,
    Group,
    Indicator,
    IndicatorValue,
    Letter,
    Milestone,
    Organisation,
    Partner,
    PartnerRole,
    Person,
    PluginSwitch,
    RegisterEntry,
    ReportingPeriod,
    Series,
    Snapshot,
    Statement,
    StatusComment,
    StatusLink,
    StatusUpdate,
    SubProject,
    TermEntry,
    Theme,
)
from consortium.services import (
    approvals,
    checking,
    comparing,
    consortia,
    editing,
    erasing,
    gatherings,
    history,
    letters,
    links,
    naming,
    overdue,
    overview,
    periods,
    previews,
    registers,
    reminders,
    searching,
    series,
    snapshots,
    standings,
    switches,
    tallies,
    terms,
    timeline,
    unreported,
)
from consortium.services.addresses import letterhead
from consortium.services.facts import since_of
from consortium.services.facts.gatherings import _last_and_next, _may_know
from consortium.services.facts.updates import latest_updates
from consortium.services.status_forms import sent
from consortium.services.status_forms.sent import sent_status
from tests.services.asked import (
    LATER,
    Asked,
    against,
    answered,
    asked_for,
    chosen,
    desk,
    export,
    facts_now,
    is_asked,
    kept_lines,
    let_come,
    listed,
    opened,
    own_work,
    removed,
    restored,
    sent_one,
    step,
    work,
)

#: services, and the kinds of which each tells something; what a service asks for in several ways stands here by itself
SERVICES: Mapping[str, tuple[Callable[[Asked], Any], tuple[type, ...]]] = {
    "answers": (answered, (Attendance, Capacity)),
    "substitutes": (let_come, (Attendance, Person)),
    "statuses that wait": (
        lambda on: approvals.waiting_statuses(on.session, on.who, **on.there), (Person, StatusUpdate)),
    "an opened status": (opened, (Milestone, Indicator, IndicatorValue, Person, StatusUpdate, StatusComment)),
    "the status before": (
        lambda on: chosen(on, select(approvals._before(on.who, sent_one(on)))), (StatusUpdate,)),
    "a status": (
        lambda on: approvals.find_status(on.session, on.who, key=on.one(StatusUpdate).key, **on.there),
        (StatusUpdate,)),
    "a returned status": (is_asked, (StatusComment,)),
    "early statuses": (lambda on: checking._early(on.session, on.who, on.home, LATER), (StatusUpdate,)),
    "unrecorded gatherings": (lambda on: checking._unrecorded(on.session, on.who, on.home, LATER), (Gathering,)),
    "unreachable people": (lambda on: checking._unreachable(on.session, on.who, on.home), (Person,)),
    "outdated codes": (
        lambda on: checking._outdated_codes(on.session, on.who, on.home, LATER), (Organisation, RegisterEntry)),
    "what nobody leads": (lambda on: checking._unled(on.session, on.who, on.home, LATER), (SubProject,)),
    "what a report compares with": (
        lambda on: comparing.compared_with(on.session, on.who, words=on.one(Gathering).key, day=LATER, **on.there),
        (Gathering,)),
    "the consortium": (lambda on: consortia.find_consortium(on.session, on.who, on.home.key), (Consortium,)),
    "whom to erase": (
        lambda on: erasing._find(on.session, on.who, on.home, on.one(Person).key), (Person,)),
    "whom to erase of those who have gone": (removed, (Change,)),
    "a form": (
        lambda on: editing.load_record(on.session, on.who, home=on.home, kind=Milestone, key=on.one(Milestone).key),
        (Milestone,)),
    "an export": (export, (
        Group, Organisation, Partner, PartnerRole, Theme, ReportingPeriod, Series, Gathering, AgendaItem, Attendance,
        TermEntry, RegisterEntry, Milestone, Indicator, IndicatorValue, Assessment, Consortium, Person, Capacity,
        SubProject, StatusUpdate, StatusComment, Statement)),
    "a report": (facts_now, (
        Partner, PartnerRole, Group, Theme, ReportingPeriod, Gathering, Attendance, Milestone, Indicator, IndicatorValue,
        Assessment, SubProject, StatusUpdate, Statement, Person)),
    "the last and the next gathering": (
        lambda on: chosen(on, _last_and_next(on.who, on.home, LATER)), (Gathering,)),
    "since when": (lambda on: since_of(on.session, on.who, words="", day=LATER, **on.there), (Gathering,)),
    "since a snapshot": (
        lambda on: since_of(on.session, on.who, words="last-snapshot", day=LATER, **on.there), (Snapshot,)),
    "a report against a snapshot": (against, (Snapshot,)),
    "who reported": (
        lambda on: chosen(on, latest_updates(on.who, LATER, None)), (Person,)),
    "who came": (
        lambda on: chosen(on, select(Person.id).where(_may_know(on.who, Person))), (Person,)),
    "what was changed": (
        lambda on: chosen(on, history._numbers(on.who, on.home, Milestone)), (Change,)),
    "the lines of a snapshot": (kept_lines, (Snapshot,)),
    "the next place": (
        lambda on: gatherings.next_place(on.session, on.who, gathering=on.one(AgendaItem).gathering), (AgendaItem,)),
    "an agenda": (
        lambda on: gatherings.agenda_of(on.session, on.who, gathering=on.one(AgendaItem).gathering), (AgendaItem,)),
    "members": (lambda on: gatherings.members(on.session, on.who, day=LATER, **on.there), (Partner,)),
    "gatherings": (lambda on: gatherings.gatherings_of(on.session, on.who, **on.there), (Gathering,)),
    "a gathering": (
        lambda on: gatherings.find_gathering(on.session, on.who, key=on.one(Gathering).key, **on.there), (Gathering,)),
    "replies": (lambda on: gatherings.replies_of(on.session, on.who, **on.there), (Attendance,)),
    "the history": (
        lambda on: history.history_of(on.session, on.who, home=on.home, kind=Milestone, key=on.one(Milestone).key),
        (Change,)),
    "the latest step": (step, (Milestone,)),
    "an earlier step": (restored, (Milestone, Change)),
    "letters": (lambda on: letters.list_letters(on.session, on.who, **on.there), (Letter,)),
    "a letter": (lambda on: letters.find_letter(on.session, on.who, key=on.one(Letter).key, **on.there), (Letter,)),
    "links": (lambda on: links.list_links(on.session, on.who, **on.there), (StatusLink,)),
    "a list": (lambda on: listed(on, Milestone), (Milestone,)),
    "a list of parts": (lambda on: listed(on, Milestone, of=on.one(Milestone).sub_project), (Milestone, SubProject)),
    "a list with words": (lambda on: listed(on, SubProject, words="Mitt"), (SubProject,)),
    "lists": (
        lambda on: [listed(on, kind) for kind in (Statement, Attendance, Capacity)],
        (Statement, Attendance, Capacity)),
    "a list with what its records refer to": (
        lambda on: [each.sub_project for each in listed(on, Milestone).records], (SubProject,)),
    "a list with what lies beyond": (
        lambda on: [each.indicator and each.indicator.sub_project for each in listed(on, IndicatorValue).records],
        (SubProject,)),
    "titles": (lambda on: naming.titles(on.session, on.who, keys={Theme: [on.one(Theme).key]}, **on.there), (Theme,)),
    "what is overdue": (
        lambda on: overdue.overdue(on.session, on.who, day=LATER, **on.there),
        (ReportingPeriod, Milestone, SubProject, StatusUpdate)),
    "the overview": (
        lambda on: overview.overview(on.session, on.who, day=LATER, language="nb", **on.there),
        (Partner, SubProject, StatusUpdate)),
    "the sub-projects of the overview": (
        lambda on: chosen(on, select(SubProject.id).where(*overview._own(asked_for(on)))), (SubProject,)),
    "the overview of a partner": (
        lambda on: chosen(on, select(SubProject.id).where(*overview._own(asked_for(on, partner=on.one(SubProject).partners[0].key)))),
        (Partner,)),
    "standings": (
        lambda on: standings.standings(
            on.session, on.who, day=LATER, numbers=[on.one(SubProject).id], partners=defaultdict(Mock), **on.there),
        (SubProject, StatusUpdate)),
    "which stand": (
        lambda on: sorted(standings.standings(
            on.session, on.who, day=LATER, numbers=[on.one(SubProject).id], partners=defaultdict(Mock), **on.there)),
        (SubProject,)),
    "a period": (
        lambda on: periods.find_period(on.session, on.who, key=on.one(ReportingPeriod).key, **on.there),
        (ReportingPeriod,)),
    "when was reminded": (lambda on: previews.last_reminded(on.session, on.who, **on.there), (Letter,)),
    "whom to remind": (
        lambda on: reminders._projects(on.session, on.who, on.home, [on.one(SubProject).key]), (SubProject,)),
    "what was returned": (
        lambda on: reminders.Sender(on.session, on.who, on.home, LATER, letterhead()).returned,
        (StatusUpdate, StatusComment)),
    "registers": (lambda on: registers.register_of(on.session, on.who, kinds=["k"], **on.there), (RegisterEntry,)),
    "a code": (
        lambda on: registers.entries_of(on.session, on.who, kind="k", code="1", **on.there), (RegisterEntry,)),
    "found": (
        lambda on: searching.search(on.session, on.who, words="Mitt", language="nb", **on.there), (SubProject,)),
    "a series": (
        lambda on: series.find_series(on.session, on.who, key=on.one(Series).key, **on.there), (Series,)),
    "snapshots": (lambda on: snapshots.list_snapshots(on.session, on.who, **on.there), (Snapshot,)),
    "a sent status": (
        lambda on: sent_status(on.session, on.who, home=on.home, key=sent_one(on).key),
        (Indicator, IndicatorValue, StatusUpdate)),
    "the status before a sent one": (
        lambda on: chosen(on, select(sent._before(on.who, sent_one(on)))), (StatusUpdate,)),
    "the work on a status": (work, (
        Gathering, Milestone, Indicator, IndicatorValue, SubProject, StatusUpdate, StatusComment, Statement)),
    "switches": (lambda on: switches.switch_history(on.session, on.who, **on.there), (PluginSwitch,)),
    "a partner's switch": (
        lambda on: switches.switch(
            on.session, on.who, plugin="norway", partner=on.one(Partner).key, is_on=False, **on.there),
        (Partner,)),
    "counts by state": (
        lambda on: tallies.count_states(on.session, on.who, home=on.home.id, day=LATER), (SubProject,)),
    "counts of the silent": (
        lambda on: tallies.count_silent(
            on.session, on.who, home=on.home.id, day=LATER, periods=[on.one(ReportingPeriod)]),
        (SubProject,)),
    "counts of what waits": (
        lambda on: tallies.count_submitted(on.session, on.who, home=on.home.id), (SubProject,)),
    "tasks: periods": (lambda on: desk(on).periods(), (ReportingPeriod,)),
    "tasks: gatherings without a record": (lambda on: chosen(on, desk(on)._unrecorded()), (Gathering,)),
    "tasks: the next gathering": (lambda on: desk(on).coming(), (Gathering,)),
    "tasks of a lead": (own_work, (Milestone, SubProject, StatusUpdate, StatusComment)),
    "the glossary": (lambda on: terms.glossary_of(on.session, on.who, **on.there), (TermEntry,)),
    "statuses in time": (
        lambda on: timeline.statuses_in_time(on.session, on.who, sub_project=on.one(SubProject).key, **on.there),
        (Person, SubProject, StatusUpdate)),
    "who has not reported": (
        lambda on: unreported.unreported(on.session, on.who, day=LATER, with_leads=True, **on.there),
        (ReportingPeriod, Person, SubProject)),
}  # fmt: skip
