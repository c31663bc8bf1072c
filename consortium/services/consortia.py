"""Founds consortia and finds them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue, NotFound
from consortium.i18n.message import _
from consortium.models import Consortium
from consortium.services.codes import known_key, known_languages, known_plain, known_span
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.texts import Written, new_text


def found_consortium(  # what a consortium is
    session: Session,
    principal: Principal,
    *,
    key: str,
    name: Written,
    languages: str = "nb,sv",
    programme: str = "",
    start: date | None = None,
    end: date | None = None,
) -> Consortium:
    """Found a consortium whose texts are kept in ``languages``; the first one comes first in every document.

    :raises NotPermitted: if ``principal`` is no administrator
    :raises InvalidValue: if the key is taken, or a value cannot be kept
    """
    known_span(start, end)
    consortium = Consortium(
        key=known_key(key),
        name=new_text(principal, name),
        languages=known_languages(languages),
        programme=known_plain(programme),
        start=start,
        end=end,
    )
    demand(session, principal, Verb.ADD, consortium)
    if session.scalar(select(Consortium.id).where(Consortium.key == consortium.key)):
        raise InvalidValue(_("There is already a consortium “{key}”. Choose another key.").fill(key=key))
    session.add(consortium)
    session.flush()
    return consortium


def find_consortium(session: Session, principal: Principal, key: str | None = None) -> Consortium:
    """Find a consortium by its key, or the only one there is.

    :raises NotFound: if there is none, or several and no key
    """
    query = select(Consortium).where(visible(principal, Consortium)).order_by(Consortium.key)
    found = session.scalars(query.where(Consortium.key == key) if key else query).all()
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(
            _("There are several consortia: {known}. Say which one.").fill(known=", ".join(each.key for each in found))
        )
    if key:
        raise NotFound(_("There is no consortium “{key}”.").fill(key=key))
    raise NotFound(_("There is no consortium yet. Import a workbook first: consortium import FILE"))
