"""The terms of the consortium: what things are called in each language, and the names that no language changes."""

from consortium.i18n.message import _
from consortium.models import TermEntry
from consortium_admin.forms.building import LINES
from consortium_admin.views.record import RecordView


class TermsView(RecordView):
    """The terms."""

    kind = TermEntry
    at = "terms"
    new = _("New term")
    cells = ("kind", "avoid")
    lines = LINES | {"words"}
