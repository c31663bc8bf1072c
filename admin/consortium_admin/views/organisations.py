"""Organisations: municipalities, universities, user organisations, whether they are partners or not."""

from consortium.i18n.message import _
from consortium.models import Organisation
from consortium_admin.views.capacities import CapacitiesView
from consortium_admin.views.partners import PartnersView
from consortium_admin.views.record import RecordView


class OrganisationsView(RecordView):
    """The organisations, each with when it is a partner and who acts for it."""

    kind = Organisation
    at = "organisations"
    new = _("New organisation")
    cells = ("type", "country", "parent")
    parts = (PartnersView, CapacitiesView)
