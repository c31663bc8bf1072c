"""Invitations and answers: who is asked, what can follow on what, and who comes instead."""

from datetime import date

import pytest

from consortium.errors import InvalidValue, NotPermitted
from consortium.services.attendance import FOLLOWS, answer, correct_answer, substitute
from consortium.services.invitations import PartnerHasLeft, invite, invite_guest
from consortium.services.policy import Role
from consortium.testing import TODAY, Make
from consortium.texts.terms import terms

LATER = date(2026, 10, 7)


def test_every_partner_is_invited_once(make: Make) -> None:
    gathering, partners = make.gathering(), [make.partner(), make.partner()]

    first = invite(make.session, make.operator, gathering=gathering, partners=[*partners, partners[0]])
    again = invite(make.session, make.operator, gathering=gathering, partners=partners)

    assert [(row.organisation, row.state) for row in first] == [(each.organisation, "invited") for each in partners]
    assert again == ()


def test_an_invitation_never_undoes_an_answer(make: Make) -> None:
    gathering, partner = make.gathering(), make.partner()
    (row,) = invite(make.session, make.operator, gathering=gathering, partners=[partner])
    answer(make.session, make.operator, attendance=row, state="cancelled")

    invite(make.session, make.operator, gathering=gathering, partners=[partner])

    assert row.state == "cancelled"


def test_people_are_invited_by_name(make: Make) -> None:
    gathering, partner = make.gathering(), make.partner(key="asker")
    liv, ola = make.person("Liv Lind"), make.person("Ola Oppdal")
    people = {"asker": [liv]}
    invite(make.session, make.operator, gathering=gathering, partners=[partner], people=people)

    added = invite(make.session, make.operator, gathering=gathering, partners=[partner], people={"asker": [liv, ola]})

    assert [row.key for row in added] == [f"{gathering.key}:asker:{ola.key}"]
    assert invite(make.session, make.operator, gathering=gathering, partners=[partner]) == ()


def test_whoever_is_named_twice_is_invited_once(make: Make) -> None:
    gathering, partner, liv = make.gathering(), make.partner(key="asker"), make.person("Liv Lind")

    people = {"asker": [liv, liv]}
    (row,) = invite(make.session, make.operator, gathering=gathering, partners=[partner], people=people)

    assert row.person is liv


def test_a_key_that_would_be_too_long_is_refused_with_advice(make: Make) -> None:
    gathering, partner, liv = make.gathering(key="g" * 80), make.partner(key="o" * 80), make.person(key="p" * 80)

    with pytest.raises(InvalidValue, match="longer than 200 characters"):
        invite(make.session, make.operator, gathering=gathering, partners=[partner], people={partner.key: [liv]})


def test_a_partner_that_has_left_cannot_be_invited(make: Make) -> None:
    gathering = make.gathering(day=date(2026, 5, 4))
    gone = make.partner("Frosta", left=date(2026, 1, 1))

    with pytest.raises(PartnerHasLeft, match="Frosta is no longer a partner on 4 May 2026"):
        invite(make.session, make.operator, gathering=gathering, partners=[make.partner(), gone])


def test_a_partner_that_is_yet_to_join_cannot_be_invited(make: Make) -> None:
    gathering, new = make.gathering(day=date(2026, 5, 4)), make.partner("Frosta", joined=TODAY)

    with pytest.raises(InvalidValue, match="Frosta is not yet a partner"):
        invite(make.session, make.operator, gathering=gathering, partners=[new])


def test_a_guest_needs_a_name_and_an_organisation_and_nothing_else(make: Make) -> None:
    gathering, organisation = make.gathering(), make.organisation("Helseparken")
    guest = make.person("Siri Svensson")

    row = invite_guest(make.session, make.operator, gathering=gathering, organisation=organisation, person=guest)

    assert (row.person, guest.email, guest.capacities) == (guest, "", [])
    with pytest.raises(InvalidValue, match="is invited already"):
        invite_guest(make.session, make.operator, gathering=gathering, organisation=organisation, person=guest)


def test_the_rules_know_every_answer() -> None:
    assert set(FOLLOWS) == set(terms("attendance"))
    assert set().union(*FOLLOWS.values()) == set(terms("attendance")) - {"invited"}


@pytest.mark.parametrize(
    ("before", "after"),
    [("invited", "accepted"), ("accepted", "cancelled"), ("accepted", "attended"), ("cancelled", "attended")],
)
def test_an_answer_follows_on_another(make: Make, before: str, after: str) -> None:
    row = make.attendance(state=before)

    assert answer(make.session, make.operator, attendance=row, state=after).state == after


