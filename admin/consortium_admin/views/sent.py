"""A status that was sent: what it says, and what happens next."""

from typing import Any

from flask import redirect, url_for

from consortium.services.status_forms import sent_status
from consortium_admin.rules import reporter
from consortium_admin.statuses.sending import sent_page
from consortium_admin.views.page import PageView, page
from consortium_admin.visit import visit


class SentView(PageView):
    """The page after a status was sent; it prints as a receipt."""

    def __init__(self) -> None:
        super().__init__(endpoint="sent", url="/sent")

    @page("/", may=reporter)
    def choose(self) -> Any:
        """Lead to the tasks."""
        return redirect(url_for("tasks.index"))

    @page("/<path:key>/", may=reporter)
    def index(self, key: str) -> str:
        """Show the status as it was sent."""
        here = visit()
        sent = sent_status(here.session, here.principal, home=here.consortium, key=key)
        return sent_page(self, sent, back=url_for("tasks.index"))
