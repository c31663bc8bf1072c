"""One-time links: whoever leads a sub-project reports with one, without an account."""

import hashlib
import secrets
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from consortium import clock
from consortium.errors import InvalidValue, NotFound, NotPermitted
from consortium.i18n.message import _
from consortium.models import Consortium, Person, ReportingPeriod, StatusLink, SubProject
from consortium.services.addresses import Letterhead, letterhead
from consortium.services.codes import one_consortium
from consortium.services.people import principal_of
from consortium.services.policy import Principal, Role, Verb, demand, visible

#: for how many days a link opens, and of how many random bytes it is made; no mail program cuts hexadecimal signs off
DAYS, BYTES = 14, 20

#: no token of ours is longer
_LONGEST = 100


class OpenedLink(NamedTuple):
    """What a link opens: one sub-project, for one person, who may do there what its lead may."""

    principal: Principal
    sub_project: SubProject
    person: Person
    link: StatusLink


def issue_link(
    session: Session,
    principal: Principal,
    *,
    sub_project: SubProject,
    person: Person,
    period: ReportingPeriod | None = None,
    days: int = DAYS,
) -> tuple[StatusLink, str]:
    """Make a link for a person who leads the sub-project today; its token is told now and never again.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the person does not lead the sub-project
    """
    one_consortium(sub_project, person, period)
    token, today = secrets.token_hex(BYTES), clock.today()
    link = StatusLink(
        consortium_id=sub_project.consortium_id,
        digest=_digest(token),
        person=person,
        sub_project=sub_project,
        period=period,
        issued_at=clock.now(),
        issued_by=principal.name,
        expires=today + timedelta(days=days),
    )
    demand(session, principal, Verb.ADD, link)
    if _as_lead(session, link, today) is None:
        told = _("{name} does not lead {key} today. Give the capacity first, then make the link.")
        raise InvalidValue(told.fill(name=person.name, key=sub_project.key), "person")
    session.add(link)
    session.flush()
    return link, token


def link_address(token: str, head: Letterhead | None = None) -> str:
    """Return the address on the web at which a token is used."""
    return f"{(head or letterhead()).web}/status/link/{token}"


def open_link(session: Session, token: str, day: date) -> OpenedLink:
    """Open a link: as often as wanted until a status is submitted by it.

    :raises NotFound: if it is unknown, too old, used or revoked, or the person no longer leads the sub-project; which of
        them is not told
    """
    link = _find(session, token)
    return _opened(session, link if link and link.is_open(day) else None, day)


def read_used_link(session: Session, token: str, day: date) -> OpenedLink:
    """Open a link that was used on ``day``, to read what was sent by it, and for nothing else.

    :raises NotFound: if it was not used, on another day, or the person no longer leads the sub-project
    """
    link = _find(session, token)
    used = link.used_at.astimezone(clock.CIVIL).date() if link and link.used_at and not link.revoked_at else None
    return _opened(session, link if used == day else None, day)


def use_link(session: Session, token: str, day: date) -> OpenedLink:
    """Open a link for the last time, in the unit of work in which a status is submitted by it.

    :raises NotFound: as :func:`open_link` does; of two who use it at once, the second is refused
    """
    opened = open_link(session, token, day)
    unused = update(StatusLink).where(
        StatusLink.id == opened.link.id, StatusLink.used_at.is_(None), StatusLink.revoked_at.is_(None)
    )
    used = session.execute(unused.values(used_at=clock.now()).returning(StatusLink.id)).all()
    if not used:
        raise NotFound(_CLOSED)
    return opened


def revoke_link(session: Session, principal: Principal, *, link: StatusLink) -> StatusLink:
    """Take a link back; one that was used stays as it was.

    :raises NotPermitted: if ``principal`` is not staff
    """
    demand(session, principal, Verb.EDIT, link)
    link.revoked_at = link.revoked_at or clock.now()
    session.flush()
    return link


def list_links(session: Session, principal: Principal, *, consortium: Consortium) -> list[StatusLink]:
    """List the links, the latest first."""
    query = select(StatusLink).where(StatusLink.consortium_id == consortium.id, visible(principal, StatusLink))
    whom = (joinedload(StatusLink.person), joinedload(StatusLink.sub_project))
    return list(session.scalars(query.options(*whom).order_by(StatusLink.issued_at.desc(), StatusLink.id.desc())))


_CLOSED = _("This link does not open. It may be used or too old. Ask the staff of the consortium for a new one.")


def _find(session: Session, token: str) -> StatusLink | None:
    query = select(StatusLink).where(StatusLink.digest == _digest(token[:_LONGEST]))
    return session.scalar(query.options(joinedload(StatusLink.person), joinedload(StatusLink.sub_project)))


def _opened(session: Session, link: StatusLink | None, day: date) -> OpenedLink:
    principal = _as_lead(session, link, day) if link else None
    if link is None or principal is None:
        raise NotFound(_CLOSED)
    return OpenedLink(principal, link.sub_project, link.person, link)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _as_lead(session: Session, link: StatusLink, day: date) -> Principal | None:
    """Make the principal of whoever has the link: what the person is on ``day``, and of that only this sub-project."""
    try:
        whole = principal_of(session, link.person, day)
    except NotPermitted:
        return None
    own = {link.sub_project.id} & whole.leads
    return replace(whole, role=Role.LEAD, partners=frozenset(), leads=frozenset(own)) if own else None
