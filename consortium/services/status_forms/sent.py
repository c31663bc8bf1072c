"""A status after it was sent, as whoever reported it reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased, joinedload

from consortium.errors import NotFound
from consortium.i18n.message import _
from consortium.models import Consortium, ReportingPeriod, StatusUpdate
from consortium.services.facts.updates import UNTOLD
from consortium.services.links import OpenedLink
from consortium.services.measured import Measured, Reached, measured_by, measuring, reached_by
from consortium.services.parts import Part, load_parts
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.status_forms.work import TEXTS
from consortium.texts import Text


@dataclass(frozen=True, slots=True)
class SentStatus:
    """A status that was sent, and what comes next.

    :ivar sub_project: key of the sub-project, which is called ``title``
    :ivar texts: what it says, by the names of the texts
    :ivar figures: what was read on its day
    :ivar steps: the milestones that were reached since the status before
    :ivar corrects: the day of the status that it corrects
    :ivar following: the next period that asks for a status, from when, and the day on which that is due
    """

    key: str
    sub_project: str
    title: Text
    day: date
    state: str
    workflow: str
    texts: Mapping[str, Text]
    figures: tuple[Measured, ...]
    steps: tuple[Reached, ...]
    corrects: date | None
    following: tuple[str, date, date] | None


def sent_status(session: Session, principal: Principal, *, home: Consortium, key: str) -> SentStatus:
    """Tell the status ``key`` as it was sent; in two queries.

    :raises NotFound: if there is no such status, or it was not sent
    :raises NotPermitted: if ``principal`` may not report on the sub-project
    """
    own = (StatusUpdate.consortium_id == home.id, StatusUpdate.key == key)
    return _sent(session, principal, home, select(StatusUpdate).where(*own))


def sent_by_link(session: Session, opened: OpenedLink, *, home: Consortium) -> SentStatus:
    """Tell the status that was sent by a link that has been used; in two queries.

    :raises NotFound: if there is none any more
    """
    own = (StatusUpdate.consortium_id == home.id, StatusUpdate.sub_project_id == opened.sub_project.id)
    query = select(StatusUpdate).where(*own, StatusUpdate.changed_at >= opened.link.used_at)
    first = (StatusUpdate.changed_at, StatusUpdate.day.desc(), StatusUpdate.id.desc())
    return _sent(session, opened.principal, home, query.order_by(*first).limit(1))


def _sent(session: Session, principal: Principal, home: Consortium, query: Select[StatusUpdate]) -> SentStatus:
    told = (StatusUpdate.workflow.not_in(UNTOLD), visible(principal, StatusUpdate))
    beside = (joinedload(StatusUpdate.sub_project), joinedload(StatusUpdate.corrects))
    update = session.scalars(query.where(*told).options(*beside)).one_or_none()
    if update is None:
        raise NotFound(_("No such status has been sent."))
    demand(session, principal, Verb.TRANSLATE, update)
    earlier = aliased(StatusUpdate)
    parts = [_later(home, update), Part(earlier, (earlier.id == _before(principal, update),))]
    later, before, read, steps = load_parts(session, [*parts, *measuring(principal, update)])
    following = min((each for (each,) in later), key=lambda each: each.start, default=None)
    since = before[0][0].day if before else None
    figures = measured_by(read, day=update.day, since=since)
    reached = reached_by(steps, day=update.day, since=since)
    return SentStatus(
        key=update.key,
        sub_project=update.sub_project.key,
        title=update.sub_project.title,
        day=update.day,
        state=update.state,
        workflow=update.workflow,
        texts={name: getattr(update, name) for name in TEXTS},
        figures=tuple(each for each in figures if each.day == update.day),
        steps=tuple(each for each in reached if each.is_new),
        corrects=update.corrects.day if update.corrects else None,
        following=(following.key, following.start, following.due) if following else None,
    )


def _later(home: Consortium, update: StatusUpdate) -> Part:
    """Choose the periods after the status that ask its sub-project for another."""
    ended = update.sub_project.end or date.max
    own = (ReportingPeriod.consortium_id == home.id, ReportingPeriod.start > update.day)
    return Part(ReportingPeriod, (*own, ReportingPeriod.start <= ended))


def _before(principal: Principal, update: StatusUpdate) -> Any:
    """Choose the latest status of an earlier day."""
    own = (StatusUpdate.sub_project_id == update.sub_project_id, StatusUpdate.workflow.not_in(UNTOLD))
    query = select(StatusUpdate.id).where(*own, StatusUpdate.day < update.day, visible(principal, StatusUpdate))
    return query.order_by(StatusUpdate.day.desc()).limit(1).correlate(None).scalar_subquery()
