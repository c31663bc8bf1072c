"""Indicators: the figures by which sub-projects are followed."""

from consortium.i18n.message import _
from consortium.models import Indicator
from consortium_admin.views.indicator_values import IndicatorValuesView
from consortium_admin.views.record import RecordView


class IndicatorsView(RecordView):
    """The indicators, each with its readings and new targets."""

    kind = Indicator
    at = "indicators"
    new = _("New indicator")
    cells = ("sub_project", "level", "baseline", "target")
    whole = "sub_project"
    parts = (IndicatorValuesView,)
