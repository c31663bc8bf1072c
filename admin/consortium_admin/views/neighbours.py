"""What views have in common that are lists beside others of one main part."""

from typing import Any

from consortium_admin.parts import siblings
from consortium_admin.views.page import PageView
from consortium_admin.visit import visit


class NeighbourView(PageView):
    """A view whose pages show the ways to the other lists of their main part."""

    def render(self, template: str, **kwargs: Any) -> str:
        """Render a page with the ways to its neighbours."""
        return super().render(template, siblings=siblings(visit().principal), **kwargs)
