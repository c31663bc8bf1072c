"""Keeps what organisations say and write at gatherings."""

from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Gathering, Organisation, Statement
from consortium.services.codes import known_code, known_made, one_consortium
from consortium.services.policy import Principal, Verb, demand
from consortium.services.texts import Written, new_text


def record_statement(
    session: Session,
    principal: Principal,
    *,
    gathering: Gathering,
    organisation: Organisation,
    kind: str,
    words: Written,
) -> Statement:
    """Add what an organisation said at a gathering; it can say several things of a kind.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the kind is unknown, or nothing was said
    """
    one_consortium(gathering, organisation)
    said = new_text(principal, words)
    if not said:
        raise InvalidValue(_("A statement needs words. Write what was said, or leave the statement out."), "words")
    code = known_code("statement_kind", kind)
    statement = Statement(
        consortium_id=gathering.consortium_id,
        key=known_made(_free_key(session, gathering, statement_key(gathering.key, organisation.key, code))),
        gathering=gathering,
        organisation=organisation,
        kind=code,
        words=said,
    )
    demand(session, principal, Verb.ADD, statement)
    session.add(statement)
    session.flush()
    return statement


def statement_key(gathering: str, organisation: str, kind: str) -> str:
    """Make the key of a statement from what it is; a second one of its kind gets ``:2`` after it."""
    return f"{gathering}:{organisation}:{kind}"


def _free_key(session: Session, gathering: Gathering, key: str) -> str:
    taken = set(
        session.scalars(
            select(Statement.key).where(
                Statement.consortium_id == gathering.consortium_id, Statement.key.startswith(key, autoescape=True)
            )
        )
    )
    if key not in taken:
        return key
    return next(numbered for number in count(2) if (numbered := f"{key}:{number}") not in taken)
