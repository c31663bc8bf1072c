"""Checks the texts and the data of a consortium: what is missing, doubtful, or does not fit together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.facts import Facts, SubProjectFacts
from consortium.facts.changes import is_ended
from consortium.facts.places import Place, places_of
from consortium.i18n.message import LanguageName, Message, _
from consortium.models import Capacity, Consortium, SubProject
from consortium.services.facts import gather_facts
from consortium.services.policy import Principal, visible
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
    found = [each for place in places_of(facts, iter(facts.sub_projects)) for each in _of_text(place, facts, glossary)]
    unled = _unled(session, principal, consortium, facts.day)
    found += [finding for each in facts.sub_projects for finding in _of_record(each, facts, unled)]
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


def _of_record(each: SubProjectFacts, facts: Facts, unled: frozenset[str]) -> Iterator[Finding]:
    leader = facts.partner[each.partners[0]]
    if not is_ended(each) and leader.left and leader.left <= facts.day:
        what = _("{partner} leads the sub-project, but left on {day}. Let another partner lead it.")
        yield _record(each, each.key, what.fill(partner=told(leader.name), day=leader.left))
    if not is_ended(each) and each.key in unled:
        yield _record(each, each.key, _("Nobody is its project manager. Give a person that capacity."))
    for milestone in each.milestones:
        if each.end and milestone.due > each.end:
            what = _("The milestone “{title}” is due on {day}, after the end of the sub-project on {end}.")
            filled = what.fill(title=told(milestone.title), day=milestone.due, end=each.end)
            yield _record(each, milestone.key, filled)
    for indicator in each.indicators:
        if indicator.target is None:
            what = _("The indicator “{name}” has no target.").fill(name=told(indicator.name))
            yield _record(each, indicator.key, what)
        if indicator.baseline is None:
            what = _("The indicator “{name}” has no baseline.").fill(name=told(indicator.name))
            yield _record(each, indicator.key, what)


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
