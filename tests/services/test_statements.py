"""Statements: what an organisation says, as often as it likes."""

import pytest
from sqlalchemy import select

from consortium.errors import InvalidValue, NotPermitted
from consortium.models import Statement
from consortium.services.policy import Role, visible
from consortium.services.statements import record_statement
from consortium.testing import Make


def test_an_organisation_says_several_things_of_a_kind(make: Make) -> None:
    gathering, asker = make.gathering(key="stork-36"), make.partner(key="asker").organisation
    said = [make.statement(gathering, asker, words={"nb": f"Tips {number}"}, kind="tip") for number in (1, 2, 3)]

    assert [each.key for each in said] == ["stork-36:asker:tip", "stork-36:asker:tip:2", "stork-36:asker:tip:3"]


def test_each_kind_and_each_organisation_has_keys_of_its_own(make: Make) -> None:
    gathering = make.gathering(key="g")
    a, b = make.partner(key="a").organisation, make.partner(key="a:success").organisation

    keys = [make.statement(gathering, who, kind=kind).key for who in (a, b) for kind in ("success", "challenge")]

    assert keys == ["g:a:success", "g:a:challenge", "g:a:success:success", "g:a:success:challenge"]


@pytest.mark.parametrize("kind", ["utfordring", "utmaning", "challenge"])
def test_a_kind_is_understood_in_the_words_of_each_country(make: Make, kind: str) -> None:
    assert make.statement(kind=kind).kind == "challenge"


@pytest.mark.parametrize("words", [{}, {"nb": "  "}])
def test_a_statement_has_words(make: Make, words: dict[str, str]) -> None:
    with pytest.raises(InvalidValue, match=r"empty|needs words"):
        make.statement(words=words)


def test_whoever_speaks_is_of_the_same_consortium(make: Make) -> None:
    with pytest.raises(InvalidValue, match="same consortium"):
        make.statement(organisation=make.partner(consortium=make.consortium()).organisation)


def test_a_risk_is_for_staff_alone(make: Make) -> None:
    risk, tip = make.statement(kind="risk"), make.statement(kind="tip")

    def seen(role: Role) -> list[Statement]:
        query = select(Statement).where(visible(make.principal(role), Statement)).order_by(Statement.id)
        return list(make.session.scalars(query))

    assert seen(Role.STAFF) == [risk, tip]
    assert seen(Role.MEMBER) == [tip]


def test_only_staff_write_down_what_was_said(make: Make) -> None:
    gathering, who = make.gathering(), make.partner().organisation

    with pytest.raises(NotPermitted):
        record_statement(
            make.session,
            make.principal(Role.MEMBER),
            gathering=gathering,
            organisation=who,
            kind="tip",
            words={"nb": "Hei."},
        )
