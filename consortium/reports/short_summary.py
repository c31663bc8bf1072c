"""The short summary: who works on what and how it stands, for those who have a minute."""

from collections.abc import Iterable

from consortium.hook import hookimpl
from consortium.i18n.message import _
from consortium.variants import ReportVariant, StatusReport, overview, work


class ShortSummary(StatusReport):
    """All sub-projects on a line each, then the status of each; no milestones, figures, themes or gatherings."""

    key = "short-summary"
    title = _("Short status summary")
    parts = frozenset()
    chapters = (overview.chapter, work.chapter)


@hookimpl
def consortium_report_variants() -> Iterable[ReportVariant]:
    """Bring the short summary."""
    yield ShortSummary()
