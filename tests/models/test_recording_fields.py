"""What a change tells: order, references by number, parts, and what was before."""

from sqlalchemy import select

from consortium.models import Change, Group, Participation, Partner, SubProject
from consortium.testing import Make
from consortium.texts import Text


def last_change(make: Make, entity: str = "sub_project") -> Change:
    """Read the latest change of one kind of record."""
    query = select(Change).where(Change.entity == entity).order_by(Change.id.desc()).limit(1)
    return make.session.scalars(query).one()


def shared(make: Make) -> tuple[SubProject, Partner, Partner]:
    """Make a sub-project of two partners, kept."""
    first, second = make.partner(), make.partner()
    project = make.sub_project(partners=[first, second])
    make.keep()
    return project, first, second


def test_another_leading_partner_is_a_change_and_a_new_version(make: Make) -> None:
    project, first, second = shared(make)
    version = project.version
    project.participations = [Participation(partner=each, place=place) for place, each in enumerate((second, first))]
    make.keep()

    assert last_change(make).values == {"participations": [[first.key, second.key], [second.key, first.key]]}
    assert project.version == version + 1


def test_a_new_partner_in_an_old_place_is_a_change_of_the_sub_project(make: Make) -> None:
    project, first, second = shared(make)
    other, version = make.partner(), project.version
    make.keep()
    project.participations[0].partner = other
    make.keep()

    assert last_change(make).values == {"participations": [[first.key, second.key], [other.key, second.key]]}
    assert project.version == version + 1


def test_a_participation_added_by_numbers_is_a_change_of_the_sub_project(make: Make) -> None:
    project, first, second = shared(make)
    third = make.partner()
    make.keep()
    make.session.add(Participation(sub_project_id=project.id, place=2, partner_id=third.id))
    make.session.flush()
    make.session.expire(project)
    make.keep()

    before = [first.key, second.key]
    assert last_change(make).values["participations"] == [before, [*before, third.key]]


def test_a_participation_deleted_on_its_own_is_a_change_of_the_sub_project(make: Make) -> None:
    project, first, second = shared(make)
    make.session.delete(project.participations[1])
    make.keep()

    assert last_change(make).values == {"participations": [[first.key, second.key], [first.key]]}


def test_a_reference_set_by_its_number_is_told_as_that(make: Make) -> None:
    update, person = make.status(), make.person()
    make.keep()
    update.reported_by_id = person.id
    make.keep()

    assert last_change(make, "status_update").values == {"reported_by_id": [None, person.id]}


def test_a_reference_set_by_its_record_is_told_by_keys_alone(make: Make) -> None:
    update, first, second = make.status(), make.person(), make.person()
    update.reported_by = first
    make.keep()
    update.reported_by = second
    make.keep()

    assert last_change(make, "status_update").values == {"reported_by": [first.key, second.key]}


def test_what_was_before_is_known_even_if_nobody_had_read_it(make: Make) -> None:
    make.home.programme = "Før"
    make.keep()
    make.session.expire_all()
    make.home.programme = "Etter"
    make.keep()

    assert last_change(make, "consortium").values == {"programme": ["Før", "Etter"]}


def test_a_participation_that_goes_over_to_another_sub_project_is_a_change_of_both(make: Make) -> None:
    project, first, second = shared(make)
    other = make.sub_project(partners=[first])
    make.keep()
    moved = project.participations[1]
    moved.sub_project_id = other.id
    make.keep()

    changes = make.session.scalars(select(Change).where(Change.entity == "sub_project").order_by(Change.id.desc()))
    told = {each.key: each.values["participations"] for each in [*changes][:2]}
    assert told == {
        project.key: [[first.key, second.key], [first.key]],
        other.key: [[first.key], [first.key, second.key]],
    }


def test_what_is_removed_leaves_its_last_words_also_those_of_its_parts(make: Make) -> None:
    project, first, second = shared(make)
    make.session.delete(project)
    make.keep()

    assert last_change(make).values["participations"] == [[first.key, second.key], None]


def test_groups_of_an_organisation_are_told_by_their_keys(make: Make) -> None:
    one, two = (Group(consortium=make.home, key=key, name=Text().write("nb", key)) for key in ("fjell", "vidda"))
    organisation = make.organisation("Vidda")
    organisation.groups = [one]
    make.keep()
    organisation.groups = [one, two]
    make.keep()

    assert last_change(make, "organisation").values == {"groups": [["fjell"], ["fjell", "vidda"]]}
