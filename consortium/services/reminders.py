"""Reminds those who lead sub-projects of what is due, each in their own language and with a link of their own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from consortium import clock
from consortium.errors import InvalidValue
from consortium.models import (
    Capacity,
    Consortium,
    Letter,
    LetterState,
    Person,
    ReportingPeriod,
    StatusComment,
    StatusUpdate,
    SubProject,
)
from consortium.models.dialect import lock_for_append
from consortium.services.addresses import Letterhead, known_address, letterhead
from consortium.services.letter_words import Occasion, code_of, link_alone, reminder
from consortium.services.letters import NewLetter, queue_letter
from consortium.services.links import issue_link, link_address
from consortium.services.overdue import Overdue, OverdueReport, overdue
from consortium.services.policy import Principal, visible

#: days before a report is due on which we begin to remind, and between two reminders of the same
AHEAD, APART = 14, 7

#: letters that have not reached anybody and never will
VAIN = (LetterState.DEAD, LetterState.WITHDRAWN, LetterState.EXPIRED)


@dataclass(frozen=True)
class Unreachable:
    """A sub-project for which nobody could be written to.

    :ivar people: who leads it but has no address; nobody, where nobody leads it
    """

    sub_project: SubProject
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Reminded:
    """What reminding has come to.

    :ivar letters: those that were written
    :ivar spared: sub-projects whose leads were reminded of all of it a few days ago
    """

    letters: tuple[Letter, ...]
    unreachable: tuple[Unreachable, ...]
    spared: tuple[SubProject, ...]


def remind(  # of what, of when, of whom, under which address
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    day: date | None = None,
    only: Collection[str] = (),
    head: Letterhead | None = None,
) -> Reminded:
    """Write to everybody who leads a sub-project of which a report is due soon, or a report or a milestone overdue.

    :param only: keys of sub-projects; all of them if there are none
    :raises NotPermitted: if ``principal`` is not staff
    """
    day = day or clock.today()
    lock_for_append(session.connection(), Letter.__tablename__)  # so that two who remind at once do not write twice
    due = _due(session, principal, consortium, day, only)
    projects = _projects(session, principal, consortium, due)
    leads, told = leads_on(session, projects, day), _told_lately(session, consortium)
    sender = Sender(session, principal, consortium, day, head or letterhead())
    letters, unreachable, spared = list[Letter](), list[Unreachable](), list[SubProject]()
    for project in projects:
        people = leads[project.id]
        reachable = [each for each in people if has_address(each)]
        if not reachable:
            unreachable.append(Unreachable(project, tuple(people)))
            continue
        news = {each: [one for one in due[project.key] if code_of(one) not in told[each.id]] for each in reachable}
        letters += [sender.remind(project, person, new) for person, new in news.items() if new]
        if not any(news.values()):
            spared.append(project)
    return Reminded(tuple(letters), tuple(unreachable), tuple(spared))


def send_link(
    session: Session, principal: Principal, *, sub_project: SubProject, person: Person, head: Letterhead | None = None
) -> Letter:
    """Write to a person who leads a sub-project, with a link and nothing else.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the person does not lead it, or has no address
    """
    sender = Sender(session, principal, sub_project.consortium, clock.today(), head or letterhead())
    return sender.send(link_alone(sender.occasion(sub_project, person)))


@dataclass(frozen=True)
class Sender:
    """Writes letters on one occasion, on behalf of one principal."""

    session: Session
    principal: Principal
    consortium: Consortium
    day: date
    head: Letterhead

    @cached_property
    def periods(self) -> Mapping[str, ReportingPeriod]:
        """The periods by their keys."""
        own = select(ReportingPeriod).where(ReportingPeriod.consortium_id == self.consortium.id)
        return {each.key: each for each in self.session.scalars(own)}

    @cached_property
    def returned(self) -> Mapping[int, Mapping[StatusUpdate, Sequence[StatusComment]]]:
        """The statuses that were returned and wait for an answer, by their sub-projects, with what is asked of them."""
        query = (
            select(StatusUpdate, StatusComment)
            .join(StatusComment, StatusComment.status_update_id == StatusUpdate.id)
            .where(StatusUpdate.consortium_id == self.consortium.id, StatusUpdate.workflow == "returned")
            .where(visible(self.principal, StatusUpdate), visible(self.principal, StatusComment))
        )
        found = defaultdict[int, dict[StatusUpdate, list[StatusComment]]](lambda: defaultdict(list))
        for update, comment in self.session.execute(query.order_by(StatusUpdate.day, StatusComment.id)):
            found[update.sub_project_id][update].append(comment)
        return found

    def remind(self, project: SubProject, person: Person, due: Sequence[Overdue]) -> Letter:
        """Write to a person about what is due."""
        period = next((self.periods[each.period] for each in due if isinstance(each, OverdueReport)), None)
        words = reminder(self.occasion(project, person, period), due, day=self.day, asked=self.returned[project.id])
        return self.send(replace(words, about=tuple(code_of(each) for each in due)))

    def occasion(self, project: SubProject, person: Person, period: ReportingPeriod | None = None) -> Occasion:
        """Make a link to write about."""
        link, token = issue_link(self.session, self.principal, sub_project=project, person=person, period=period)
        return Occasion(person, project, link_address(token, self.head), link.expires)

    def send(self, new: NewLetter) -> Letter:
        """Put a letter into the outbox."""
        return queue_letter(self.session, self.principal, consortium=self.consortium, new=new, head=self.head)


def _due(
    session: Session, principal: Principal, consortium: Consortium, day: date, only: Collection[str]
) -> Mapping[str, Sequence[Overdue]]:
    """Find what is due, by the keys of sub-projects: what will be overdue soon, but of milestones only what is now."""
    found = overdue(session, principal, consortium=consortium, day=day + timedelta(days=AHEAD + 1))
    due = defaultdict[str, list[Overdue]](list)
    for each in found:
        if (isinstance(each, OverdueReport) or each.due < day) and (not only or each.sub_project.key in only):
            due[each.sub_project.key].append(each)
    return due


def _projects(
    session: Session, principal: Principal, consortium: Consortium, due: Collection[str]
) -> Sequence[SubProject]:
    own = (SubProject.consortium_id == consortium.id, visible(principal, SubProject))
    query = select(SubProject).where(*own, SubProject.key.in_(due))
    return session.scalars(query.order_by(SubProject.key)).all()


def leads_on(session: Session, projects: Iterable[SubProject], day: date) -> Mapping[int, Sequence[Person]]:
    """Find who leads each sub-project on ``day``, by their numbers; everybody once."""
    query = select(Capacity).where(
        Capacity.sub_project_id.in_([each.id for each in projects]),
        Capacity.role == "project_manager",
        Capacity.start <= day,
        or_(Capacity.end.is_(None), Capacity.end >= day),
    )
    leads = defaultdict[int, list[Person]](list)
    for each in session.scalars(query.options(joinedload(Capacity.person)).order_by(Capacity.id)):
        if each.person not in leads[each.sub_project_id or 0]:
            leads[each.sub_project_id or 0].append(each.person)
    return leads


def _told_lately(session: Session, consortium: Consortium) -> Mapping[int, Collection[str]]:
    """Find what each person was reminded of in the last days, in codes."""
    lately = (Letter.queued_at > clock.now() - timedelta(days=APART), Letter.state.not_in(VAIN))
    query = select(Letter.person_id, Letter.about).where(Letter.consortium_id == consortium.id, *lately)
    told = defaultdict[int, set[str]](set)
    for number, about in session.execute(query.where(Letter.kind == "reminder", Letter.person_id.is_not(None))):
        told[number or 0] |= set(about)
    return told


def has_address(person: Person) -> bool:
    """Tell whether a letter can go to a person."""
    try:
        return bool(known_address(person.email))
    except InvalidValue:
        return False
