"""Adds gatherings and their agenda, and finds them."""

from collections import defaultdict
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from consortium.errors import InvalidValue, NotFound
from consortium.i18n.message import Message, _
from consortium.models import AgendaItem, Attendance, Consortium, Gathering, Member, Organisation, Partner, Series
from consortium.services.codes import known_code, known_key, known_made, known_plain, known_span, one_consortium
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.texts import Written, new_text
from consortium.texts import Text

#: no item of an agenda takes longer than a day
MOST_MINUTES = 24 * 60


def add_gathering(  # noqa: PLR0913  # what a gathering is
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    key: str,
    title: Written | Text,
    kind: str,
    start: date,
    end: date | None = None,
    topic: Written | None = None,
    series: Series | None = None,
    number: int | None = None,
    host: Organisation | None = None,
    place: str = "",
) -> Gathering:
    """Add a gathering on one or several days, by itself or as number ``number`` of a series.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the key or the number is taken, or a value cannot be kept
    """
    known_span(start, end)
    gathering = Gathering(
        consortium_id=consortium.id,
        key=known_key(key),
        series=series,
        number=number,
        title=title if isinstance(title, Text) else new_text(principal, title),
        topic=new_text(principal, topic),
        kind=known_code("gathering_kind", kind),
        host=host,
        place=known_plain(place),
        start=start,
        end=end or start,
    )
    one_consortium(gathering, series, host)
    demand(session, principal, Verb.ADD, gathering)
    check_key(session, gathering, _("There is already a gathering “{key}”. Choose another key."))
    _check_number(session, gathering)
    session.add(gathering)
    session.flush()
    return gathering


def check_key(session: Session, record: Member, told: Message) -> None:
    """Insist that the key of a record to be added is free.

    :raises InvalidValue: if it is not; ``told`` says so, with a place for the key
    """
    kind = type(record)
    taken = exists().where(kind.consortium_id == record.consortium_id, kind.key == record.key)
    with session.no_autoflush:
        if session.scalar(select(taken)):
            raise InvalidValue(told.fill(key=record.key), "key")


def _check_number(session: Session, gathering: Gathering) -> None:
    if gathering.number is None or gathering.series is None:
        return
    own = (Gathering.series_id == gathering.series.id, Gathering.number == gathering.number)
    with session.no_autoflush:
        other = session.scalar(select(Gathering.key).where(*own).limit(1))
    if other:
        told = _("“{key}” is already number {number} of “{series}”. Give this gathering another number.")
        raise InvalidValue(told.fill(key=other, number=gathering.number, series=gathering.series.key), "number")


def add_agenda_item(
    session: Session,
    principal: Principal,
    *,
    gathering: Gathering,
    title: Written | Text,
    minutes: int | None = None,
    contributor: str = "",
    place: int | None = None,
) -> AgendaItem:
    """Add an item to a gathering's agenda, at its end unless told its ``place``.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the place is taken, or the item would take no time or more than a day
    """
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        told = _("An item of an agenda cannot take {minutes} minutes. Write a number from 1 to {most}.")
        raise InvalidValue(told.fill(minutes=minutes, most=MOST_MINUTES), "minutes")
    place = place or next_place(session, principal, gathering=gathering)
    item = AgendaItem(
        consortium_id=gathering.consortium_id,
        key=known_made(agenda_key(gathering, place)),
        gathering=gathering,
        place=place,
        minutes=minutes,
        title=title if isinstance(title, Text) else new_text(principal, title),
        contributor=known_plain(contributor),
    )
    demand(session, principal, Verb.ADD, item)
    check_key(session, item, _("“{key}” is on the agenda already. Choose another place."))
    session.add(item)
    session.flush()
    return item


def next_place(session: Session, principal: Principal, *, gathering: Gathering) -> int:
    """Return the number of the item that comes next in a gathering's agenda."""
    own = (AgendaItem.gathering_id == gathering.id, visible(principal, AgendaItem))
    return (session.scalar(select(func.max(AgendaItem.place)).where(*own)) or 0) + 1


def agenda_key(gathering: Gathering, place: int) -> str:
    """Make the key of an item of an agenda from what it says."""
    return f"{gathering.key}:{place}"


def agenda_of(session: Session, principal: Principal, *, gathering: Gathering) -> tuple[AgendaItem, ...]:
    """List the items of a gathering's agenda in their order."""
    own = (AgendaItem.gathering_id == gathering.id, visible(principal, AgendaItem))
    return tuple(session.scalars(select(AgendaItem).where(*own).order_by(AgendaItem.place, AgendaItem.id)))


def members(session: Session, principal: Principal, *, consortium: Consortium, day: date) -> tuple[Partner, ...]:
    """List the partners that take part in a consortium on ``day``, by their key."""
    own = (Partner.consortium_id == consortium.id, visible(principal, Partner))
    found = session.scalars(select(Partner).where(*own).options(joinedload(Partner.organisation)))
    return tuple(sorted((each for each in found if each.is_member(day)), key=lambda each: each.key))


def gatherings_of(session: Session, principal: Principal, *, consortium: Consortium) -> tuple[Gathering, ...]:
    """List the gatherings of a consortium from the first to the last."""
    own = (Gathering.consortium_id == consortium.id, visible(principal, Gathering))
    query = select(Gathering).where(*own).options(joinedload(Gathering.host)).order_by(Gathering.start, Gathering.id)
    return tuple(session.scalars(query))


def find_gathering(session: Session, principal: Principal, *, consortium: Consortium, key: str) -> Gathering:
    """Find a gathering by its key.

    :raises NotFound: if there is none; names the last ones that there are
    """
    own = (Gathering.consortium_id == consortium.id, visible(principal, Gathering))
    if found := session.scalar(select(Gathering).where(*own, Gathering.key == key)):
        return found
    known = session.scalars(select(Gathering.key).where(*own).order_by(Gathering.start.desc(), Gathering.id).limit(5))
    told = _("There is no gathering “{key}”. The last ones are: {known}.")
    raise NotFound(told.fill(key=key, known=tuple(known) or "–"))


def replies_of(session: Session, principal: Principal, *, consortium: Consortium) -> dict[int, list[str]]:
    """List the states of all attendance, by the number of the gathering, in one query."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    own = (Attendance.consortium_id == consortium.id, visible(principal, Attendance))
    for number, state in session.execute(select(Attendance.gathering_id, Attendance.state).where(*own)):
        found[number].append(state)
    return found
