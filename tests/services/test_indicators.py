"""Indicators: read on days, measured against a target that changes only with a reason."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from consortium.errors import InvalidValue, NotPermitted
from consortium.models import Indicator, IndicatorValue
from consortium.services.indicators import read_indicator
from consortium.services.policy import Role
from consortium.testing import TODAY, Make


def test_a_level_can_be_said_in_any_language(make: Make) -> None:
    assert make.indicator(level="leverans").level == "output"
    with pytest.raises(InvalidValue, match="none of the words to choose from: output, result, effect"):
        make.indicator(level="luck")


@pytest.mark.parametrize("value", ["0.0001", "-12.5", "1000000000000", "-1000000000000"])
def test_a_figure_is_kept_to_the_fourth_decimal(make: Make, value: str) -> None:
    make.reading(value=Decimal(value))
    make.keep()
    make.session.expire_all()

    assert make.session.scalar(select(IndicatorValue.value)) == Decimal(value)


@pytest.mark.parametrize("value", ["0.00001", "1000000000000.1", "-1000000000001"])
@pytest.mark.parametrize("where", ["baseline", "target"])
def test_a_figure_that_cannot_be_kept_exactly_is_refused(make: Make, where: str, value: str) -> None:
    with pytest.raises(InvalidValue, match="at most four decimals"):
        make.indicator(make.sub_project(), **{where: Decimal(value)})
    with pytest.raises(InvalidValue, match="at most four decimals"):
        make.reading(value=Decimal(value))
    assert make.session.scalars(select(IndicatorValue)).all() == []


def test_an_indicator_is_read_once_a_day(make: Make) -> None:
    indicator = make.indicator(key="I1")
    make.reading(indicator, day=date(2026, 6, 1))
    make.reading(indicator)
    make.target(indicator)
    make.reading(make.indicator())

    with pytest.raises(InvalidValue, match="“I1” already has a figure of 15 June 2026"):
        make.reading(indicator, value=Decimal(7))


def test_an_indicator_is_not_read_on_a_day_to_come(make: Make) -> None:
    with pytest.raises(InvalidValue, match="16 June 2026 is still to come"):
        make.reading(day=date(2026, 6, 16))
    assert make.target(day=date(2027, 1, 1)).day == date(2027, 1, 1)


@pytest.mark.parametrize(("reason", "says"), [({}, "without a reason"), ({"nb": " "}, "cannot be empty")])
def test_a_target_changes_only_with_a_reason_in_words(make: Make, reason: dict[str, str], says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        make.target(reason=reason)
    assert make.session.scalars(select(IndicatorValue)).all() == []


def test_the_first_target_is_never_overwritten(make: Make) -> None:
    indicator = make.indicator(target=Decimal(100))
    changed = make.target(indicator, value=Decimal(80), reason={"nb": "Færre steder.", "sv": "Färre orter."})
    make.keep()
    make.session.expire_all()

    assert make.session.scalars(select(Indicator.target)).one() == Decimal(100)
    assert (changed.kind, changed.value, changed.words.words("sv")) == ("target", Decimal(80), "Färre orter.")
    assert changed.key == f"{indicator.key}:target:{TODAY}"


def test_a_lead_reads_what_they_lead_but_adds_no_indicator(make: Make) -> None:
    indicator = make.indicator()
    make.operator = make.principal(Role.LEAD, leads=frozenset({indicator.sub_project.id}))

    assert make.reading(indicator).value == 42
    with pytest.raises(NotPermitted):
        make.indicator(indicator.sub_project)


def test_nobody_reads_what_others_lead(make: Make) -> None:
    indicator = make.indicator()
    lead = make.principal(Role.LEAD, leads=frozenset({make.sub_project().id}))

    with pytest.raises(NotPermitted):
        read_indicator(make.session, lead, indicator=indicator, value=Decimal(1))
    assert make.session.scalars(select(IndicatorValue)).all() == []
