"""Says that its report is called like a file that lies elsewhere."""

from dataclasses import replace
from typing import Any

from consortium import hookimpl
from consortium.documents import Document, Speech
from consortium.facts import Facts
from consortium.i18n.message import _
from consortium.variants import StatusReport


class Faulty(StatusReport):
    """A report whose document has a path for a key."""

    key = "faulty"
    title = _("Status summary")

    def document(self, facts: Facts, speech: Speech) -> Document:
        """Tell it under another name."""
        return replace(super().document(facts, speech), key="../../etc/passwd")


@hookimpl
def consortium_report_variants() -> Any:
    """Bring it."""
    yield Faulty()
