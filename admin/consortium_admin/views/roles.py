"""Roles of partners, from the first to the last day."""

from consortium.i18n.message import _
from consortium.models import PartnerRole
from consortium_admin.views.record import RecordView


class RolesView(RecordView):
    """The roles, on the pages of the partners that hold them."""

    kind = PartnerRole
    at = "roles"
    new = _("New role")
    cells = ("partner", "start", "end")
    whole = "partner"
