"""Adds indicators, reads them, and changes their targets with a reason."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Indicator, IndicatorValue, SubProject
from consortium.services.codes import CodeName, known_code, known_key, known_made, known_measure, known_past
from consortium.services.policy import Principal, Verb, demand
from consortium.services.texts import Written, new_text


def add_indicator(  # noqa: PLR0913  # what an indicator is
    session: Session,
    principal: Principal,
    *,
    sub_project: SubProject,
    key: str,
    name: Written,
    level: str,
    unit: Written | None = None,
    baseline: Decimal | None = None,
    target: Decimal | None = None,
) -> Indicator:
    """Add a figure by which ``sub_project`` is followed, from ``baseline`` to ``target``.

    :param level: an output, a result or an effect, in any language
    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the level is unknown, or a figure cannot be kept
    """
    indicator = Indicator(
        consortium_id=sub_project.consortium_id,
        key=known_key(key),
        sub_project=sub_project,
        name=new_text(principal, name),
        unit=new_text(principal, unit),
        level=known_code("indicator_level", level),
        baseline=None if baseline is None else known_measure(baseline),
        target=None if target is None else known_measure(target),
    )
    demand(session, principal, Verb.ADD, indicator)
    session.add(indicator)
    session.flush()
    return indicator


def read_indicator(  # who read what, when, and what is to be said of it
    session: Session,
    principal: Principal,
    *,
    indicator: Indicator,
    value: Decimal,
    day: date | None = None,
    words: Written | None = None,
) -> IndicatorValue:
    """Add what ``indicator`` was on ``day``, today unless told otherwise.

    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    :raises InvalidValue: if there is already a reading of that day, the day is to come, or the figure cannot be kept
    """
    return _add_value(session, principal, indicator, "reading", value, day, words)


def read_indicators(
    session: Session, principal: Principal, *, values: Mapping[Indicator, Decimal], day: date | None = None
) -> tuple[IndicatorValue, ...]:
    """Add what several indicators were on ``day``, today unless told otherwise; all of them at once.

    :raises NotPermitted: if ``principal`` neither leads the sub-projects nor is staff
    :raises InvalidValue: if there is already a reading of that day, the day is to come, or a figure cannot be kept
    """
    made = tuple(_new_value(principal, each, "reading", value, day, None) for each, value in values.items())
    return _keep_values(session, principal, made)


def change_target(  # the reason is what this verb is about
    session: Session,
    principal: Principal,
    *,
    indicator: Indicator,
    value: Decimal,
    reason: Written,
    day: date | None = None,
) -> IndicatorValue:
    """Set a new target from ``day`` on, today unless told otherwise; the first one stays as it was.

    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    :raises InvalidValue: if no reason is given, there is already a new target of that day, or the figure cannot be kept
    """
    return _add_value(session, principal, indicator, "target", value, day, reason)


def _add_value(  # what both have in common
    session: Session,
    principal: Principal,
    indicator: Indicator,
    kind: str,
    value: Decimal,
    day: date | None,
    words: Written | None,
) -> IndicatorValue:
    (figure,) = _keep_values(session, principal, (_new_value(principal, indicator, kind, value, day, words),))
    return figure


def _new_value(  # what a figure is
    principal: Principal, indicator: Indicator, kind: str, value: Decimal, day: date | None, words: Written | None
) -> IndicatorValue:
    day = day or clock.today()
    return IndicatorValue(
        consortium_id=indicator.consortium_id,
        key=known_made(value_key(indicator, kind, day)),
        indicator=indicator,
        kind=kind,
        day=day,
        value=value,
        words=new_text(principal, words),
    )


def _keep_values(
    session: Session, principal: Principal, figures: tuple[IndicatorValue, ...]
) -> tuple[IndicatorValue, ...]:
    for figure in figures:
        demand(session, principal, Verb.ADD, figure)
        check_value(figure)
    _check_alone(session, figures)
    session.add_all(figures)
    session.flush()
    return figures


def value_key(indicator: Indicator, kind: str, day: date) -> str:
    """Make the key of a figure from what it says."""
    return f"{indicator.key}:{kind}:{day}"


def check_value(figure: IndicatorValue) -> None:
    """Insist on a figure that can be kept, on a reading of a day that has come, and on a reason for a new target.

    :raises InvalidValue: if one of them is missing
    """
    known_measure(figure.value)
    if figure.kind == "reading":
        known_past(figure.day)
    if figure.kind == "target" and not figure.words:
        told = _("The target of “{key}” cannot change without a reason. Say in words why it does.")
        raise InvalidValue(told.fill(key=figure.indicator.key), "words")


def _check_alone(session: Session, figures: Collection[IndicatorValue]) -> None:
    """Insist on one figure of a kind a day."""
    columns = (IndicatorValue.indicator_id, IndicatorValue.kind, IndicatorValue.day)
    same = (and_(*(column == value for column, value in zip(columns, _place(each), strict=True))) for each in figures)
    with session.no_autoflush:
        taken = {(*row,) for row in session.execute(select(*columns).where(or_(false(), *same)))} if figures else set()
    for figure in figures:
        if _place(figure) in taken:
            told = _("“{key}” already has a figure of {day} ({kind}). Correct that one, or give another day.")
            kind = CodeName(figure.kind, context="value_kind")
            raise InvalidValue(told.fill(key=figure.indicator.key, day=figure.day, kind=kind), "day")


def _place(figure: IndicatorValue) -> tuple[int, str, date]:
    return figure.indicator.id, figure.kind, figure.day
