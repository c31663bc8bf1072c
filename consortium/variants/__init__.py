"""What a report variant is, and the status report that most variants begin with."""

from consortium.variants.base import ReportVariant
from consortium.variants.status import StatusReport

__all__ = ["ReportVariant", "StatusReport"]
