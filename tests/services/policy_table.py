"""Who may do what to what, written by hand and not read off the policy; and what a policy says otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from consortium.errors import NotPermitted
from consortium.models import (
    Assessment,
    Base,
    Capacity,
    Change,
    Consortium,
    Indicator,
    IndicatorValue,
    Letter,
    Milestone,
    Participation,
    Person,
    PluginSwitch,
    Record,
    Snapshot,
    Statement,
    StatusComment,
    StatusLink,
    StatusUpdate,
    SubProject,
    TextIndex,
)
from consortium.models.recording import sign
from consortium.services.policy import Principal, Role, Verb
from consortium.testing import TODAY, Make
from tests.services.test_policy import fill_up, fill_up_once

#: for whom something is: the administrator, staff, all who oversee, leads of the sub-project and staff, leads and all who
#: oversee, those who have a part in the sub-project, everybody in the consortium; and nobody
ADMIN, STAFF, OVERSEERS, LEAD, LEAD_OVERSEERS, PART, ALL, NOBODY = range(8)

#: by kind, who may see, add, change, translate and remove it
SHARED = (ALL, STAFF, STAFF, STAFF, STAFF)
TABLE: Mapping[type, tuple[int, int, int, int, int]] = {
    Person: (OVERSEERS, STAFF, STAFF, STAFF, STAFF),
    Capacity: (OVERSEERS, STAFF, STAFF, STAFF, STAFF),
    SubProject: (PART, STAFF, STAFF, STAFF, STAFF),
    Indicator: (PART, STAFF, STAFF, STAFF, STAFF),
    Milestone: (PART, LEAD, LEAD, LEAD, STAFF),
    IndicatorValue: (PART, LEAD, LEAD, LEAD, STAFF),
    Assessment: (PART, LEAD, LEAD, LEAD, STAFF),
    Statement: (ALL, STAFF, STAFF, STAFF, STAFF),
    StatusUpdate: (PART, LEAD, LEAD, LEAD, LEAD),
    StatusComment: (LEAD_OVERSEERS, STAFF, STAFF, STAFF, NOBODY),
    Consortium: (ALL, ADMIN, STAFF, STAFF, NOBODY),
    Snapshot: (OVERSEERS, STAFF, NOBODY, NOBODY, NOBODY),
    Change: (OVERSEERS, NOBODY, NOBODY, NOBODY, NOBODY),
    PluginSwitch: (OVERSEERS, STAFF, NOBODY, NOBODY, NOBODY),
    Letter: (OVERSEERS, STAFF, STAFF, NOBODY, NOBODY),
    StatusLink: (OVERSEERS, STAFF, STAFF, NOBODY, NOBODY),
}
VERBS = (Verb.SEE, Verb.ADD, Verb.EDIT, Verb.TRANSLATE, Verb.REMOVE)

#: by what something is for, the roles of which somebody may do it
ROLES = {
    ADMIN: {Role.ADMINISTRATOR},
    STAFF: {Role.ADMINISTRATOR, Role.STAFF},
    OVERSEERS: {Role.ADMINISTRATOR, Role.STAFF, Role.AUDITOR},
    LEAD: {Role.ADMINISTRATOR, Role.STAFF, Role.LEAD},
    LEAD_OVERSEERS: {Role.ADMINISTRATOR, Role.STAFF, Role.AUDITOR, Role.LEAD},
    PART: set(Role),
    ALL: set(Role),
    NOBODY: set(),
}


class Policy(Protocol):
    """A policy: ours, or one in which somebody has changed something."""

    def may(self, principal: Principal, verb: Verb, thing: Any) -> bool: ...
    def demand(self, session: Session, principal: Principal, verb: Verb, thing: Any) -> None: ...
    def visible(self, principal: Principal, kind: type) -> ColumnElement[bool]: ...
    def roles_for(self, verb: Verb, kind: type) -> frozenset[Role]: ...


@dataclass(frozen=True)
class Stage:
    """Records of every kind, in two consortia, and everybody who could ask for them."""

    session: Any
    rows: Mapping[type, list[Any]]
    principals: tuple[Principal, ...]


def stage(make: Make) -> Stage:
    """Make a sub-project that is led, one of a partner, and others' here and in another consortium."""
    mine, shared, foreign = make.sub_project("Mitt"), make.sub_project("Delt"), make.sub_project("Fremmed")
    fill_up_once(make)
    away = make.session.scalars(select(SubProject).where(SubProject.consortium_id != make.home.id)).one()
    for project in (mine, shared, foreign):
        fill_up(make, project)
    _fill_away(make, away)
    make.session.add_all(_beside(make, mine, away))
    make.keep()
    partners = frozenset({shared.partners[0].id, away.partners[0].id})
    given = {"partners": partners, "leads": frozenset({mine.id, away.id})}
    home, elsewhere = make.home.id, away.consortium_id
    people = [Principal(f"{role} {where}", role, where, **given) for role in Role for where in (home, elsewhere, None)]
    people += [Principal(f"{role} alone", role, home) for role in Role]
    kinds = [mapper.class_ for mapper in Base.registry.mappers]
    asked = [kind for kind in kinds if issubclass(kind, Record) or kind in TABLE]
    rows = {kind: list(make.session.scalars(select(kind).order_by(kind.id))) for kind in asked}
    return Stage(make.session, rows, tuple(people))


def _fill_away(make: Make, project: SubProject) -> None:
    """Make what belongs to a sub-project of another consortium."""
    make.status(project, key="ute:sendt")
    make.status(project, key="ute:utkast", workflow="draft")
    make.milestone(project)
    make.reading(make.indicator(project))
    make.assessment(make.theme(consortium=project.consortium), project)


