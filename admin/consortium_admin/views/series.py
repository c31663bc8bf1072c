"""Series of gatherings."""

from consortium.i18n.message import _
from consortium.models import Series
from consortium_admin.views.gatherings import GatheringsView
from consortium_admin.views.record import RecordView


class SeriesView(RecordView):
    """The series, each with its gatherings."""

    kind = Series
    at = "series"
    new = _("New series")
    cells = ("kind", "per_year")
    parts = (GatheringsView,)
