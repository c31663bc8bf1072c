"""Raises an error of ours, with words for the reader."""

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    raise InvalidValue(_("The date {day} is in the future.").fill(day=telling.facts.day))


consortium_report_variants = brings(fault)
