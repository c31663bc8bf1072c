"""Whoever asks a service, and the questions that take more than a line."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.facts import Since
from consortium.models import (
    Attendance,
    Capacity,
    Change,
    Consortium,
    Milestone,
    Organisation,
    Person,
    Snapshot,
    StatusUpdate,
    SubProject,
)
from consortium.models.recording import write_history
from consortium.services import (
    answers,
    approvals,
    erasing,
    history,
    listing,
    overview,
    people,
    tasks,
)
from consortium.services.exporting.json_lines import write_lines
from consortium.services.facts import gather_facts, since_of
from consortium.services.facts.questions import Questions
from consortium.services.policy import Principal, Role, operator
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


def export(on: Asked) -> str:
    write_lines(on.session, on.who, file=(file := io.BytesIO()), **on.there)
    return file.getvalue().decode()


def facts_now(on: Asked) -> str:
    since = since_of(on.session, on.who, words="", day=LATER, **on.there)
    return gather_facts(on.session, on.who, day=LATER, since=since, **on.there).fingerprint


def answered(on: Asked) -> Any:
    gathering = on.one(Attendance).gathering
    rows = answers.rows_of(on.session, on.who, gathering=gathering)
    return rows, answers.people_for(on.session, on.who, gathering=gathering, rows=rows)


def let_come(on: Asked) -> Any:
    row, person = on.one(Attendance), on.one(Person)
    said = {row.id: (answers.Answer(invited="", instead=person.key, state="attended", reason=""), row.version)}
    return answers.write_answers(on.session, on.who, home=on.home, gathering=row.gathering, said=said)


def is_asked(on: Asked) -> bool:
    update = on.one(StatusUpdate, StatusUpdate.workflow == "returned")
    return approvals.is_asked(on.session, on.who, update=update, comments=["Hvor mange?"])


def opened(on: Asked) -> Any:
    key = on.one(StatusUpdate, StatusUpdate.workflow == "submitted", StatusUpdate.day == TODAY).key
    returned = on.one(StatusUpdate, StatusUpdate.workflow == "returned").key
    return [approvals.open_status(on.session, on.who, key=each, day=LATER, **on.there) for each in (key, returned)]


def work(on: Asked) -> Any:
    key = on.one(SubProject).key
    return load_work(on.session, on.who, home=on.home, key=key, said_by=LATER)


def own_work(on: Asked) -> Any:
    lead = Principal("Lea", Role.LEAD, on.home.id, leads=frozenset({on.one(SubProject).id}))
    return tasks.tasks_of(on.session, lead, day=LATER, language="nb", **on.there)


def step(on: Asked) -> Any:
    return history.latest_step(on.session, on.who, home=on.home, kind=Milestone, key=on.one(Milestone).key)


def removed(on: Asked) -> Any:
    """Ask for the number of somebody who has been removed."""
    person = people.add_person(on.session, operator("Olga Operatør"), key="gone", name="Geir Gått", **on.there)
    write_history(on.session)
    on.session.delete(person)
    write_history(on.session)
    return erasing._find(on.session, on.who, on.home, "gone")


def restored(on: Asked) -> Any:
    change = on.one(Change, Change.entity == "milestone")
    return history.restore(on.session, on.who, home=on.home, kind=Milestone, number=change.id)


def asked_for(on: Asked, partner: str = "") -> Any:
    return overview._Asked(on.who, on.home.id, LATER, "nb", "partner", overview.Filter(partner=partner))


def listed(on: Asked, kind: type[Any], **others: Any) -> Any:
    return listing.list_records(on.session, on.who, kind=kind, language="nb", **others, **on.there)


def against(on: Asked) -> Any:
    """Gather facts against a snapshot in which a sub-project stands that has gone since."""
    since = Since("snapshot", BEFORE, on.one(Snapshot, Snapshot.day == BEFORE).key)
    facts = gather_facts(on.session, on.who, day=LATER, since=since, **on.there)
    return facts.gone


def kept_lines(on: Asked) -> Any:
    since = Since("snapshot", BEFORE, on.one(Snapshot, Snapshot.day == BEFORE).key)
    return [*on.session.execute(Questions(on.who, on.home.id, LATER, since, None, 0, has_periods=True).kept())]


def chosen(on: Asked, query: Any) -> Any:
    return [*on.session.execute(query)]


def desk(on: Asked) -> Any:
    return tasks._Desk(on.session, on.who, on.home, LATER, "nb")


def sent_one(on: Asked) -> StatusUpdate:
    found: StatusUpdate = on.one(
        StatusUpdate, StatusUpdate.workflow == "submitted", StatusUpdate.day == TODAY, StatusUpdate.sub_project_id == 1
    )
    return found
