"""Brings a report that is called like one of the house."""

from typing import Any

from consortium import hookimpl
from consortium.i18n.message import _
from consortium.variants import StatusReport


class Impostor(StatusReport):
    """A report under another's name."""

    key = "status-summary"
    title = _("Status summary")


@hookimpl
def consortium_report_variants() -> Any:
    """Bring it."""
    yield Impostor()
