"""Assessments: to what degree sub-projects promote themes."""

from consortium.i18n.message import _
from consortium.models import Assessment
from consortium_admin.views.record import RecordView


class AssessmentsView(RecordView):
    """The assessments, on the pages of their sub-projects."""

    kind = Assessment
    at = "assessments"
    new = _("New assessment")
    cells = ("sub_project", "day", "degree")
    whole = "sub_project"
