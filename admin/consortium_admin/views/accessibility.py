"""The accessibility statement: what has been done so that everyone can use the admin, and what to do where one cannot."""

from consortium_admin.rules import anyone
from consortium_admin.views.page import PageView, page


class AccessibilityView(PageView):
    """Says by which rules the pages are made, how they are tested, and whom to tell."""

    def __init__(self) -> None:
        super().__init__(endpoint="accessibility", url="/accessibility")

    @page("/", may=anyone)
    def index(self) -> str:
        """Show the statement."""
        return self.render("admin/accessibility.html")
