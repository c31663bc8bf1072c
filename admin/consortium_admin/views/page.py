"""What all views have in common: they run as they are written, and a page names the consortium."""

from collections.abc import Callable
from typing import Any

from flask_admin import BaseView

from consortium_admin.visit import visit


class PageView(BaseView):
    """A view whose pages stand in our frame."""

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a view function once; Flask-Admin would call it a second time after any ``TypeError``."""
        return fn(self, *args, **kwargs)

    def render(self, template: str, **kwargs: Any) -> str:
        """Render a page that bears the consortium's name."""
        here = visit()
        return super().render(template, owner=here.speech.name(here.facts.consortium.name), **kwargs)
