"""Adds series of gatherings, and plans the next one of a series."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue, NotFound
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import _
from consortium.models import Consortium, Gathering, Organisation, Series
from consortium.services.codes import known_code, known_key
from consortium.services.gatherings import add_agenda_item, add_gathering, agenda_of, check_key, members
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.texts import Written, new_text
from consortium.texts import Text

#: once a week is more often than anybody meets
MOST_PER_YEAR = 52


def add_series(
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    key: str,
    name: Written,
    kind: str,
    per_year: int = 2,
) -> Series:
    """Add a series of gatherings of one kind, of which there are ``per_year`` in a year.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the key is taken, or a value cannot be kept
    """
    if not 0 < per_year <= MOST_PER_YEAR:
        told = _("A series cannot have {count} gatherings a year. Write a number from 1 to {most}.")
        raise InvalidValue(told.fill(count=per_year, most=MOST_PER_YEAR), "per_year")
    series = Series(
        consortium_id=consortium.id,
        key=known_key(key),
        name=new_text(principal, name),
        kind=known_code("gathering_kind", kind),
        per_year=per_year,
    )
    demand(session, principal, Verb.ADD, series)
    check_key(session, series, _("There is already a series “{key}”. Choose another key."))
    session.add(series)
    session.flush()
    return series


def find_series(session: Session, principal: Principal, *, consortium: Consortium, key: str) -> Series:
    """Find a series by its key.

    :raises NotFound: if there is none; names those that there are
    """
    own = (Series.consortium_id == consortium.id, visible(principal, Series))
    found = {each.key: each for each in session.scalars(select(Series).where(*own).order_by(Series.key))}
    if key not in found:
        told = _("There is no series “{key}”. There are: {known}.")
        raise NotFound(told.fill(key=key, known=tuple(found) or "–"))
    return found[key]


def plan_next(
    session: Session, principal: Principal, *, series: Series, start: date, end: date | None = None
) -> Gathering:
    """Add the next gathering of a series: numbered, titled, with a proposed host and the agenda of the last one.

    The agenda is a shell: places, minutes and titles, without those who contributed.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if it would not come after the last one
    """
    last = _last_of(session, series)
    if last and start <= last.end:
        told = _("“{key}” lasts until {day}. Give the next gathering of the series a later start date.")
        raise InvalidValue(told.fill(key=last.key, day=last.end), "start")
    number = _last_number(session, series) + 1
    gathering = add_gathering(
        session,
        principal,
        consortium=series.consortium,
        key=f"{series.key}-{number}",
        title=_title(principal, series, number),
        kind=series.kind,
        start=start,
        end=end,
        series=series,
        number=number,
        host=propose_host(session, principal, series=series, day=start),
    )
    for item in agenda_of(session, principal, gathering=last) if last else ():
        add_agenda_item(
            session, principal, gathering=gathering, title=item.title, minutes=item.minutes, place=item.place
        )
    return gathering


def _last_of(session: Session, series: Series) -> Gathering | None:
    own = select(Gathering).where(Gathering.series_id == series.id)
    return session.scalar(own.order_by(Gathering.start.desc(), Gathering.id.desc()).limit(1))


def _last_number(session: Session, series: Series) -> int:
    return session.scalar(select(func.max(Gathering.number)).where(Gathering.series_id == series.id)) or 0


def _title(principal: Principal, series: Series, number: int) -> Text:
    """Put the number after the name of the series in every language; a machine’s draft of the name stays one."""
    source = series.name.source or ""
    title = new_text(principal, _numbered(series.name, source, number), language=source)
    for tag, version in series.name.versions.items():
        if tag != source:
            words = _numbered(series.name, tag, number)
            title = title.translate(tag, words, origin=version.origin, by=principal.name, at=clock.now())
    return title


def _numbered(name: Text, tag: str, number: int) -> str:
    words = name.words(tag) or ""
    if tag.split("-", maxsplit=1)[0] not in INTERFACE_LANGUAGES:
        return f"{words} {number}"
    return _("{series} no. {number}").fill(series=words, number=number).say(tag)


def propose_host(session: Session, principal: Principal, *, series: Series, day: date) -> Organisation | None:
    """Propose who hosts the gathering of a series on ``day``: the member that has not hosted it for the longest time.

    Whoever never has comes first; among equals the key decides. ``None`` if nobody is a member on that day.
    """
    hosted = select(Gathering.host_id, func.max(Gathering.start)).where(
        Gathering.series_id == series.id, Gathering.host_id.is_not(None)
    )
    last = dict(session.execute(hosted.group_by(Gathering.host_id)).all())
    partners = members(session, principal, consortium=series.consortium, day=day)
    chosen = min(partners, key=lambda each: (last.get(each.organisation_id, date.min), each.key), default=None)
    return chosen.organisation if chosen else None
