"""Checks the texts and the data of a consortium: what is missing, doubtful, or does not fit together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.facts import Facts, MilestoneState, State, SubProjectFacts
from consortium.facts.changes import is_ended, standing
from consortium.facts.gatherings import RECORDED
from consortium.facts.places import Place, places_of
from consortium.i18n.message import LanguageName, Message, _
from consortium.models import (
    Attendance,
    Capacity,
    Consortium,
    Gathering,
    Organisation,
    Person,
    StatusUpdate,
    SubProject,
)
from consortium.services.facts import gather_facts
from consortium.services.facts.updates import UNTOLD
from consortium.services.hints import TextChecks, text_checks
from consortium.services.offers import Offers
from consortium.services.policy import Principal, visible
from consortium.services.registers import doubts, register_of
from consortium.services.terms import glossary_of
from consortium.texts import TextState, told
from consortium.texts.glossary import Glossary


class Concern(StrEnum):
    """What a finding is about."""

    MISSING = "missing"
    OUTDATED = "outdated"
    DRAFT = "machine_draft"
    TERM = "term"
    RECORD = "record"


#: the states of texts that somebody should do something about
_STATES = {
    TextState.MISSING: Concern.MISSING,
    TextState.OUTDATED: Concern.OUTDATED,
    TextState.MACHINE_DRAFT: Concern.DRAFT,
}


#: what an address for e-mail looks like: something, an at sign, and a domain with a dot in it
_ADDRESS = re.compile(r"[^@\s<>()\[\],;:\"\\]+@[^@\s.,;:<>()]+(\.[^@\s.,;:<>()]+)+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that somebody should look at: what it is about, whose it is, and what is the matter."""

    concern: Concern
    owner: Message
    record: str
    what: Message


def check(session: Session, principal: Principal, *, consortium: Consortium, day: date | None = None) -> list[Finding]:
    """Check what ``principal`` may see: texts in the consortium's languages, terms, and what the records say together."""
    facts = gather_facts(session, principal, consortium=consortium, day=day or clock.today())
    glossary = glossary_of(session, principal, consortium=consortium)
    checks = text_checks(Offers(session, consortium))
    places = places_of(facts, iter(facts.sub_projects))
    found = [each for place in places for each in (*_of_text(place, facts, glossary), *_of_words(place, checks))]
    unled = _unled(session, principal, consortium, facts.day)
    found += [finding for each in facts.sub_projects for finding in _of_record(each, facts, unled)]
    found += _early(session, principal, consortium, facts.day)
    found += _unrecorded(session, principal, consortium, facts.day)
    found += _unreachable(session, principal, consortium)
    found += _outdated_codes(session, principal, consortium, facts.day)
    return sorted(found, key=lambda finding: list(Concern).index(finding.concern))


def _of_text(place: Place, facts: Facts, glossary: Glossary) -> Iterator[Finding]:
    for tag in facts.consortium.languages:
        if concern := _STATES.get(place.text.state(tag)):
            what = _("{field} in {language}").fill(field=place.field, language=LanguageName(tag))
            yield Finding(concern, place.owner, place.record, what)
    for tag, warning in glossary.warnings(place.text):
        what = _("{field} in {language}: {warning}")
        filled = what.fill(field=place.field, language=LanguageName(tag), warning=warning)
        yield Finding(Concern.TERM, place.owner, place.record, filled)


def _of_words(place: Place, checks: TextChecks) -> Iterator[Finding]:
    """Ask the plugins what is doubtful about the words."""
    for tag in place.text:
        for warning in checks.warnings(place.text.words(tag) or "", tag):
            what = _("{field} in {language}: {warning}")
            filled = what.fill(field=place.field, language=LanguageName(tag), warning=warning)
            yield Finding(Concern.TERM, place.owner, place.record, filled)


def _of_record(each: SubProjectFacts, facts: Facts, unled: frozenset[str]) -> Iterator[Finding]:
    leader = facts.partner[each.partners[0]]
    if not is_ended(each) and leader.left and leader.left <= facts.day:
        what = _("{partner} leads the sub-project, but left on {day}. Let another partner lead it.")
        yield _record(each, each.key, what.fill(partner=told(leader.name), day=leader.left))
    if not is_ended(each) and each.key in unled:
        yield _record(each, each.key, _("Nobody is its project manager. Give a person that capacity."))
    yield from _of_milestones(each, facts.day)
    for indicator in each.indicators:
        if indicator.target is None:
            what = _("The indicator “{name}” has no target.").fill(name=told(indicator.name))
            yield _record(each, indicator.key, what)
        if indicator.baseline is None:
            what = _("The indicator “{name}” has no baseline.").fill(name=told(indicator.name))
            yield _record(each, indicator.key, what)


