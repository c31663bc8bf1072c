"""What a report variant is, and the status report that most variants begin with."""

from consortium.variants.base import ReportVariant
from consortium.variants.status import StatusReport
from consortium.variants.telling import Telling

__all__ = ["ReportVariant", "StatusReport", "Telling"]
