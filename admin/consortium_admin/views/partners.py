"""Partners: organisations that take part, from when and in which role."""

from consortium.i18n.message import _
from consortium.models import Partner
from consortium_admin.views.record import RecordView
from consortium_admin.views.roles import RolesView


class PartnersView(RecordView):
    """The partners, each with its roles."""

    kind = Partner
    at = "partners"
    new = _("New partner")
    cells = ("joined", "left")
    parts = (RolesView,)