def _of_milestones(each: SubProjectFacts, day: date) -> Iterator[Finding]:
    is_completed = each.current is not None and each.current.state is State.COMPLETED
    for milestone in each.milestones:
        if is_completed and standing(milestone, each, day) is MilestoneState.DROPPED:
            what = _("It is completed, but the milestone “{title}” is open. Say when it was reached, or take it away.")
            yield _record(each, milestone.key, what.fill(title=told(milestone.title)))
        if each.end and milestone.due > each.end:
            what = _("The milestone “{title}” is due on {day}, after the end of the sub-project on {end}.")
            filled = what.fill(title=told(milestone.title), day=milestone.due, end=each.end)
            yield _record(each, milestone.key, filled)


def _early(session: Session, principal: Principal, consortium: Consortium, day: date) -> Iterator[Finding]:
    """Find the statuses from before their sub-project began, but those that only say that it is planned."""
    columns = (StatusUpdate.key, StatusUpdate.day, SubProject.title, SubProject.start)
    query = (
        select(*columns)
        .join(SubProject, SubProject.id == StatusUpdate.sub_project_id)
        .where(
            StatusUpdate.consortium_id == consortium.id,
            StatusUpdate.day < SubProject.start,
            StatusUpdate.day <= day,
            StatusUpdate.state != State.PLANNED,
            StatusUpdate.workflow.not_in(UNTOLD),
            visible(principal, StatusUpdate),
        )
    )
    for row in session.execute(query.order_by(StatusUpdate.day, StatusUpdate.key)):
        what = _("The status is of {day}, before the sub-project began on {start}. Correct one of the two.")
        yield Finding(Concern.RECORD, told(row.title), row.key, what.fill(day=row.day, start=row.start))


def _unrecorded(session: Session, principal: Principal, consortium: Consortium, day: date) -> Iterator[Finding]:
    """Find the gatherings that ended before ``day`` and of which nobody has written down who attended."""
    is_recorded = exists().where(Attendance.gathering_id == Gathering.id, Attendance.state.in_(RECORDED))
    own = (Gathering.consortium_id == consortium.id, Gathering.end < day, visible(principal, Gathering))
    query = select(Gathering.key, Gathering.title, Gathering.end).where(*own, ~is_recorded)
    for row in session.execute(query.order_by(Gathering.end, Gathering.key)):
        what = _("It ended on {day}, but nobody has recorded who attended.").fill(day=row.end)
        yield Finding(Concern.RECORD, told(row.title), row.key, what)


def _unreachable(session: Session, principal: Principal, consortium: Consortium) -> Iterator[Finding]:
    """Find the people whose address for e-mail cannot be one."""
    own = (Person.consortium_id == consortium.id, Person.email != "", visible(principal, Person))
    for row in session.execute(select(Person.key, Person.name, Person.email).where(*own).order_by(Person.key)):
        if not _ADDRESS.fullmatch(row.email):
            what = _("“{email}” cannot be an e-mail address. Correct it.").fill(email=row.email)
            yield Finding(Concern.RECORD, _("{name}").fill(name=row.name), row.key, what)


def _outdated_codes(session: Session, principal: Principal, consortium: Consortium, day: date) -> Iterator[Finding]:
    """Find the organisations whose codes do not stand in the imported registers, or hold no longer."""
    own = (Organisation.consortium_id == consortium.id, visible(principal, Organisation))
    columns = (Organisation.key, Organisation.name, Organisation.identifiers)
    rows = session.execute(select(*columns).where(*own).order_by(Organisation.key)).all()
    kinds = {kind for row in rows for kind in row.identifiers or ()}
    register = register_of(session, principal, consortium=consortium, kinds=kinds)
    for row in rows:
        for _kind, doubt in doubts(register, row.identifiers, day):
            yield Finding(Concern.RECORD, told(row.name), row.key, doubt)


def _record(each: SubProjectFacts, record: str, what: Message) -> Finding:
    return Finding(Concern.RECORD, told(each.title), record, what)


def _unled(session: Session, principal: Principal, consortium: Consortium, day: date) -> frozenset[str]:
    """Find the sub-projects that nobody leads on ``day``."""
    leads = exists().where(
        Capacity.sub_project_id == SubProject.id,
        Capacity.role == "project_manager",
        Capacity.start <= day,
        or_(Capacity.end.is_(None), Capacity.end >= day),
    )
    own = (SubProject.consortium_id == consortium.id, visible(principal, SubProject))
    return frozenset(session.scalars(select(SubProject.key).where(*own, ~leads)))
