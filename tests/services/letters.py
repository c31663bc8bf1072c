"""Makes people who get letters, and letters to them."""

from datetime import date
from typing import Any

from consortium.models import Letter, Person, SubProject
from consortium.services.addresses import Letterhead
from consortium.services.letters import NewLetter, queue_letter
from consortium.services.people import give_capacity
from consortium.testing import Make

HEAD = Letterhead("post@example.org", "Sekretariatet", "https://consortium.example.org")


def a_lead(
    make: Make, project: SubProject, name: str = "Liv Lind", *, end: date | None = None, **others: Any
) -> Person:
    """Make a person who leads ``project``, with an address."""
    person = make.person(name, **{"email": "liv@example.org", "language": "nb", **others})
    give_capacity(
        make.session, make.operator, person=person, organisation=project.partners[0].organisation, sub_project=project,
        role="project_manager", start=date(2026, 1, 1), end=end,
    )  # fmt: skip
    make.session.expire(person)
    return person


def a_letter(make: Make, **others: Any) -> Letter:
    """Put a letter about an account into the outbox."""
    given: dict[str, Any] = {"kind": "account", "language": "nb", "address": "liv@example.org", "subject": "Hei"}
    given |= {"body": "Hei, Liv.\n\nTakk for sist.", **others}
    return queue_letter(make.session, make.operator, consortium=make.home, new=NewLetter(**given), head=HEAD)
