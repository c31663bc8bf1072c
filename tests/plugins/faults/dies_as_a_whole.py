"""Ends the process in a document of its own, before there is any part."""

import os
from typing import Any

from consortium import hookimpl
from consortium.documents import Document, Speech
from consortium.facts import Facts
from consortium.i18n.message import _
from consortium.variants import ReportVariant


class Faulty(ReportVariant):
    """A report that never comes."""

    key = "faulty"
    title = _("Status summary")

    def document(self, facts: Facts, speech: Speech) -> Document:
        """Fail."""
        os._exit(4)


@hookimpl
def consortium_report_variants() -> Any:
    """Bring it."""
    yield Faulty()
