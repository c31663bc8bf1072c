"""Writes letters into the outbox, in the same unit of work as what they are about, and lists them."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consortium import clock
from consortium.errors import InvalidValue, NotFound, NotPermitted
from consortium.i18n.language import normal_tag
from consortium.i18n.message import Message, _
from consortium.models import Consortium, Letter, LetterState, Person, SubProject
from consortium.models.letter import SECRET_PLACE
from consortium.services.addresses import Letterhead, known_address, letterhead
from consortium.services.codes import one_consortium
from consortium.services.envelopes import lay_out
from consortium.services.people import principal_of
from consortium.services.policy import Principal, Verb, demand, may, visible
from consortium.services.subjects import known_line
from consortium.texts import normal_words


@dataclass(frozen=True)
class Kind:
    """A kind of letter.

    :ivar name: what it is called
    :ivar is_repeatable: tells whether, after a crash while it was sent, a second copy is better than none
    :ivar is_for_leads: tells whether only somebody who leads the sub-project may still get it
    """

    name: Message
    is_repeatable: bool
    is_for_leads: bool = False


KINDS: Mapping[str, Kind] = {
    "account": Kind(_("about an account"), is_repeatable=True),
    "status_link": Kind(_("one-time link"), is_repeatable=True, is_for_leads=True),
    "returned": Kind(_("returned status"), is_repeatable=True, is_for_leads=True),
    "reminder": Kind(_("reminder"), is_repeatable=False, is_for_leads=True),
}

#: letters that somebody may ask to be sent again, because nobody knows that they have arrived
STRANDED = frozenset({LetterState.FAILED, LetterState.DEAD, LetterState.UNSURE, LetterState.WITHDRAWN})


@dataclass(frozen=True)
class NewLetter:
    """What a letter says, and to whom.

    :ivar kind: one of :data:`KINDS`
    :ivar address: of its one recipient; that of ``person`` if none is given
    :ivar secret: the part of ``body`` that nobody but the recipient may ever read, such as a one-time link
    :ivar about: what it is about, in codes
    :ivar expires: the last day on which it is worth sending
    """

    kind: str
    language: str
    subject: str
    body: str
    address: str = ""
    person: Person | None = None
    sub_project: SubProject | None = None
    secret: str = ""
    about: tuple[str, ...] = ()
    expires: date | None = None


def queue_letter(
    session: Session,
    principal: Principal | None,
    *,
    consortium: Consortium,
    new: NewLetter,
    head: Letterhead | None = None,
) -> Letter:
    """Write a letter into the outbox; it leaves only if the unit of work is kept.

    :param principal: who writes; ``None`` where the house itself answers somebody about their own account
    :raises NotPermitted: if ``principal`` is not staff, or nobody writes a letter of a kind that staff write
    :raises InvalidValue: if a letter cannot be addressed or laid out like that
    """
    one_consortium(new.person, new.sub_project)
    head, now = head or letterhead(), clock.now()
    key = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(8)}"
    letter = Letter(
        consortium_id=consortium.id,
        key=key,
        kind=new.kind,
        address=known_address(new.address or (new.person.email if new.person else "")),
        person=new.person,
        sub_project=new.sub_project,
        language=normal_tag(new.language),
        subject=known_line(new.subject),
        body=_without_secret(normal_words(new.body), new),
        secret=new.secret,
        about=list(new.about),
        message_id=f"<{key}@{head.domain}>",
        is_repeatable=KINDS[new.kind].is_repeatable,
        state=LetterState.QUEUED,
        next_try=now,
        queued_at=now,
        queued_by=principal.name if principal else "",
        expires=new.expires,
    )
    _permit(session, principal, letter)
    lay_out(letter, head)
    session.add(letter)
    session.flush()
    return letter


def _without_secret(body: str, new: NewLetter) -> str:
    """Keep the words of a letter without what is secret in them.

    :raises ValueError: if it is not in them, stands in the subject, or nothing says until when it is of use
    """
    if SECRET_PLACE in body:
        told = _("The letter holds a sign that cannot be kept (U+{code}). Delete it and write it anew.")
        raise InvalidValue(told.fill(code="FFFC"), "body")
    if not new.secret:
        return body
    if new.secret not in body or new.secret in new.subject or new.expires is None:
        raise ValueError("a secret stands in the body of a letter that expires, and nowhere else")
    return body.replace(new.secret, SECRET_PLACE)


def _permit(session: Session, principal: Principal | None, letter: Letter) -> None:
    if principal:
        demand(session, principal, Verb.ADD, letter)
    elif letter.kind != "account":
        raise NotPermitted(_("Nobody has written this letter. Sign in and try again."))


def list_letters(
    session: Session, principal: Principal, *, consortium: Consortium, states: Collection[str] = ()
) -> list[Letter]:
    """List the letters, the latest first; only those in one of ``states`` if there are any."""
    query = select(Letter).where(Letter.consortium_id == consortium.id, visible(principal, Letter))
    if states:
        query = query.where(Letter.state.in_(states))
    whom = (joinedload(Letter.person), joinedload(Letter.sub_project))
    return list(session.scalars(query.options(*whom).order_by(Letter.queued_at.desc(), Letter.id.desc())))


def find_letter(session: Session, principal: Principal, *, consortium: Consortium, key: str) -> Letter:
    """Find a letter by its key.

    :raises NotFound: if there is none
    """
    query = select(Letter).where(Letter.consortium_id == consortium.id, Letter.key == key, visible(principal, Letter))
    if letter := session.scalar(query):
        return letter
    raise NotFound(_("There is no letter “{key}”. List them with: consortium mail list").fill(key=key[:80]))


def retry_letter(session: Session, principal: Principal, *, letter: Letter) -> Letter:
    """Let a letter that was given up, or that may not have arrived, be sent again at once.

    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if it has been sent, waits anyway, or its secret is no longer known
    """
    demand(session, principal, Verb.EDIT, letter)
    if letter.state not in STRANDED:
        told = _("The letter “{key}” is sent, or will be sent by itself. There is nothing to try again.")
        raise InvalidValue(told.fill(key=letter.key))
    if not letter.is_whole:
        told = _("The link in the letter “{key}” is no longer known. Write a new reminder instead.")
        raise InvalidValue(told.fill(key=letter.key))
    letter.state, letter.tries, letter.next_try, letter.error = LetterState.QUEUED, 0, clock.now(), ""
    session.flush()
    return letter


def may_still_get(session: Session, letter: Letter, day: date) -> bool:
    """Tell whether the recipient may read on ``day`` what the letter is about, and still has the address on it."""
    is_for_leads = letter.kind in KINDS and KINDS[letter.kind].is_for_leads
    person, project = letter.person, letter.sub_project
    if person is None:
        return not is_for_leads and project is None
    try:
        if known_address(person.email) != letter.address:
            return False
        if project is None:
            return not is_for_leads
        principal = principal_of(session, person, day)
    except (InvalidValue, NotPermitted):
        return False
    return project.id in principal.leads if is_for_leads else may(principal, Verb.SEE, project)
