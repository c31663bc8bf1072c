"""Units of work: what fails within a savepoint, and what comes and goes in one unit."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consortium.models import Change, Partner, Person, TextIndex
from consortium.testing import Make


def told(make: Make, entity: str) -> list[tuple[str, str]]:
    """Read what was done to which records of a kind."""
    query = select(Change.action, Change.key).where(Change.entity == entity).order_by(Change.id)
    return [(action, key) for action, key in make.session.execute(query)]


def fail(make: Make) -> None:
    """Fail to write a person, whose key is taken."""
    make.session.add(Person(consortium_id=make.home.id, key="liv", name="Liv", language="nb"))
    make.session.flush()


def test_a_flush_that_fails_in_a_savepoint_leaves_the_history_of_the_unit(make: Make) -> None:
    make.person(key="liv")
    with pytest.raises(IntegrityError), make.session.begin_nested():
        fail(make)
    make.person(key="siri")
    make.keep()

    assert told(make, "person") == [("created", "liv"), ("created", "siri")]


def test_a_savepoint_within_a_savepoint_gives_back_what_the_outer_one_had(make: Make) -> None:
    make.person(key="liv")
    outer = make.session.begin_nested()
    make.person(key="siri")
    with pytest.raises(IntegrityError), make.session.begin_nested():
        fail(make)
    outer.commit()
    make.keep()

    assert told(make, "person") == [("created", "liv"), ("created", "siri")]


def test_an_outer_savepoint_can_be_taken_back_after_an_inner_one_was(make: Make) -> None:
    make.person(key="liv")
    outer = make.session.begin_nested()
    make.person(key="siri")
    with pytest.raises(IntegrityError), make.session.begin_nested():
        fail(make)
    outer.rollback()
    make.keep()

    assert told(make, "person") == [("created", "liv")]


def test_one_deleted_and_another_added_in_one_unit_are_two_changes(make: Make) -> None:
    gone = make.person(key="gone")
    make.keep()
    make.session.delete(gone)
    make.session.flush()
    make.person(key="come")
    make.keep()

    assert told(make, "person") == [("created", "gone"), ("deleted", "gone"), ("created", "come")]


def test_what_comes_and_goes_in_one_unit_leaves_no_change(make: Make) -> None:
    person = make.person(key="guest")
    make.session.delete(person)
    make.keep()

    assert told(make, "person") == []


def test_languages_can_change_while_a_record_is_added(make: Make) -> None:
    assert make.home.languages == "nb,sv"
    make.keep()
    make.home.languages = "nb,sv,nn"
    partner = Partner(consortium_id=make.home.id, key="p", organisation=make.organisation("Ny"), joined=make.home.start)
    make.session.add(partner)
    make.keep()

    assert languages_of(make, "organisation") == languages_of(make, "consortium") == {"nb", "nn", "sv"}


def languages_of(make: Make, entity: str) -> set[str]:
    """Read in which languages a kind of record is indexed."""
    return set(make.session.scalars(select(TextIndex.language).where(TextIndex.entity == entity)))
