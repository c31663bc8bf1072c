"""Report status: one screen for whoever leads a sub-project, and for the staff in their place."""

from typing import Any

from flask import redirect, url_for
from sqlalchemy.orm import Session

from consortium.services.status_forms import Kept
from consortium_admin.rules import reporter
from consortium_admin.statuses.pages import Reporter, StatusPages
from consortium_admin.views.page import page
from consortium_admin.visit import visit


class StatusView(StatusPages):
    """The form for somebody with an account."""

    def __init__(self) -> None:
        super().__init__(endpoint="status", url="/status")

    @page("/", may=reporter)
    def choose(self) -> Any:
        """Lead to the tasks, where the statuses that are due stand."""
        return redirect(url_for("tasks.index"))

    @page("/<path:key>/", may=reporter, post=reporter)
    def index(self, key: str) -> Any:
        """Show the form, or take what was written in it."""
        return self.by_method(key)

    def enter(self, session: Session, name: str, *, is_sending: bool = False) -> Reporter:
        """Let whoever has signed in report as who they are."""
        here = visit()
        visitor = here.visitor
        written = visitor.language if visitor and visitor.language else here.language
        return Reporter(here.principal, name, visitor.person if visitor else None, written)

    def address(self, name: str, **query: str) -> str:
        """Return the address of the form."""
        return url_for("status.index", key=name, **query)  # type: ignore[arg-type]  # words, all of them

    def address_sent(self, name: str, kept: Kept) -> str:
        """Return the address of the page that says that a status was sent."""
        return url_for("sent.index", key=kept.key)
