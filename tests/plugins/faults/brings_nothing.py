"""Returns nothing where blocks are expected."""

from typing import Any

from tests.plugins.faults.guest import Telling, brings


def fault(_telling: Telling) -> Any:
    """Fail."""
    return None


consortium_report_variants = brings(fault)
