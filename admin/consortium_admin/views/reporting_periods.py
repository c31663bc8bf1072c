"""Reporting periods as records; how they are planned, locked and opened is a view of its own."""

from consortium.i18n.message import _
from consortium.models import ReportingPeriod
from consortium_admin.views.record import RecordView


class ReportingPeriodsView(RecordView):
    """The reporting periods."""

    kind = ReportingPeriod
    at = "reporting_periods"
    new = _("New reporting period")
    cells = ("start", "end", "due", "locked")
