"""What all views have in common: they run as they are written, and each function says who is let in."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask_admin import BaseView, expose

from consortium_admin.rules import Allowed, Rule
from consortium_admin.visit import visit

Function = TypeVar("Function", bound=Callable[..., Any])


def page(address: str, *, may: Rule | Allowed, post: Rule | Allowed | None = None) -> Callable[[Function], Function]:
    """Put a function at ``address``, for whom ``may`` lets in; ``post`` says who may also send something there."""

    def open_door(function: Function) -> Function:
        function.rules = {"GET": may, **({"POST": post} if post else {})}  # type: ignore[attr-defined]  # read by rules
        exposed: Function = expose(address, methods=("GET", "POST") if post else ("GET",))(function)
        return exposed

    return open_door


def action(address: str, *, may: Rule | Allowed) -> Callable[[Function], Function]:
    """Put a function at ``address`` that only changes something and has no page: it is sent to, never read."""

    def open_door(function: Function) -> Function:
        function.rules = {"POST": may}  # type: ignore[attr-defined]  # read by rules
        exposed: Function = expose(address, methods=("POST",))(function)
        return exposed

    return open_door


class PageView(BaseView):
    """A view whose pages stand in our frame."""

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a view function once; Flask-Admin would call it a second time after any ``TypeError``."""
        return fn(self, *args, **kwargs)

    def render(self, template: str, **kwargs: Any) -> str:
        """Render a page that bears the consortium's name."""
        return super().render(template, owner=visit().owner, **kwargs)