def _beside(make: Make, mine: SubProject, away: SubProject) -> Iterator[Any]:
    """Walk what is no record: letters, links and switches, here and elsewhere."""
    moment = mine.changed_at
    for number, project in enumerate((mine, away)):
        home = project.consortium_id
        person = make.person(consortium=project.consortium)
        yield Letter(
            consortium_id=home, key=f"b{number}", kind="reminder", address="a@example.org", language="nb", subject="S",
            body="B", message_id=f"<{number}>", is_repeatable=True, next_try=moment, queued_at=moment, queued_by="Olga",
        )  # fmt: skip
        yield StatusLink(
            consortium_id=home, digest=f"{number}", person=person, sub_project=project, issued_at=moment,
            issued_by="Olga", expires=TODAY,
        )  # fmt: skip
        yield PluginSwitch(consortium_id=home, plugin="p", is_on=True, by="Olga", at=moment)


def wrong(policy: Policy, on: Stage) -> Iterator[str]:
    """Walk what ``policy`` says otherwise than the table."""
    for who in on.principals:
        if on.session.scalar(select(func.count()).select_from(Participation).where(policy.visible(who, Participation))):
            yield f"{who.name} lists what has no rule"
    yield from _wrong_kinds(policy, on)
    yield from _wrong_texts(policy, on)
    yield from _wrong_demands(policy, on)


def _wrong_kinds(policy: Policy, on: Stage) -> Iterator[str]:
    for kind, rows in on.rows.items():
        own = TABLE.get(kind, SHARED)
        for verb in Verb:
            audience = own[VERBS.index(verb)] if verb in VERBS else STAFF if kind is StatusUpdate else NOBODY
            if policy.roles_for(verb, kind) != ROLES[audience]:
                yield f"roles for {verb} {kind.__name__}"
            for who, row in product(on.principals, rows):
                if policy.may(who, verb, row) != _is_for(who, _special(verb, row, audience), row):
                    yield f"{who.name} {verb} {kind.__name__} {row.id}"
        for who in on.principals:
            listed = set(on.session.scalars(select(kind.id).where(policy.visible(who, kind))))  # type: ignore[attr-defined]  # each has a number
            if listed != {row.id for row in rows if _is_for(who, _special(Verb.SEE, row, own[0]), row)}:
                yield f"{who.name} lists {kind.__name__}"


def _wrong_demands(policy: Policy, on: Stage) -> Iterator[str]:
    """Walk who is let through, or not, otherwise than expected; whoever is signs the session."""
    for who in on.principals:
        for kind, rows in on.rows.items():
            expected = _is_for(who, _special(Verb.ADD, rows[0], TABLE.get(kind, SHARED)[1]), rows[0])
            sign(on.session, "nobody")
            try:
                policy.demand(on.session, who, Verb.ADD, rows[0])
                is_let_in = True
            except NotPermitted:
                is_let_in = False
            if is_let_in != expected or on.session.info["signed_by"] != (who.name if expected else "nobody"):
                yield f"{who.name} is asked to add a {kind.__name__}"


def _wrong_texts(policy: Policy, on: Stage) -> Iterator[str]:
    """Walk who is shown other texts than those of the records that they may see."""
    lines = on.session.execute(select(TextIndex.id, TextIndex.entity, TextIndex.entity_id)).all()
    rows = {(kind.__tablename__, row.id): row for kind, own in on.rows.items() for row in own}  # type: ignore[attr-defined]  # each has a table
    for who in on.principals:
        listed = set(on.session.scalars(select(TextIndex.id).where(policy.visible(who, TextIndex))))
        expected = set()
        for line in lines:
            row = rows[line.entity, line.entity_id]
            if _is_for(who, _special(Verb.SEE, row, TABLE.get(type(row), SHARED)[0]), row):
                expected.add(line.id)
        if listed != expected:
            yield f"{who.name} lists texts"


def _special(verb: Verb, row: Any, audience: int) -> int:
    """Tell for whom a row is: drafts, what was submitted, and risks differ from the rest of their kind."""
    if isinstance(row, Statement) and row.kind == "risk" and verb is Verb.SEE:
        return OVERSEERS
    if not isinstance(row, StatusUpdate):
        return audience
    is_open = row.workflow in {"draft", "returned"}
    if verb is Verb.SEE and is_open:
        return LEAD_OVERSEERS
    if verb is Verb.EDIT and not is_open:
        return STAFF
    if verb is Verb.REMOVE and row.workflow != "draft":
        return NOBODY
    return audience


def _is_for(who: Principal, audience: int, row: Any) -> bool:
    if audience == NOBODY:
        return False
    if who.role is Role.ADMINISTRATOR:
        return True
    home = row.id if isinstance(row, Consortium) else row.consortium_id
    if home != who.consortium or audience == ADMIN:
        return False
    if audience == ALL or who.role in ROLES[STAFF if audience in {STAFF, LEAD} else OVERSEERS]:
        return True
    return _has_part(who, audience, row)


def _has_part(who: Principal, audience: int, row: Any) -> bool:
    if audience not in {LEAD, LEAD_OVERSEERS, PART}:
        return False
    project = row if isinstance(row, SubProject) else row.sub_project
    is_lead = project.id in who.leads
    if audience == PART:
        return is_lead or any(each.id in who.partners for each in project.partners)
    return is_lead and who.role is Role.LEAD
