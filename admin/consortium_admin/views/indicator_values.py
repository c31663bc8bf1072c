"""Readings of indicators, and new targets with their reasons."""

from consortium.i18n.message import _
from consortium.models import IndicatorValue
from consortium_admin.views.record import RecordView


class IndicatorValuesView(RecordView):
    """The values, on the pages of their indicators."""

    kind = IndicatorValue
    at = "indicator_values"
    new = _("New reading or target")
    cells = ("kind", "value", "words")
    whole = "indicator"
