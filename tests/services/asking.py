"""Services, each asked as the staff would, and the kinds of record of which each tells something."""

import io
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.facts import PARTS, Since
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
    answers,
    approvals,
    checking,
    comparing,
    consortia,
    editing,
    gatherings,
    history,
    letters,
    links,
    listing,
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
    tasks,
    terms,
    timeline,
    unreported,
)
from consortium.services.addresses import letterhead
from consortium.services.exporting.json_lines import write_lines
from consortium.services.facts import gather_facts, since_of
from consortium.services.facts.gatherings import _last_and_next, _may_know
from consortium.services.facts.sub_projects import SubProjects
from consortium.services.facts.updates import latest_updates
from consortium.services.policy import Principal, Role
from consortium.services.status_forms import sent
from consortium.services.status_forms.sent import sent_status
from consortium.services.status_forms.work import load_work
from consortium.testing import TODAY


@dataclass(frozen=True)
class Asked:
    """Who asks a service, and where."""

    session: Session
    who: Principal
    home: Consortium

    @property
    def there(self) -> dict[str, Any]:
        return {"consortium": self.home}

    @property
    def lead(self) -> Any:
        """Who leads the first sub-project."""
        return self.one(Capacity, Capacity.role == LEADS).person

    @property
    def apart(self) -> Any:
        """Find an organisation that is no partner."""
        return self.one(Organisation, Organisation.key == "apart")

    def one(self, kind: type[Any], *criteria: Any) -> Any:
        own = select(kind).where(kind.consortium_id == self.home.id, *criteria)
        return self.session.scalars(own.order_by(kind.id)).first()


#: the role of those who lead a sub-project
LEADS = "project_manager"

#: days before and after those on which everything happens
BEFORE, LATER = TODAY - timedelta(days=60), TODAY + timedelta(days=400)


def _export(on: Asked) -> str:
    write_lines(on.session, on.who, file=(file := io.BytesIO()), **on.there)
    return file.getvalue().decode()


def _facts(on: Asked) -> str:
    since = since_of(on.session, on.who, words="", day=LATER, **on.there)
    return gather_facts(on.session, on.who, day=LATER, since=since, **on.there).fingerprint


def _answers(on: Asked) -> Any:
    gathering = on.one(Attendance).gathering
    rows = answers.rows_of(on.session, on.who, gathering=gathering)
    return rows, answers.people_for(on.session, on.who, gathering=gathering, rows=rows)


def _let_come(on: Asked) -> Any:
    row, person = on.one(Attendance), on.one(Person)
    said = {row.id: (answers.Answer(invited="", instead=person.key, state="attended", reason=""), row.version)}
    return answers.write_answers(on.session, on.who, home=on.home, gathering=row.gathering, said=said)


def _is_asked(on: Asked) -> bool:
    update = on.one(StatusUpdate, StatusUpdate.workflow == "returned")
    return approvals.is_asked(on.session, on.who, update=update, comments=["Hvor mange?"])


def _opened(on: Asked) -> Any:
    key = on.one(StatusUpdate, StatusUpdate.workflow == "submitted", StatusUpdate.day == TODAY).key
    returned = on.one(StatusUpdate, StatusUpdate.workflow == "returned").key
    return [approvals.open_status(on.session, on.who, key=each, day=LATER, **on.there) for each in (key, returned)]


def _work(on: Asked) -> Any:
    key = on.one(SubProject).key
    return load_work(on.session, on.who, home=on.home, key=key, said_by=LATER)


def _own_work(on: Asked) -> Any:
    lead = Principal("Lea", Role.LEAD, on.home.id, leads=frozenset({on.one(SubProject).id}))
    return tasks.tasks_of(on.session, lead, day=LATER, language="nb", **on.there)


def _step(on: Asked) -> Any:
    return history.latest_step(on.session, on.who, home=on.home, kind=Milestone, key=on.one(Milestone).key)


def _restored(on: Asked) -> Any:
    change = on.one(Change, Change.entity == "milestone")
    return history.restore(on.session, on.who, home=on.home, kind=Milestone, number=change.id)


def _asked(on: Asked, partner: str = "") -> Any:
    return overview._Asked(on.who, on.home.id, LATER, "nb", "partner", overview.Filter(partner=partner))


def _listed(on: Asked, kind: type[Any], **others: Any) -> Any:
    return listing.list_records(on.session, on.who, kind=kind, language="nb", **others, **on.there)


def _against(on: Asked) -> Any:
    """Gather facts against a snapshot in which a sub-project stands that has gone since."""
    since = Since("snapshot", BEFORE, on.one(Snapshot, Snapshot.day == BEFORE).key)
    facts = gather_facts(on.session, on.who, day=LATER, since=since, **on.there)
    return facts.gone


def _kept(on: Asked) -> Any:
    since = Since("snapshot", BEFORE, on.one(Snapshot, Snapshot.day == BEFORE).key)
    return [*on.session.execute(SubProjects(on.session, on.who, on.home, LATER, since, None, (), PARTS)._kept())]


def _chosen(on: Asked, query: Any) -> Any:
    return [*on.session.execute(query)]


def _desk(on: Asked) -> Any:
    return tasks._Desk(on.session, on.who, on.home, LATER, "nb")


def _sent_one(on: Asked) -> StatusUpdate:
    found: StatusUpdate = on.one(
        StatusUpdate, StatusUpdate.workflow == "submitted", StatusUpdate.day == TODAY, StatusUpdate.sub_project_id == 1
    )
    return found


