"""Search: everything that is told, found in all its languages at once."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import current_app, request, url_for

from consortium.documents import Speech, Words
from consortium.errors import InvalidValue, NotFound
from consortium.i18n.message import Message
from consortium.services.editing.form import sheet_for
from consortium.services.naming import KINDS, Named
from consortium.services.searching import Finds, Hit, search
from consortium_admin.rules import signed_in
from consortium_admin.views.page import PageView, page
from consortium_admin.visit import visit

#: what stands in the address, and nothing else
ASKED = ("q", "kind", "after", "before")


@dataclass(frozen=True)
class Line:
    """A hit as the page shows it: what it is called and where it is, and what it belongs to."""

    hit: Hit
    address: str
    title: Words
    kind: Message
    of: Words
    day: Words


class SearchView(PageView):
    """Looks for words in everything that the visitor may see."""

    def __init__(self) -> None:
        super().__init__(endpoint="search", url="/search")

    @page("/", may=signed_in)
    def index(self) -> Any:
        """Show what was found, a page at a time; the nearest first."""
        asked = {name: request.args.get(name, "") for name in ASKED}
        found, problem, code = self._find(**asked)
        lines = [_line(hit) for hit in found.page.records]
        counts = [(kind, sheet_for(KINDS[kind]).heading, count) for kind, count in found.counts.items()]
        shown = self.render(
            "admin/search/index.html",
            asked=asked,
            found=found,
            lines=lines,
            counts=counts,
            problem=problem,
            to=_to(asked),
        )
        return shown, code

    def _find(self, *, q: str, kind: str, after: str, before: str) -> tuple[Finds, Message | None, int]:
        """Search; what cannot be sought is said at the field."""
        here = visit()
        look = partial(search, here.session, here.principal, consortium=here.consortium, language=here.language)
        try:
            found = look(words=q, kind=kind, after=after, before=before)
        except (InvalidValue, NotFound) as fault:
            return Finds(), fault.message, 400
        return found, None, 200


def _to(asked: dict[str, str]) -> Any:
    """Write addresses of the same search with something else about it; another kind begins with its first page."""

    def address(**changes: str) -> str:
        kept: dict[str, Any] = {"q": asked["q"], "kind": asked["kind"], **changes}
        return url_for("search.index", **{name: value or None for name, value in kept.items()})

    return address


def _line(hit: Hit) -> Line:
    speech, named = visit().speech, hit.named
    kind, day = sheet_for(KINDS[named.kind]).heading, speech.day(named.day) if named.day else ()
    return Line(hit, _address(named), _title(named, speech), kind, _title(named.of, speech), day)


def _title(named: Named | None, speech: Speech) -> Words:
    if named is None:
        return ()
    return (speech.title(named.title) if named.title else ()) or speech.plain(named.name or named.key)


def _address(named: Named | None) -> str:
    """Find the page of a record, or of what it belongs to; nothing where neither has one."""
    if named is None:
        return ""
    endpoint = f"{_endpoints().get(KINDS[named.kind], '')}.details_view"
    is_open = endpoint in current_app.view_functions
    return url_for(endpoint, id=named.key) if is_open else _address(named.of)


def _endpoints() -> dict[type, str]:
    views = current_app.extensions["admin"][0]._views  # Flask-Admin tells them nowhere else
    return {view.model: view.endpoint for view in views if getattr(view, "model", None)}