@pytest.mark.parametrize(
    ("before", "after"),
    [("accepted", "declined"), ("cancelled", "absent"), ("attended", "accepted"), ("declined", "cancelled")],
)
def test_what_cannot_follow_is_refused_but_a_mistake_can_be_put_right(make: Make, before: str, after: str) -> None:
    row = make.attendance(state=before)

    with pytest.raises(InvalidValue, match=f"“{after}” cannot come after “{before}”"):
        answer(make.session, make.operator, attendance=row, state=after)
    assert correct_answer(make.session, make.operator, attendance=row, state=after).state == after


def test_an_answer_is_understood_in_the_words_of_each_country(make: Make) -> None:
    row = make.attendance(state="accepted")

    assert answer(make.session, make.operator, attendance=row, state="lämnat återbud").state == "cancelled"


def test_a_reason_belongs_to_its_answer(make: Make) -> None:
    row = make.attendance(state="accepted")
    answer(make.session, make.operator, attendance=row, state="cancelled", reason="Sykdom")
    assert answer(make.session, make.operator, attendance=row, state="cancelled").reason == "Sykdom"

    assert answer(make.session, make.operator, attendance=row, state="accepted").reason == ""


@pytest.mark.parametrize("state", ["attended", "absent"])
def test_nobody_has_come_to_a_gathering_before_it_begins(make: Make, state: str) -> None:
    row = make.attendance(make.gathering(day=LATER))

    with pytest.raises(InvalidValue, match="begins on 7 October 2026"):
        answer(make.session, make.operator, attendance=row, state=state)


def test_somebody_comes_for_somebody(make: Make) -> None:
    liv, ola, eva = make.person("Liv Lind"), make.person("Ola Oppdal"), make.person("Eva Ek")
    row = make.attendance(person=liv, state="cancelled", reason="Sykdom")
    key = row.key

    substitute(make.session, make.operator, attendance=row, person=ola)
    substitute(make.session, make.operator, attendance=row, person=eva)

    assert (row.person, row.substitute_for, row.state, row.reason, row.key) == (eva, liv, "accepted", "Sykdom", key)


def test_if_the_invited_one_comes_after_all_there_is_no_substitute(make: Make) -> None:
    liv, ola = make.person("Liv Lind"), make.person("Ola Oppdal")
    row = make.attendance(person=liv)

    substitute(make.session, make.operator, attendance=row, person=ola)
    substitute(make.session, make.operator, attendance=row, person=liv)

    assert (row.person, row.substitute_for) == (liv, None)


def test_whom_a_partner_sends_is_named_and_replaces_nobody(make: Make) -> None:
    row, liv = make.attendance(), make.person("Liv Lind")

    substitute(make.session, make.operator, attendance=row, person=liv)

    assert (row.person, row.substitute_for) == (liv, None)


def test_whoever_comes_anyway_is_no_substitute(make: Make) -> None:
    liv, ola, row = make.person("Liv Lind"), make.person("Ola Oppdal"), make.attendance()
    make.attendance(row.gathering, row.organisation, person=ola)
    substitute(make.session, make.operator, attendance=row, person=liv)

    with pytest.raises(InvalidValue, match="Ola Oppdal is on the list already"):
        substitute(make.session, make.operator, attendance=row, person=ola)


def test_a_substitute_is_not_invited_again(make: Make) -> None:
    gathering, partner = make.gathering(), make.partner(key="asker")
    liv, ola = make.person("Liv Lind"), make.person("Ola Oppdal")
    people = {"asker": [liv]}
    (row,) = invite(make.session, make.operator, gathering=gathering, partners=[partner], people=people)
    substitute(make.session, make.operator, attendance=row, person=ola)

    people = {"asker": [liv, ola]}
    assert invite(make.session, make.operator, gathering=gathering, partners=[partner], people=people) == ()


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER, Role.AUDITOR])
def test_only_staff_keep_the_list(make: Make, role: Role) -> None:
    row, who, partner = make.attendance(), make.principal(role), make.partner()

    with pytest.raises(NotPermitted):
        invite(make.session, who, gathering=row.gathering, partners=[partner])
    with pytest.raises(NotPermitted):
        answer(make.session, who, attendance=row, state="accepted")
    with pytest.raises(NotPermitted):
        substitute(make.session, who, attendance=row, person=make.person())
