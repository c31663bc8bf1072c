"""Erasing a person: nobody can read of them any more, what they did stays, and the history is whole."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import MetaData, String, cast, func, select

from consortium.errors import InvalidValue, NotFound, NotPermitted
from consortium.models import AgendaItem, Attendance, Capacity, Change, Letter, Person, StatusLink, SubProject
from consortium.models.chain import walk
from consortium.services.attendance import correct_answer
from consortium.services.erasing import Erasure, erase_person
from consortium.services.history import history_of
from consortium.services.invitations import invite_guest
from consortium.services.letters import NewLetter, queue_letter
from consortium.services.links import issue_link
from consortium.services.people import give_capacity
from consortium.services.policy import Role
from consortium.services.searching import search
from consortium.services.snapshots import take_snapshot
from consortium.services.verifying import verify_history
from consortium.testing import TODAY, Make
from consortium.texts import Text, TextState
from tests.services.letters import HEAD, a_lead

#: nobody else is called that, and no word of any text is
NAME, KEY, ADDRESS = "Torbjørg Tvedestrand", "torbjorg-t", "torbjorg@example.org"

#: what she is not called, but was before she married
BEFORE = "Torbjørg Vinjerud"


@pytest.fixture
def world(make: Make) -> Make:
    """Make a consortium in which one person has left traces everywhere."""
    make.bilingual()
    project = make.sub_project()
    person = a_lead(make, project, BEFORE, key=KEY, email=ADDRESS)
    make.keep()
    person.name = NAME
    make.keep()
    gathering, organisation = make.gathering(), project.partners[0].organisation
    row = invite_guest(make.session, make.operator, gathering=gathering, organisation=organisation, person=person)
    correct_answer(make.session, make.operator, attendance=row, state="declined", reason="Skal til legen")
    project.purpose = project.purpose.write("nb", f"Spør {NAME}, for {NAME}s planer gjelder.", by=NAME)
    project.purpose = project.purpose.translate("sv", f"Fråga {NAME}.", by=NAME).review("sv", by=NAME)
    words = NewLetter(kind="account", language="nb", person=person, subject="Hei", body=f"Hei, {NAME}", address=ADDRESS)
    queue_letter(make.session, make.operator, consortium=make.home, new=words, head=HEAD)
    issue_link(make.session, make.operator, person=person, sub_project=project)
    make.keep()
    return make


def erased(make: Make, key: str = KEY, **others: Any) -> Erasure:
    done = erase_person(make.session, make.operator, home=make.home, key=key, **others)
    make.keep()
    return done


def places(make: Make, *needles: str) -> Iterator[str]:
    """Walk the columns of the database, ours or not, that say one of ``needles``."""
    tables = MetaData()
    with make.database.engine.connect() as connection:
        tables.reflect(connection)
        for column in (column for table in tables.tables.values() for column in table.columns):
            for needle in needles:
                if connection.scalar(
                    select(func.count()).where(func.lower(cast(column, String)).contains(needle.lower()))
                ):
                    yield f"{column}: {needle}"


def test_nobody_can_read_of_them_any_more(world: Make) -> None:
    assert set(places(world, "torbj", "legen"))

    done = erased(world)

    assert list(places(world, "torbj", "legen")) == []
    assert (done.name, done.key) == ("Slettet person 5", "erased-5")
    assert done.done.records.keys() >= {"person", "capacity", "attendance", "sub_project"}


def test_the_history_stays_whole_and_says_where_a_name_was_taken_out(world: Make) -> None:
    before = walk(world.session)

    done = erased(world)

    after = walk(world.session)
    found = verify_history(world.session, world.operator, link=f"{before.last[0]}:{before.last[1]}")
    assert (after.misfits, found.findings) == ((), ())
    assert sum(len(each.numbers) for each in after.erasings) == done.done.changes > 0
    assert max(after.erasings[0].numbers) <= before.count < after.count
    assert [each.by for each in after.erasings] == ["Olga Operatør"]


def test_what_they_did_stays_under_the_pseudonym(world: Make) -> None:
    counts = {kind: world.session.scalar(select(func.count(kind.id))) for kind in (Attendance, Capacity, Person)}

    erased(world)

    assert {kind: world.session.scalar(select(func.count(kind.id))) for kind in counts} == counts
    person = world.session.scalars(select(Person).where(Person.key == "erased-5")).one()
    assert [each.key for each in person.capacities] == [f"erased-5:project_manager:{leads(world).key}:2026-01-01"]
    steps = history_of(world.session, world.operator, home=world.home, kind=Person, key="erased-5")
    assert [step.action for step in steps] == ["erased", "changed", "created"]
    assert steps[0].fields == ()
    assert {each.before for each in steps[1].fields} == {"Slettet person 5"}


def leads(make: Make) -> SubProject:
    """Find the sub-project that the erased person leads."""
    capacity = make.session.scalars(select(Capacity).join(Person).where(Person.key == "erased-5")).one()
    assert capacity.sub_project is not None
    return capacity.sub_project


def test_texts_keep_what_else_they_say_and_translations_stay_up_to_date(world: Make) -> None:
    erased(world)

    purpose = leads(world).purpose
    assert purpose.words("nb") == "Spør Slettet person 5, for Slettet person 5s planer gjelder."
    assert (purpose.state("nb"), purpose.state("sv")) == (TextState.ORIGINAL, TextState.REVIEWED)
    assert purpose.versions["sv"].reviewed_by == "Slettet person 5"


def test_a_search_finds_the_pseudonym_and_not_the_name(world: Make) -> None:
    def found(words: str) -> int:
        finds = search(world.session, world.operator, consortium=world.home, words=words, language="nb")
        return sum(finds.counts.values())

    assert found(NAME)

    erased(world)

    assert (found(NAME), found("Slettet person 5") > 0) == (0, True)


def test_letters_are_blanked_and_links_gone(world: Make) -> None:
    assert erased(world).done.letters == 1

    letter = world.session.scalars(select(Letter)).one()
    assert (letter.state, letter.address, letter.subject, letter.body) == ("withdrawn", "", "", "")
    assert world.session.scalars(select(StatusLink)).all() == []


def test_a_rehearsal_says_the_same_and_changes_nothing(world: Make) -> None:
    before = dump(world)

    told = erased(world, is_rehearsal=True)

    assert dump(world) == before
    assert told == erased(world)


def dump(make: Make) -> dict[str, list[Any]]:
    """Read all tables."""
    tables = MetaData()
    with make.database.engine.connect() as connection:
        tables.reflect(connection)
        return {
            name: sorted(map(repr, connection.execute(select(table)).all())) for name, table in tables.tables.items()
        }


def test_somebody_who_was_removed_before_is_erased_from_the_history(make: Make) -> None:
    person = make.person(NAME, key=KEY, email=ADDRESS)
    make.keep()
    make.session.delete(person)
    make.keep()

    erased(make)

    assert list(places(make, "torbj")) == []
    assert verify_history(make.session, make.operator).findings == ()


@pytest.mark.parametrize(
    "name", ["Åsne «Kit» O'Dell", 'Åse "Kit" Øy', "Å_se %Øy", "Å\\se Øy", "Ǻse-Lill Øy", "Ås Ø. y Ek"], ids=ascii
)
def test_a_name_of_any_letters_is_found(make: Make, name: str) -> None:
    person, project = make.person(name, key="a"), make.sub_project()
    project.purpose = project.purpose.write("nb", f"Spør {name}!", by=name)
    make.keep()
    statement = make.statement(words={"nb": f"{name} sa det."})
    make.keep()

    erased(make, "a")

    assert list(places(make, name)) == []
    assert person.name in str(statement.words.to_json())
    assert verify_history(make.session, make.operator).findings == ()


def test_what_they_said_of_a_gathering_is_gone_also_where_the_row_was_removed(world: Make) -> None:
    world.session.delete(world.session.scalars(select(Attendance).where(Attendance.reason != "")).one())
    world.keep()

    erased(world)

    assert list(places(world, "legen", "torbj")) == []


def test_a_snapshot_stays_as_it_was_and_is_named(world: Make) -> None:
    take_snapshot(world.session, world.operator, consortium=world.home, key="før", day=TODAY)
    world.keep()

    done = erased(world)

    assert done.snapshots == ("før",)
    assert verify_history(world.session, world.operator).findings == ()


def test_two_of_the_same_name_are_told_apart_first(world: Make) -> None:
    world.person(NAME, key="den-andre")
    world.keep()
    before = dump(world)

    with pytest.raises(InvalidValue, match="“den-andre” has the same name"):
        erased(world)

    world.session.rollback()
    assert dump(world) == before


def test_others_are_left_as_they_are(world: Make) -> None:
    """Who is called like a part of the name, and who belongs to another consortium."""
    world.person("Torbjørg", key="torbjorg")
    other = world.consortium("Et annet")
    world.person(NAME, key=KEY, consortium=other)
    world.keep()

    erased(world)

    names = world.session.execute(select(Person.key, Person.name)).all()
    assert {("torbjorg", "Torbjørg"), (KEY, NAME)} <= {tuple(row) for row in names}
    assert verify_history(world.session, world.operator).findings == ()


def test_a_key_that_is_a_word_elsewhere_is_replaced_only_where_it_is_the_persons(make: Make) -> None:
    """Somebody whose key is also a role, a state and a language."""
    for key in ("contact", "nb", "accepted"):
        person = make.person(f"{NAME} {key}", key=key)
        organisation = make.organisation()
        give_capacity(
            make.session, make.operator, person=person, organisation=organisation, role="contact", start=TODAY
        )
        make.attendance(organisation=organisation, person=person, state="accepted")
        make.keep()

        erased(make, key)

    assert set(make.session.scalars(select(Capacity.role))) == {"contact"}
    assert set(make.session.scalars(select(Attendance.state))) == {"accepted"}
    assert set(make.session.scalars(select(Person.language))) == {"nb"}
    assert verify_history(make.session, make.operator).findings == ()


def test_others_keep_their_names_keys_and_addresses(make: Make) -> None:
    """Whoever is called alike in part, shares a mailbox, or belongs to an organisation of the same key."""
    anne = make.person("Anne Berg", key="alta", email="post@kommune.no")
    others = [
        make.person(name, key=key, email="post@kommune.no")
        for name, key in (("Anne Berg Hansen", "a1"), ("Anne Berg-Hansen", "a2"), ("Lise Anne Berg", "a3"))
    ]
    organisation = make.organisation("Alta", key="alta")
    for person in (anne, others[0]):
        given: dict[str, Any] = {"person": person, "organisation": organisation, "role": "contact", "start": TODAY}
        give_capacity(make.session, make.operator, **given)
    project = make.sub_project()
    project.purpose = project.purpose.write("nb", "Spør Anne Berg, ikke Anne Berg Hansen.")
    make.keep()

    erased(make, "alta")

    found = {row.name: (row.key, row.email) for row in make.session.scalars(select(Person))}
    assert {name: found[name] for name in ("Anne Berg Hansen", "Anne Berg-Hansen", "Lise Anne Berg")} == {
        "Anne Berg Hansen": ("a1", "post@kommune.no"),
        "Anne Berg-Hansen": ("a2", "post@kommune.no"),
        "Lise Anne Berg": ("a3", "post@kommune.no"),
    }
    assert found[f"Slettet person {anne.id}"] == (f"erased-{anne.id}", "")
    keys = set(make.session.scalars(select(Capacity.key)))
    assert keys == {f"a1:contact:alta:{TODAY}", f"erased-{anne.id}:contact:alta:{TODAY}"}
    assert project.purpose.words("nb") == f"Spør Slettet person {anne.id}, ikke Anne Berg Hansen."
    assert verify_history(make.session, make.operator).findings == ()


@pytest.mark.parametrize(("key", "email"), [("kari@example.org", "kari@example.org"), ("k", "-"), ("erased-9", "")])
def test_odd_keys_and_addresses_are_replaced_in_their_own_record_alone(make: Make, key: str, email: str) -> None:
    person, project = make.person("Kari Moen", key=key, email=email), make.sub_project()
    make.person("En annen", key=f"erased-{person.id}")
    project.purpose = project.purpose.write("nb", "Dette - og mer - er k i 2026.")
    make.keep()

    done = erased(make, key)

    assert (person.name, person.key, person.email) == (f"Slettet person {person.id}", f"erased-{person.id}-", "")
    assert done.key == person.key
    assert project.purpose.words("nb") == "Dette - og mer - er k i 2026."
    assert verify_history(make.session, make.operator).findings == ()


def test_who_was_removed_and_brought_back_is_erased_with_the_earlier_life(make: Make) -> None:
    person = make.person(BEFORE, key=KEY, email="gammel@example.org")
    make.keep()
    make.session.delete(person)
    make.keep()
    make.person("Torbjørg Nyheim", key=KEY, email=ADDRESS)

    erased(make)

    assert list(places(make, "torbj", "vinjerud", "gammel@")) == []
    assert verify_history(make.session, make.operator).findings == ()


def test_a_name_that_was_given_in_the_same_unit_is_taken_out_too(make: Make) -> None:
    person = make.person(BEFORE, key=KEY)
    make.keep()
    person.name = NAME

    erased(make)

    assert list(places(make, "torbj")) == []


def test_a_reason_stays_with_whom_the_row_was_given_to(make: Make) -> None:
    """What stands in a record and in its history is never two things."""
    first, second = make.person(NAME, key=KEY), make.person("En annen", key="b")
    row = make.attendance(person=first, state="declined", reason="Skal til legen")
    make.keep()
    row.person = second
    make.keep()

    erased(make)

    assert row.reason == "Skal til legen"
    assert verify_history(make.session, make.operator).findings == ()


def test_a_long_line_has_room_for_the_pseudonym(make: Make) -> None:
    make.person("Bo Li", key="bo")
    gathering = make.gathering()
    item = add_item(make, gathering, "Bo Li, " + "x" * 193)
    make.keep()

    erased(make, "bo")

    assert item.contributor == ("Slettet person 1, " + "x" * 193)[:200]
    assert verify_history(make.session, make.operator).findings == ()


def add_item(make: Make, gathering: Any, contributor: str) -> AgendaItem:
    """Put an item on an agenda."""
    item = AgendaItem(
        consortium=make.home, key="G:1", gathering=gathering, place=1, title=Text(), contributor=contributor
    )
    make.session.add(item)
    return item


def test_a_second_erasure_after_another_leaves_the_chain_whole(world: Make) -> None:
    """The one who erased somebody asks for the same: what they did is told of nobody."""
    world.person("Olga Operatør", key="olga")
    world.keep()
    erased(world)

    erased(world, "olga")

    assert list(places(world, "olga", "torbj")) == []
    assert verify_history(world.session, world.operator).findings == ()


def test_nobody_but_staff_may(world: Make) -> None:
    for role in (Role.AUDITOR, Role.LEAD, Role.MEMBER):
        with pytest.raises((NotPermitted, NotFound)):
            erase_person(world.session, world.principal(role), home=world.home, key=KEY)
    with pytest.raises(NotFound, match="no person “ingen” here"):
        erased(world, "ingen")
    assert world.session.scalars(select(Change).where(Change.action == "erased")).all() == []
