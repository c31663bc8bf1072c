"""A consortium in which every text holds a canary: a word that tells to whom it may be shown.

Partner A has three sub-projects: A1, which ``lead`` leads, A2, and A3, which is over. Partner B has B1, which
``other_lead`` leads. Beside it there is another consortium, of which nobody here may learn anything.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from consortium.models import Database, Gathering, Partner, Person, RegisterEntry, SubProject
from consortium.services import (
    attendance,
    consortia,
    gatherings,
    indicators,
    invitations,
    milestones,
    partners,
    people,
    periods,
    series,
    sub_projects,
    terms,
    themes,
    workflow,
)
from consortium.services.policy import operator
from consortium.services.snapshots import take_snapshot
from consortium.services.statements import record_statement
from consortium.services.statuses import report_status
from consortium.testing import TODAY

OLGA = operator("Olga Operatør")

#: to whom a canary may be shown: to all who have signed in, to those of a sub-project, to its lead, to overseers, to nobody
ALL, OVERSEERS, NOBODY = "all", "overseers", "nobody"


@dataclass
class World:
    """What was made, and what its canaries are for.

    :ivar canaries: for whom each canary is: ``all``, ``sub:A1``, ``lead:A1``, ``overseers``, ``nobody``
    :ivar keys: keys of records by kind and owner: ``keys["milestone", "A1"]``
    """

    canaries: dict[str, str] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(100))

    def word(self, audience: str) -> str:
        """Make a canary for ``audience``."""
        canary = f"zq{next(self.numbers)}zq"
        self.canaries[canary] = audience
        return canary

    def text(self, audience: str) -> dict[str, str]:
        """Make a text with a canary in each language."""
        return {"nb": f"Ord {self.word(audience)}", "sv": f"Ord {self.word(audience)}"}

    def name(self, kind: str, owner: str, record: Any) -> None:
        """Remember the key of a record."""
        self.keys[kind, owner] = record.key


def build(database: Database) -> World:
    """Make the world in ``database``, which is empty."""
    world = World()
    with database.write() as session:
        _home(session, world)
    with database.write() as session:
        _foreign(session, world)
    return world


def _home(session: Session, world: World) -> None:
    home = consortia.found_consortium(
        session, OLGA, key="hjem", name={"nb": "Fjell uten grenser"}, start=date(2025, 1, 1)
    )
    world.name("consortium", ALL, home)
    a, b = (_partner(session, world, home, name) for name in "AB")
    ours = {"A1": a, "A2": a, "A3": a, "B1": b}
    for key, partner in ours.items():
        _sub_project(session, world, key, partner)
    for who, organisation, leads in (
        ("lead", a, "A1"), ("other_lead", b, "B1"), ("member_a", a, ""), ("member_b", b, "")
    ):  # fmt: skip
        _person(session, world, home, who, organisation, leads)
    _shared(session, world, home, a, b)
    take_snapshot(session, OLGA, consortium=home, day=TODAY, key="bilde")


def _partner(session: Session, world: World, home: Any, name: str) -> Partner:
    made = partners.add_partner(
        session, OLGA, consortium=home, key=f"partner-{name.lower()}", name=world.text(ALL), country="NO"
    )
    world.name("organisation", name, made)
    world.name("partner", name, made)
    world.keys["role", name] = made.roles[0].key
    return made


def _sub_project(session: Session, world: World, owner: str, partner: Partner) -> None:
    told = f"sub:{owner}"
    end = date(2026, 3, 1) if owner == "A3" else None
    own = sub_projects.add_sub_project(
        session, OLGA, key=f"DP-{owner}", title=world.text(told), purpose=world.text(told), partners=[partner],
        start=date(2025, 2, 1), end=end,
    )  # fmt: skip
    world.name("sub_project", owner, own)
    milestone = milestones.add_milestone(
        session, OLGA, sub_project=own, key=f"m-{owner}", title=world.text(told), due=date(2026, 9, 1)
    )
    world.name("milestone", owner, milestone)
    indicator = indicators.add_indicator(
        session, OLGA, sub_project=own, key=f"i-{owner}", name=world.text(told), unit=world.text(told), level="output",
        baseline=Decimal(0), target=Decimal(10),
    )  # fmt: skip
    world.name("indicator", owner, indicator)
    read = indicators.read_indicator(session, OLGA, indicator=indicator, value=Decimal(3), words=world.text(told))
    world.name("indicator_value", owner, read)
    _statuses(session, world, owner, own)


def _statuses(session: Session, world: World, owner: str, own: SubProject) -> None:
    told, led = f"sub:{owner}", f"lead:{owner}"
    state = "cancelled" if owner == "A3" else "on_track"
    for day, audience, step in (
        (date(2026, 1, 5), told, "approved"),
        (date(2026, 2, 5), told, "submitted"),
        (date(2026, 3, 5), led, "returned"),
        (date(2026, 4, 5), led, "draft"),
    ):
        made = report_status(
            session, OLGA, sub_project=own, state=state, day=day, summary=world.text(audience),
            achieved=world.text(audience), next_steps=world.text(audience), support_needs=world.text(audience),
            workflow="draft" if step == "draft" else "submitted",
        )  # fmt: skip
        world.name(f"status_{step}", owner, made)
        if step == "approved":
            workflow.approve_status(session, OLGA, update=made)
        if step == "returned":
            comment, *_rest = workflow.return_status(session, OLGA, update=made, comments={"achieved": world.text(led)})
            world.name("comment", owner, comment)


def _person(session: Session, world: World, home: Any, who: str, partner: Partner, leads: str) -> Person:
    own = f"person:{who}"
    made = people.add_person(
        session,
        OLGA,
        consortium=home,
        key=who,
        name=world.word(own),
        email=f"{world.word(own)}@example.org",
        language="nb",
    )
    world.name("person", who, made)
    led = session.query(SubProject).filter_by(key=f"DP-{leads}").one() if leads else None
    capacity = people.give_capacity(
        session, OLGA, person=made, organisation=partner.organisation, start=date(2025, 2, 1),
        role="project_manager" if leads else "representative", sub_project=led,
    )  # fmt: skip
    world.name("capacity", who, capacity)
    return made


def _shared(session: Session, world: World, home: Any, a: Partner, b: Partner) -> None:
    theme = themes.add_theme(session, OLGA, consortium=home, key="tema", name=world.text(ALL))
    for owner in ("A1", "B1"):
        own = session.query(SubProject).filter_by(key=f"DP-{owner}").one()
        told = themes.assess(
            session, OLGA, theme=theme, sub_project=own, degree="high", words=world.text(f"sub:{owner}")
        )
        world.name("assessment", owner, told)
    world.name("theme", ALL, theme)
    period = periods.add_period(
        session, OLGA, consortium=home, key="2026-1", start=date(2026, 1, 1), end=date(2026, 6, 30)
    )
    world.name("period", ALL, period)
    row = series.add_series(session, OLGA, consortium=home, key="rekke", name=world.text(ALL), kind="project_gathering")
    world.name("series", ALL, row)
    term = terms.add_term(session, OLGA, consortium=home, key="ord", kind="term", words=world.text(ALL))
    world.name("term", ALL, term)
    code = RegisterEntry(consortium=home, key="no-kommune:1", kind="no-kommune", code="1", name=world.word(ALL))
    session.add(code)
    world.name("register", ALL, code)
    gathering = gatherings.add_gathering(
        session, OLGA, consortium=home, key="samling", title=world.text(ALL), topic=world.text(ALL),
        kind="project_gathering", start=date(2026, 5, 4), place=world.word(ALL),
    )  # fmt: skip
    world.name("gathering", ALL, gathering)
    _gathering(session, world, gathering, a, b)


def _gathering(session: Session, world: World, gathering: Gathering, a: Partner, b: Partner) -> None:
    item = gatherings.add_agenda_item(session, OLGA, gathering=gathering, title=world.text(ALL), place=1)
    world.name("agenda_item", ALL, item)
    for owner, partner in (("A", a), ("B", b)):
        invited = invitations.invite_guest(session, OLGA, gathering=gathering, organisation=partner.organisation)
        came = attendance.correct_answer(session, OLGA, attendance=invited, state="attended")
        world.name("attendance", owner, came)
        for kind, audience in (("success", ALL), ("risk", OVERSEERS)):
            said = record_statement(
                session, OLGA, gathering=gathering, organisation=partner.organisation, kind=kind,
                words=world.text(audience),
            )  # fmt: skip
            world.name(f"statement_{kind}", owner, said)


def _foreign(session: Session, world: World) -> None:
    home = consortia.found_consortium(session, OLGA, key="fremmed", name=world.text(NOBODY), start=date(2025, 1, 1))
    world.name("consortium", "X", home)
    partner = partners.add_partner(
        session, OLGA, consortium=home, key="fremmed-partner", name=world.text(NOBODY), country="NO"
    )
    own = sub_projects.add_sub_project(session, OLGA, key="DP-X", title=world.text(NOBODY), partners=[partner])
    world.name("organisation", "X", partner)
    world.name("partner", "X", partner)
    world.name("sub_project", "X", own)
    milestone = milestones.add_milestone(
        session, OLGA, sub_project=own, key="m-X", title=world.text(NOBODY), due=date(2026, 9, 1)
    )
    world.name("milestone", "X", milestone)
    said = report_status(session, OLGA, sub_project=own, state="on_track", summary=world.text(NOBODY))
    world.name("status_submitted", "X", said)
    gathering = gatherings.add_gathering(
        session, OLGA, consortium=home, key="fremmed-samling", title=world.text(NOBODY), kind="project_gathering",
        start=TODAY,
    )  # fmt: skip
    world.name("gathering", "X", gathering)
    person = people.add_person(
        session, OLGA, consortium=home, key="fremmed-person", name=world.word(NOBODY), language="nb"
    )
    world.name("person", "X", person)


#: who may be shown what is for those of a sub-project, and for its lead
OF: dict[str, frozenset[str]] = {
    "sub:A1": frozenset({"lead", "member_a"}),
    "sub:A2": frozenset({"lead", "member_a"}),
    "sub:A3": frozenset({"lead", "member_a"}),
    "sub:B1": frozenset({"other_lead", "member_b"}),
    "lead:A1": frozenset({"lead"}),
    "lead:A2": frozenset(),
    "lead:A3": frozenset(),
    "lead:B1": frozenset({"other_lead"}),
    **{f"person:{who}": frozenset({who}) for who in ("lead", "other_lead", "member_a", "member_b")},
}

#: those who ask, each in another way
PRINCIPALS = ("anonymous", "disabled", "auditor", "member_a", "member_b", "lead", "other_lead", "staff")


def may_be_shown(audience: str, who: str) -> bool:
    """Tell whether ``who`` may be shown a canary for ``audience``: a table of its own, not the policy's."""
    if audience == NOBODY or who in {"anonymous", "disabled"}:
        return False
    if audience == ALL or who in {"staff", "auditor"}:
        return True
    return who in OF.get(audience, frozenset())
