"""The status summary: what staff make before every gathering."""

from collections.abc import Iterable

from consortium.hook import hookimpl
from consortium.i18n.message import _
from consortium.variants import ReportVariant, StatusReport


class StatusSummary(StatusReport):
    """The status of every sub-project, in the consortium's languages."""

    key = "status-summary"
    title = _("Status summary")


@hookimpl
def consortium_report_variants() -> Iterable[ReportVariant]:
    """Bring the status summary."""
    yield StatusSummary()
