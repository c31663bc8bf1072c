"""Gatherings: when and where they are, what about, who came, and what was said."""

from consortium.i18n.message import _
from consortium.models import Gathering
from consortium_admin.views.agenda import AgendaView
from consortium_admin.views.attendance import AttendanceView
from consortium_admin.views.record import RecordView
from consortium_admin.views.statements import StatementsView


class GatheringsView(RecordView):
    """The gatherings, each with its agenda, its attendance and its round table."""

    kind = Gathering
    at = "gatherings"
    new = _("New gathering")
    cells = ("start", "kind", "place")
    parts = (AgendaView, AttendanceView, StatementsView)
