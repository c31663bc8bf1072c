"""The history of a record, told step by step, and what it brings back."""

from datetime import date

import pytest

from consortium.errors import NotFound, NotPermitted
from consortium.models import Milestone, Organisation, SubProject
from consortium.services.editing import FormRefused, load_record, remove_record, save_record
from consortium.services.history import Step, history_of, restore
from consortium.services.policy import Principal, Role
from consortium.testing import Make


def steps(make: Make, kind: type, key: str, who: Principal | None = None) -> tuple[Step, ...]:
    make.session.commit()
    return history_of(make.session, who or make.operator, home=make.home, kind=kind, key=key)


def edit(make: Make, key: str, **said: str) -> None:
    named = {name.replace("_", "."): words for name, words in said.items()}
    save_record(make.session, make.operator, home=make.home, kind=SubProject, key=key, said=named)
    make.session.commit()


def test_steps_are_told_the_latest_first_by_field_and_language(make: Make) -> None:
    sub_project = make.sub_project("Nedfor")
    make.session.commit()
    edit(make, sub_project.key, title_nb="Nedfor for alle", start="2026-02-01")

    latest, first = steps(make, SubProject, sub_project.key)

    assert (latest.action, first.action, latest.by) == ("changed", "created", "Olga Operatør")
    told = {each.name: (each.language, each.before, each.after) for each in latest.fields}
    assert told == {"title.nb": ("nb", "Nedfor", "Nedfor for alle"), "start": ("", "", "2026-02-01")}


def test_a_difference_is_told_word_by_word(make: Make) -> None:
    sub_project = make.sub_project("Nedfor")
    make.session.commit()
    edit(make, sub_project.key, title_nb="Nedfor for alle")

    (title,) = steps(make, SubProject, sub_project.key)[0].fields

    assert [(each.words, each.change) for each in title.pieces] == [("Nedfor", "kept"), (" for alle", "in")]


def test_one_field_is_brought_back_and_the_others_stay(make: Make) -> None:
    sub_project = make.sub_project("Nedfor")
    make.session.commit()
    edit(make, sub_project.key, title_nb="Feil", start="2026-02-01")
    step = steps(make, SubProject, sub_project.key)[0]

    restore(make.session, make.operator, home=make.home, kind=SubProject, number=step.number, names=("title.nb",))

    assert (sub_project.title.words("nb"), sub_project.start) == ("Nedfor", date(2026, 2, 1))


def test_bringing_back_is_a_step_of_its_own(make: Make) -> None:
    sub_project = make.sub_project("Nedfor")
    make.session.commit()
    edit(make, sub_project.key, title_nb="Feil")
    step = steps(make, SubProject, sub_project.key)[0]

    restore(make.session, make.operator, home=make.home, kind=SubProject, number=step.number)

    assert [each.action for each in steps(make, SubProject, sub_project.key)] == ["changed", "changed", "created"]


def test_partners_are_brought_back_in_their_order(make: Make) -> None:
    sub_project = make.sub_project(partners=[make.partner("A"), make.partner("B")])
    before = [each.key for each in sub_project.partners]
    make.session.commit()
    edit(make, sub_project.key, partners=";".join(reversed(before)))
    step = steps(make, SubProject, sub_project.key)[0]

    restore(make.session, make.operator, home=make.home, kind=SubProject, number=step.number)

    assert [each.key for each in sub_project.partners] == before


def test_a_removed_record_is_there_again(make: Make) -> None:
    milestone = make.milestone(title={"nb": "Kurset er holdt", "sv": "Kursen är hållen"})
    make.session.commit()
    remove_record(make.session, make.operator, record=milestone)
    step = steps(make, Milestone, milestone.key)[0]

    restore(make.session, make.operator, home=make.home, kind=Milestone, number=step.number)

    again = load_record(make.session, make.operator, home=make.home, kind=Milestone, key=milestone.key)
    assert (again.title.words("nb"), again.title.words("sv"), again.due) == (
        "Kurset er holdt",
        "Kursen är hållen",
        date(2026, 6, 1),
    )


def test_what_cannot_be_kept_any_more_is_told_at_its_field(make: Make) -> None:
    sub_project = make.sub_project(start=date(2026, 1, 1), end=date(2026, 2, 1))
    make.session.commit()
    edit(make, sub_project.key, end="2026-12-31")
    step = steps(make, SubProject, sub_project.key)[0]
    edit(make, sub_project.key, start="2026-06-01")

    with pytest.raises(FormRefused) as told:
        restore(make.session, make.operator, home=make.home, kind=SubProject, number=step.number)

    assert set(told.value.at) == {"end"}


def test_the_history_of_another_consortium_is_not_there(make: Make) -> None:
    foreign = make.organisation(consortium=make.consortium("Annet"))

    with pytest.raises(NotFound):
        steps(make, Organisation, foreign.key)


def test_a_member_sees_no_history_and_brings_nothing_back(make: Make) -> None:
    sub_project = make.sub_project()
    member = Principal("Mia Medlem", Role.MEMBER, make.home.id)

    with pytest.raises(NotFound):
        steps(make, SubProject, sub_project.key, member)


def test_an_auditor_sees_the_history_but_brings_nothing_back(make: Make) -> None:
    sub_project = make.sub_project("Nedfor")
    make.session.commit()
    edit(make, sub_project.key, title_nb="Feil")
    auditor = Principal("Rita Revisor", Role.AUDITOR, make.home.id)
    step = steps(make, SubProject, sub_project.key, auditor)[0]

    with pytest.raises(NotPermitted):
        restore(make.session, auditor, home=make.home, kind=SubProject, number=step.number)
