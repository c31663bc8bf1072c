"""The door: leads to the list of sub-projects."""

from typing import Any

from flask import redirect, url_for
from flask_admin import expose

from consortium_admin.views.page import PageView


class Door(PageView):
    """The first address, which has no page of its own yet."""

    def __init__(self) -> None:
        super().__init__(endpoint="admin", url="/")

    @expose("/")
    def index(self) -> Any:
        """Lead to the sub-projects."""
        return redirect(url_for("sub_projects.index_view"))
