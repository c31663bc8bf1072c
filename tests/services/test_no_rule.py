"""No rule means no: of a kind for which the policy has no rule, no service tells anybody anything."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from sys import modules
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import ConsortiumError
from consortium.models import (
    Attendance,
    Base,
    Consortium,
    Database,
    Group,
    Letter,
    StatusUpdate,
    SubProject,
)
from consortium.services import snapshots
from consortium.services.people import give_capacity
from consortium.services.policy import RULES, Principal, Role, Verb
from consortium.testing import TODAY, Make
from tests.services.asked import BEFORE, LATER, LEADS, Asked
from tests.services.asking import SERVICES
from tests.services.policy_table import stage


def told(value: Any) -> Any:
    """Say what a service returned so that it can be compared: records by their numbers."""
    if isinstance(value, Base):
        return type(value).__name__, value.id  # type: ignore[attr-defined]  # each has one
    if is_dataclass(value) and not isinstance(value, type):
        return [told(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, Mapping):
        return sorted((str(told(key)), told(each)) for key, each in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [told(each) for each in value]
    return str(value)


def forget() -> None:
    """Forget the queries that were written down for a principal."""
    for name, module in list(modules.items()):
        if name.startswith("consortium.services"):
            for each in list(vars(module).values()):
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


def said(database: Database, home: int, service: str) -> str:
    """Ask a service anew, and say what it told, or with which words it refused."""
    forget()
    with Session(database.engine.execution_options(consortium_writing=True)) as session:
        asked = Asked(session, Principal("Stine", Role.STAFF, home), session.get_one(Consortium, home))
        try:
            return str(told(SERVICES[service][0](asked)))
        except (ConsortiumError, LookupError) as fault:  # what is a part of something that is not told
            return repr(fault)


def prepare(make: Make) -> int:
    """Make records of every kind, and what comes before and after them; return the number of the consortium."""
    stage(make)
    mine, other, *_others = make.session.scalars(select(SubProject).order_by(SubProject.id))
    letter, answer = (
        make.session.scalars(select(Letter).order_by(Letter.id)).first(),
        make.session.scalars(select(Attendance).order_by(Attendance.id)).first(),
    )
    assert letter
    assert answer
    lead, earlier = make.person("Lea Lind", email="lea@example.org"), make.gathering(day=BEFORE)
    for where, role, led in ((mine.partners[0].organisation, LEADS, mine), (answer.organisation, "contact", None)):
        give_capacity(
            make.session, make.operator, person=lead, organisation=where, role=role, sub_project=led, start=BEFORE
        )
    make.status(mine, day=BEFORE)
    for update in make.session.scalars(select(StatusUpdate).where(StatusUpdate.sub_project == mine)):
        update.reported_by = lead
    last = make.gathering(day=LATER - timedelta(days=9))
    make.attendance(last, answer.organisation, person=lead)
    make.statement(last, mine.partners[0].organisation)
    make.gathering(day=LATER + timedelta(days=9))
    make.person("Uten Adresse", email="ingen adresse")
    mine.partners[0].organisation.identifiers = {"k": "2"}
    mine.partners[0].organisation.groups = list(make.session.scalars(select(Group)))
    make.organisation(key="apart")
    other.start = TODAY + timedelta(days=1)
    letter.sub_project, letter.about = mine, [f"report {mine.key} 2025-2"]
    snapshots.take_snapshot(make.session, make.operator, consortium=make.home, day=BEFORE, gathering=earlier)
    other.key = f"{other.key}-ny"  # the snapshot knows it by a key that is no more
    number = make.home.id
    make.keep()
    make.session.close()
    return number


def test_of_what_has_no_rule_no_service_tells_anybody(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    home, told_anyway = prepare(make), set()
    for service, (_ask, kinds) in SERVICES.items():
        before = said(make.database, home, service)
        for kind in kinds:
            with monkeypatch.context() as context:
                context.delitem(RULES, (Verb.SEE, kind))
                if said(make.database, home, service) == before:
                    told_anyway.add(f"{service}: {kind.__name__}")
    forget()

    assert told_anyway == set()
