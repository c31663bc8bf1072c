"""A guest that tells just what a resident tells."""

from collections.abc import Iterable

from consortium import hookimpl
from consortium.i18n.message import _
from consortium.variants import ReportVariant, StatusReport


class GuestSummary(StatusReport):
    """The status summary, told by a guest."""

    key = "guest-summary"
    title = _("Status summary")


@hookimpl
def consortium_report_variants() -> Iterable[ReportVariant]:
    """Bring it."""
    yield GuestSummary()
