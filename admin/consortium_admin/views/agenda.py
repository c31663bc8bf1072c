"""The agendas of gatherings."""

from consortium.i18n.message import _
from consortium.models import AgendaItem
from consortium_admin.views.record import RecordView


class AgendaView(RecordView):
    """The items of agendas, on the pages of their gatherings."""

    kind = AgendaItem
    at = "agenda"
    new = _("New item")
    cells = ("gathering", "place", "minutes", "contributor")
    whole = "gathering"
