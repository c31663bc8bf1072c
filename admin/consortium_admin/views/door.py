"""The door: leads to what is to be done."""

from typing import Any

from flask import redirect, url_for

from consortium_admin.rules import signed_in
from consortium_admin.views.page import PageView, page


class Door(PageView):
    """The first address, which has no page of its own."""

    def __init__(self) -> None:
        super().__init__(endpoint="admin", url="/")

    @page("/", may=signed_in)
    def index(self) -> Any:
        """Lead to what whoever asks has to do."""
        return redirect(url_for("tasks.index"))
