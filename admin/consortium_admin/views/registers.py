"""Registers of codes that authorities keep, such as that of municipalities; most of them are imported."""

from consortium.i18n.message import _
from consortium.models import RegisterEntry
from consortium_admin.views.record import RecordView


class RegistersView(RecordView):
    """The registers."""

    kind = RegisterEntry
    at = "registers"
    new = _("New code")
    cells = ("kind", "start", "end", "successors")
