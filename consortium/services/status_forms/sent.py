"""A status after it was sent, as whoever reported it reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from consortium.errors import NotFound
from consortium.i18n.message import _
from consortium.models import Consortium, StatusUpdate
from consortium.services.facts.updates import UNTOLD
from consortium.services.links import OpenedLink
from consortium.services.measured import Measured, Reached, measured_by, reached_by
from consortium.services.periods import periods_of
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
    """Tell the status ``key`` as it was sent; in five queries.

    :raises NotFound: if there is no such status, or it was not sent
    :raises NotPermitted: if ``principal`` may not report on the sub-project
    """
    own = (StatusUpdate.consortium_id == home.id, StatusUpdate.key == key)
    return _sent(session, principal, home, select(StatusUpdate).where(*own))


def sent_by_link(session: Session, opened: OpenedLink, *, home: Consortium) -> SentStatus:
    """Tell the status that was sent by a link that has been used; in five queries.

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
    later = [each for each in periods_of(session, home.id) if each.start > update.day]
    ended = update.sub_project.end
    following = next((each for each in later if ended is None or each.start <= ended), None)
    since = session.scalar(_day_before(principal, update))
    figures = measured_by(session, principal, update=update, since=since)
    steps = reached_by(session, principal, update=update, since=since)
    return SentStatus(
        key=update.key,
        sub_project=update.sub_project.key,
        title=update.sub_project.title,
        day=update.day,
        state=update.state,
        workflow=update.workflow,
        texts={name: getattr(update, name) for name in TEXTS},
        figures=tuple(each for each in figures if each.day == update.day),
        steps=tuple(each for each in steps if each.is_new),
        corrects=update.corrects.day if update.corrects else None,
        following=(following.key, following.start, following.due) if following else None,
    )


def _day_before(principal: Principal, update: StatusUpdate) -> Select[date]:
    """Choose the day of the latest status of an earlier day."""
    own = (StatusUpdate.sub_project_id == update.sub_project_id, StatusUpdate.workflow.not_in(UNTOLD))
    return select(func.max(StatusUpdate.day)).where(
        *own, StatusUpdate.day < update.day, visible(principal, StatusUpdate)
    )
