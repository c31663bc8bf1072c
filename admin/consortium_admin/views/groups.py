"""Groups of organisations by which lists and reports can be split."""

from consortium.i18n.message import _
from consortium.models import Group
from consortium_admin.views.record import RecordView


class GroupsView(RecordView):
    """The groups."""

    kind = Group
    at = "groups"
    new = _("New group")
