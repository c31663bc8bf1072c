"""What reminders would say and whom they would reach, before any is sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.models import Consortium, Letter, LetterState, SubProject
from consortium.models.letter import SECRET_PLACE
from consortium.services.policy import Principal, visible
from consortium.services.reminders import Reminded, remind
from consortium.texts import Text

#: letters that have not reached anybody and never will
_VAIN = (LetterState.DEAD, LetterState.WITHDRAWN, LetterState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Preview:
    """A reminder as it would be written.

    :ivar before: the body up to the link that only the recipient will see, and ``after`` what follows it
    """

    name: str
    address: str
    language: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Untold:
    """A sub-project for which no letter would be written.

    :ivar people: names of those who lead it but have no address
    """

    key: str
    title: Text
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Previews:
    """What reminding would come to; the parts are those of :class:`Reminded`."""

    letters: tuple[Preview, ...]
    unreachable: tuple[Untold, ...]
    spared: tuple[Untold, ...]


def preview_reminders(
    session: Session, principal: Principal, *, consortium: Consortium, day: date, only: Collection[str] = ()
) -> Previews:
    """Write reminders on trial, tell what they say, and take all of it back; needs a unit that writes.

    :raises NotPermitted: if ``principal`` is not staff
    """
    with session.begin_nested() as trial:
        shown = _shown(remind(session, principal, consortium=consortium, day=day, only=only))
        trial.rollback()
    return shown


def last_reminded(
    session: Session, principal: Principal, *, consortium: Consortium
) -> Mapping[tuple[str, str], datetime]:
    """Tell when somebody was last reminded of a missing report, by the keys of its sub-project and period."""
    own = (Letter.consortium_id == consortium.id, Letter.kind == "reminder", visible(principal, Letter))
    query = select(SubProject.key, Letter.about, Letter.queued_at).join(
        SubProject, SubProject.id == Letter.sub_project_id
    )
    found: dict[tuple[str, str], datetime] = {}
    for key, about, moment in session.execute(query.where(*own, Letter.state.not_in(_VAIN)).order_by(Letter.queued_at)):
        start = f"report {key} "
        found |= {(key, code.removeprefix(start)): moment for code in about if code.startswith(start)}
    return found


def _shown(reminded: Reminded) -> Previews:
    return Previews(
        tuple(map(_preview, reminded.letters)),
        tuple(
            Untold(each.sub_project.key, each.sub_project.title, tuple(person.name for person in each.people))
            for each in reminded.unreachable
        ),
        tuple(Untold(each.key, each.title) for each in reminded.spared),
    )


def _preview(letter: Letter) -> Preview:
    before, _place, after = letter.body.partition(SECRET_PLACE)
    name = letter.person.name if letter.person else ""
    return Preview(name, letter.address, letter.language, letter.subject, before.rstrip("\n"), after.lstrip("\n"))
