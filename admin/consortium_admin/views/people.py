"""People, whether they sign in or not."""

from consortium.i18n.message import _
from consortium.models import Person
from consortium_admin.views.capacities import CapacitiesView
from consortium_admin.views.record import RecordView


class PeopleView(RecordView):
    """The people, each with what they are and where."""

    kind = Person
    at = "people"
    new = _("New person")
    cells = ("email", "language")
    parts = (CapacitiesView,)
