"""Makes records for tests, each in one call that names only what matters."""

from datetime import date
from functools import cached_property
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from consortium.facts import Facts
from consortium.models import (
    Attendance,
    Consortium,
    Database,
    Gathering,
    Organisation,
    Partner,
    Person,
    Series,
    Statement,
    SubProject,
)
from consortium.services import (
    attendance,
    consortia,
    gatherings,
    invitations,
    partners,
    people,
    series,
    sub_projects,
)
from consortium.services.facts import gather_facts
from consortium.services.policy import Principal, Role, operator
from consortium.services.statements import record_statement
from consortium.services.texts import Written
from consortium.testing.whole import fill
from consortium.testing.work import MakeWork

#: the day on which every test happens, a Monday
TODAY = date(2026, 6, 15)


class Make(MakeWork):
    """Makes records, each in one call that names only what matters.

    :ivar session: a unit of work that writes; what is made is in it
    :ivar operator: an administrator
    """

    def __init__(self, database: Database, session: Session) -> None:
        self.database = database
        self.session = session
        self.operator = operator("Olga Operatør")
        self._numbers = count(1)

    @cached_property
    def home(self) -> Consortium:
        """The consortium that everything is in unless told otherwise."""
        return self.consortium("Fjell uten grenser")

    def consortium(self, name: str | Written = "", **others: Any) -> Consortium:
        """Make a consortium in nb and sv that began in 2025."""
        number = next(self._numbers)
        others = {
            "key": f"c{number}",
            "name": _words(name, f"Konsortium {number}"),
            "start": date(2025, 1, 1),
            **others,
        }
        return consortia.found_consortium(self.session, self.operator, **others)

    def partner(self, name: str | Written = "", *, left: date | None = None, **others: Any) -> Partner:
        """Make a Norwegian municipality that is a partner."""
        number = next(self._numbers)
        home = others.pop("consortium", None) or self.home
        others = {"key": f"p{number}", "name": _words(name, f"Kommune {number}"), "country": "NO", **others}
        made = partners.add_partner(self.session, self.operator, consortium=home, **others)
        made.left = left
        return made

    def organisation(self, name: str = "", **others: Any) -> Organisation:
        """Make a Norwegian municipality that is no partner."""
        number = next(self._numbers)
        home = others.pop("consortium", None) or self.home
        given: dict[str, Any] = {"key": f"o{number}", "name": {"nb": name or f"Kommune {number}"}, "country": "NO"}
        given |= {"type": "municipality", **others}
        return partners.add_organisation(self.session, self.operator, consortium=home, **given)

    def person(self, name: str = "Liv Lind", **others: Any) -> Person:
        """Make a person."""
        others = {"key": f"person{next(self._numbers)}", **others}
        return people.add_person(
            self.session, self.operator, consortium=others.pop("consortium", None) or self.home, name=name, **others
        )

    def sub_project(self, title: str | Written = "", **others: Any) -> SubProject:
        """Make a sub-project of one new partner."""
        number = next(self._numbers)
        words = _words(title, f"Delprosjekt {number}")
        own = others.pop("partners", None) or [self.partner()]
        others = {"key": f"DP-{number}", "title": words, "partners": own, **others}
        return sub_projects.add_sub_project(self.session, self.operator, **others)

    def series(self, name: str | Written = "Prosjektsamling", **others: Any) -> Series:
        """Make a series of project gatherings, two a year."""
        words = {"nb": name} if isinstance(name, str) else name
        others = {"key": f"s{next(self._numbers)}", "name": words, "kind": "project_gathering", **others}
        home = others.pop("consortium", None) or self.home
        return series.add_series(self.session, self.operator, consortium=home, **others)

    def gathering(self, title: str | Written = "", *, day: date = TODAY, **others: Any) -> Gathering:
        """Make a project gathering of one day, today, in no series."""
        number = next(self._numbers)
        words = _words(title, f"Samling {number}")
        given: dict[str, Any] = {"key": f"g{number}", "title": words, "kind": "project_gathering"}
        others = {**given, "start": day, **others}
        home = others.pop("consortium", None) or self.home
        return gatherings.add_gathering(self.session, self.operator, consortium=home, **others)

    def attendance(
        self, gathering: Gathering | None = None, organisation: Organisation | None = None, **others: Any
    ) -> Attendance:
        """Make an invitation of an organisation to a gathering, or what became of it: its ``state``."""
        who = organisation or self.partner().organisation
        person, state = others.pop("person", None), others.pop("state", "invited")
        invited = invitations.invite_guest(
            self.session, self.operator, gathering=gathering or self.gathering(), organisation=who, person=person
        )
        return attendance.correct_answer(self.session, self.operator, attendance=invited, state=state, **others)

    def statement(
        self, gathering: Gathering | None = None, organisation: Organisation | None = None, **others: Any
    ) -> Statement:
        """Make a success that an organisation told at a gathering."""
        others = {"kind": "success", "words": {"nb": "Det gikk bra."}, **others}
        where, who = gathering or self.gathering(), organisation or self.partner().organisation
        return record_statement(self.session, self.operator, gathering=where, organisation=who, **others)

    def principal(self, role: Role, **others: Any) -> Principal:
        """Make a principal of the home consortium."""
        return Principal(f"{role.title()} Testesen", role, self.home.id, **others)

    def facts(self, *, day: date = TODAY, principal: Principal | None = None) -> Facts:
        """Gather the facts about the home consortium."""
        self.session.flush()
        return gather_facts(self.session, principal or self.operator, consortium=self.home, day=day)

    def bilingual(self) -> Consortium:
        """Make a whole consortium: every text in nb and sv, every state, milestones, indicators, themes, gatherings."""
        fill(self)
        return self.home

    def keep(self) -> None:
        """Commit what was made."""
        self.session.commit()


def _words(given: str | Written, otherwise: str) -> Written:
    """Say it as it was given; plain words are Norwegian."""
    return {"nb": given or otherwise} if isinstance(given, str) else given