#: services, and the kinds of which each tells something; what a service asks for in several ways stands here by itself
SERVICES: Mapping[str, tuple[Callable[[Asked], Any], tuple[type, ...]]] = {
    "answers": (_answers, (Attendance, Capacity)),
    "substitutes": (_let_come, (Attendance, Person)),
    "statuses that wait": (
        lambda on: approvals.waiting_statuses(on.session, on.who, **on.there), (Person, StatusUpdate)),
    "an opened status": (_opened, (Milestone, Indicator, IndicatorValue, Person, StatusUpdate, StatusComment)),
    "the status before": (
        lambda on: _chosen(on, select(approvals._before(on.who, _sent_one(on)))), (StatusUpdate,)),
    "a status": (
        lambda on: approvals.find_status(on.session, on.who, key=on.one(StatusUpdate).key, **on.there),
        (StatusUpdate,)),
    "a returned status": (_is_asked, (StatusComment,)),
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
    "a form": (
        lambda on: editing.load_record(on.session, on.who, home=on.home, kind=Milestone, key=on.one(Milestone).key),
        (Milestone,)),
    "an export": (_export, (
        Group, Organisation, Partner, PartnerRole, Theme, ReportingPeriod, Series, Gathering, AgendaItem, Attendance,
        TermEntry, RegisterEntry, Milestone, Indicator, IndicatorValue, Assessment, Consortium, Person, Capacity,
        SubProject, StatusUpdate, StatusComment, Statement)),
    "a report": (_facts, (
        Partner, PartnerRole, Group, Theme, ReportingPeriod, Gathering, Attendance, Milestone, Indicator, IndicatorValue,
        Assessment, SubProject, StatusUpdate, Statement, Person)),
    "the last and the next gathering": (
        lambda on: _chosen(on, _last_and_next(on.who, on.home, LATER)), (Gathering,)),
    "since when": (lambda on: since_of(on.session, on.who, words="", day=LATER, **on.there), (Gathering,)),
    "since a snapshot": (
        lambda on: since_of(on.session, on.who, words="last-snapshot", day=LATER, **on.there), (Snapshot,)),
    "a report against a snapshot": (_against, (Snapshot,)),
    "who reported": (
        lambda on: _chosen(on, latest_updates(on.who, LATER, None)), (Person,)),
    "who came": (
        lambda on: _chosen(on, select(Person.id).where(_may_know(on.who, Person))), (Person,)),
    "what was changed": (
        lambda on: _chosen(on, history._numbers(on.who, on.home, Milestone)), (Change,)),
    "the lines of a snapshot": (_kept, (Snapshot,)),
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
    "the latest step": (_step, (Milestone,)),
    "an earlier step": (_restored, (Milestone, Change)),
    "letters": (lambda on: letters.list_letters(on.session, on.who, **on.there), (Letter,)),
    "a letter": (lambda on: letters.find_letter(on.session, on.who, key=on.one(Letter).key, **on.there), (Letter,)),
    "links": (lambda on: links.list_links(on.session, on.who, **on.there), (StatusLink,)),
    "a list": (lambda on: _listed(on, Milestone), (Milestone,)),
    "a list of parts": (lambda on: _listed(on, Milestone, of=on.one(Milestone).sub_project), (Milestone, SubProject)),
    "a list with words": (lambda on: _listed(on, SubProject, words="Mitt"), (SubProject,)),
    "lists": (
        lambda on: [_listed(on, kind) for kind in (Statement, Attendance, Capacity)],
        (Statement, Attendance, Capacity)),
    "a list with what its records refer to": (
        lambda on: [each.sub_project for each in _listed(on, Milestone).records], (SubProject,)),
    "a list with what lies beyond": (
        lambda on: [each.indicator and each.indicator.sub_project for each in _listed(on, IndicatorValue).records],
        (SubProject,)),
    "titles": (lambda on: naming.titles(on.session, on.who, keys={Theme: [on.one(Theme).key]}, **on.there), (Theme,)),
    "what is overdue": (
        lambda on: overdue.overdue(on.session, on.who, day=LATER, **on.there),
        (ReportingPeriod, Milestone, SubProject, StatusUpdate)),
    "the overview": (
        lambda on: overview.overview(on.session, on.who, day=LATER, language="nb", **on.there),
        (Partner, SubProject, StatusUpdate)),
    "the sub-projects of the overview": (
        lambda on: _chosen(on, select(SubProject.id).where(*overview._own(_asked(on)))), (SubProject,)),
    "the overview of a partner": (
        lambda on: _chosen(on, select(SubProject.id).where(*overview._own(_asked(on, partner=on.one(SubProject).partners[0].key)))),
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
        lambda on: sent_status(on.session, on.who, home=on.home, key=_sent_one(on).key),
        (Indicator, IndicatorValue, StatusUpdate)),
    "the status before a sent one": (
        lambda on: _chosen(on, select(sent._before(on.who, _sent_one(on)))), (StatusUpdate,)),
    "the work on a status": (_work, (
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
    "tasks: periods": (lambda on: _desk(on).periods(), (ReportingPeriod,)),
    "tasks: gatherings without a record": (lambda on: _chosen(on, _desk(on)._unrecorded()), (Gathering,)),
    "tasks: the next gathering": (lambda on: _desk(on).coming(), (Gathering,)),
    "tasks of a lead": (_own_work, (Milestone, SubProject, StatusUpdate, StatusComment)),
    "the glossary": (lambda on: terms.glossary_of(on.session, on.who, **on.there), (TermEntry,)),
    "statuses in time": (
        lambda on: timeline.statuses_in_time(on.session, on.who, sub_project=on.one(SubProject).key, **on.there),
        (Person, SubProject, StatusUpdate)),
    "who has not reported": (
        lambda on: unreported.unreported(on.session, on.who, day=LATER, with_leads=True, **on.there),
        (ReportingPeriod, Person, SubProject)),
}  # fmt: skip
