"""Capacities: what people are at their organisations, from the first to the last day."""

from consortium.i18n.message import _
from consortium.models import Capacity
from consortium_admin.views.record import RecordView


class CapacitiesView(RecordView):
    """The capacities, on the pages of the people who act in them and of their organisations."""

    kind = Capacity
    at = "capacities"
    new = _("New capacity")
    cells = ("organisation", "sub_project", "start", "end")
    whole = "person"
