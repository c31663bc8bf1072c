"""Writes to those who lead one sub-project: a link alone, or that a status of it was returned."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.models import Letter, Person, StatusComment, StatusUpdate, SubProject
from consortium.models.dialect import lock_for_append
from consortium.services.addresses import Letterhead, letterhead
from consortium.services.letter_words import link_alone, returned
from consortium.services.policy import Principal
from consortium.services.reminders import VAIN, Sender, has_address, leads_on

#: nobody needs a second link so soon; a second click asks for one
SOON = timedelta(minutes=5)


@dataclass(frozen=True)
class Written:
    """What writing to those who lead a sub-project has come to; all of it is empty where nobody leads it.

    :ivar reached: names of those who were written to
    :ivar unreachable: names of those who have no address
    :ivar spared: names of those who were sent a link a moment ago
    """

    reached: tuple[str, ...]
    unreachable: tuple[str, ...]
    spared: tuple[str, ...] = ()


def send_links(
    session: Session, principal: Principal, *, sub_project: SubProject, head: Letterhead | None = None
) -> Written:
    """Write to everybody who leads a sub-project today, with a link and nothing else; not twice in a moment.

    :raises NotPermitted: if ``principal`` is not staff
    """
    lock_for_append(session.connection(), Letter.__tablename__)  # so that two clicks do not write twice
    leads = leads_on(session, [sub_project], clock.today())[sub_project.id]
    served = _served(session, sub_project)
    sender = Sender(session, principal, sub_project.consortium, clock.today(), head or letterhead())
    reachable = [each for each in leads if has_address(each)]
    wanting = [each for each in reachable if each.id not in served]
    for person in wanting:
        sender.send(link_alone(sender.occasion(sub_project, person)))
    return Written(_names(wanting), _unreachable(leads), _names(each for each in reachable if each.id in served))


def tell_returned(
    session: Session,
    principal: Principal,
    *,
    update: StatusUpdate,
    comments: Iterable[StatusComment],
    head: Letterhead | None = None,
) -> Written:
    """Write to everybody who leads the sub-project today what is asked of its status, with a link to answer by.

    :raises NotPermitted: if ``principal`` is not staff
    """
    project, asked = update.sub_project, tuple(comments)
    leads = leads_on(session, [project], clock.today())[project.id]
    sender = Sender(session, principal, project.consortium, clock.today(), head or letterhead())
    reachable = [each for each in leads if has_address(each)]
    for person in reachable:
        sender.send(returned(sender.occasion(project, person), update, asked))
    return Written(_names(reachable), _unreachable(leads))


def _names(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(each.name for each in people)


def _unreachable(leads: Iterable[Person]) -> tuple[str, ...]:
    return _names(each for each in leads if not has_address(each))


def _served(session: Session, project: SubProject) -> Collection[int | None]:
    """Find to whom a link alone was written in the last moments."""
    lately = (Letter.queued_at > clock.now() - SOON, Letter.state.not_in(VAIN))
    query = select(Letter.person_id).where(Letter.sub_project_id == project.id, Letter.kind == "status_link", *lately)
    return set(session.scalars(query))
