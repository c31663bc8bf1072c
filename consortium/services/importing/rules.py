"""What the cells of a row say together, and what a record that is kept already lets a row change."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from consortium import clock
from consortium.errors import FrozenWords, InvalidValue
from consortium.i18n.message import LanguageName, _
from consortium.i18n.numbers import Money
from consortium.models import (
    Assessment,
    Attendance,
    Indicator,
    IndicatorValue,
    Milestone,
    Partner,
    Record,
    RegisterEntry,
    ReportingPeriod,
    StatusComment,
    StatusUpdate,
    SubProject,
)
from consortium.services.attendance import HAPPENED
from consortium.services.codes import CodeName, known_budget, known_past, known_span
from consortium.services.importing.rows import Row
from consortium.services.importing.sheets_work import INDICATOR_VALUES
from consortium.services.indicators import check_value
from consortium.services.periods import check_dates
from consortium.services.registers import check_entry
from consortium.services.statuses import check_day, check_summary
from consortium.services.workflow import STEPS

#: what a submitted status says beside its texts
SUBMITTED = frozenset({"sub_project", "day", "state", "corrects", "reported_by"})


def check_kept(record: Any, name: str, before: Any, *, was_frozen: bool) -> None:
    """Insist that ``record`` lets go of what its field ``name`` said before.

    :raises FrozenWords: if it is a status that was submitted
    :raises InvalidValue: if it is a step that a status cannot take, or what an indicator is measured against
    """
    if getattr(record, name) == before:
        return
    if was_frozen and name in SUBMITTED:
        told = _("The status has been submitted and stays as it is. Add a new status that corrects “{key}” instead.")
        raise FrozenWords(told.fill(key=record.key))
    if isinstance(record, StatusUpdate) and name == "workflow":
        _check_step(record, before)
    if isinstance(record, Indicator) and before is not None:
        _check_measured(record, name, before)


def _check_step(record: StatusUpdate, before: str) -> None:
    if record.workflow in STEPS[before]:
        check_summary(record)
        return
    if not STEPS[before]:
        raise InvalidValue(_("The status has been approved and stays so. Add a new status that corrects it instead."))
    told = _("From “{before}” the workflow leads to {steps}, not to “{now}”. Choose one of these, or empty the cell.")
    steps = tuple(CodeName(step, context="workflow") for step in sorted(STEPS[before]))
    names = {"before": CodeName(before, context="workflow"), "now": CodeName(record.workflow, context="workflow")}
    raise InvalidValue(told.fill(steps=steps, **names))


def _check_measured(record: Indicator, name: str, before: Decimal) -> None:
    if name == "target":
        told = _(
            "The target {before} stays on record. For a later one add a row in the sheet “{sheet}”"
            " of the kind “{kind}” with the reason, and empty this cell or write {before} here."
        )
        kind = CodeName("target", context="value_kind")
        raise InvalidValue(told.fill(before=before, sheet=INDICATOR_VALUES.heading, kind=kind))
    if name == "baseline":
        told = _(
            "The baseline {before} stays on record, for all readings are compared with it."
            " Write {before} here, or add an indicator with a key of its own."
        )
        raise InvalidValue(told.fill(before=before))


def check_row(record: Any, row: Row) -> None:
    """Check what the cells of a row say together.

    :raises InvalidValue: at the field that is to be corrected
    """
    if hasattr(record, "start"):
        known_span(record.start, record.end)
    check = _CHECKS.get(type(record))
    if check:
        check(record)
    if isinstance(record, StatusUpdate) and "day" in row.values:
        check_day(record.day)
    _check_source(record, row)


def _check_partner(record: Any) -> None:
    known_span(record.joined, record.left, field="left")


def _check_budget(record: Any) -> None:
    amount, currency = record.amount, record.currency
    if (amount is None) != (not currency):
        raise InvalidValue(_("A budget needs an amount and a currency. Write both, or neither."), "amount")
    if amount is not None and currency:
        known_budget(Money(amount, currency))


def _check_period(record: Any) -> None:
    if record.start and record.end and record.due:
        check_dates(record)


def _check_milestone(record: Any) -> None:
    if record.done:
        known_past(record.done, field="done")


def _check_value(record: Any) -> None:
    if record.indicator and record.day and record.value is not None:
        check_value(record)


def _check_told(record: Any) -> None:
    if record.day:
        known_past(record.day)


def _check_attendance(record: Any) -> None:
    start = record.gathering.start if record.gathering else None
    if record.state in HAPPENED and start and start > clock.today():
        told = _("The gathering begins on {day}. Who came can be written down from then on.")
        raise InvalidValue(told.fill(day=start), "state")


_CHECKS: Mapping[type, Callable[[Any], None]] = {
    Partner: _check_partner,
    SubProject: _check_budget,
    ReportingPeriod: _check_period,
    Milestone: _check_milestone,
    IndicatorValue: _check_value,
    Assessment: _check_told,
    StatusComment: _check_told,
    Attendance: _check_attendance,
    RegisterEntry: check_entry,
}


def _check_source(record: Record, row: Row) -> None:
    """Insist that there are words in the language that the row calls its source."""
    tag, texts = row.text("source_language"), [getattr(record, name) for name in record.texts]
    if tag and any(texts) and not any(tag in text for text in texts):
        told = _("The source language is {language}, but nothing is written in it. Correct one of the two.")
        raise InvalidValue(told.fill(language=LanguageName(tag)), "source_language")
