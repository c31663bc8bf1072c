"""Themes that all sub-projects are asked about."""

from consortium.i18n.message import _
from consortium.models import Theme
from consortium_admin.views.record import RecordView


class ThemesView(RecordView):
    """The themes."""

    kind = Theme
    at = "themes"
    new = _("New theme")
    cells = ("question",)
