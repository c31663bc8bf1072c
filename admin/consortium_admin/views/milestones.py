"""Milestones: what sub-projects shall have reached, until when."""

from consortium.i18n.message import _
from consortium.models import Milestone
from consortium_admin.views.record import RecordView


class MilestonesView(RecordView):
    """The milestones, on the pages of their sub-projects."""

    kind = Milestone
    at = "milestones"
    new = _("New milestone")
    cells = ("sub_project", "due", "done")
    whole = "sub_project"
