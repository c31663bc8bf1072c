"""Pages of plugins: listed, read and downloaded by whom they are for."""

from typing import Any

from flask import abort, request

from consortium.documents import Document
from consortium.plugins import front_desk
from consortium.services.pages import page_document, pages_for
from consortium.services.policy import Principal
from consortium.writers.html import plain_title
from consortium_admin.made import article, faults_in, formats, send_document
from consortium_admin.rules import overseer
from consortium_admin.views.neighbours import NeighbourView
from consortium_admin.views.page import page
from consortium_admin.visit import visit

#: pages say nothing else than reports do where a text is missing
MISSING = "fallback"


def reader(principal: Principal | None) -> bool:
    """Let in whoever may open any page; which one, the service tells."""
    return principal is not None and bool(pages_for(principal))


class PagesView(NeighbourView):
    """The list of pages, and each of them."""

    def __init__(self) -> None:
        super().__init__(endpoint="pages", url="/pages")

    @page("/", may=reader)
    def index(self) -> str:
        """List the pages that whoever asks may open."""
        here = visit()
        desk = front_desk()
        found = [
            (each, here.speech.say(each.title), desk.owner("consortium_pages", each.key))
            for each in pages_for(here.principal, here.switches)
        ]
        if not found:
            abort(404)
        return self.render("admin/pages/list.html", pages=found)

    @page("/<key>/", may=reader)
    def show(self, key: str) -> str:
        """Show a page as a report is shown."""
        document = _document(key)
        report = article(document)
        return self.render(
            "admin/pages/page.html",
            key=key,
            title=plain_title(document),
            report=report,
            faults=faults_in(report) if overseer(visit().principal) else {},
            formats=tuple(formats(document, MISSING)),
        )

    @page("/<key>/download/", may=reader)
    def download(self, key: str) -> Any:
        """Send a page as a file.

        :raises NotFound: if there is no such format
        """
        writer = front_desk().writer(request.args.get("format", ""))
        return send_document(_document(key), writer, MISSING)


def _document(key: str) -> Document:
    here = visit()
    return page_document(
        here.session, here.principal, consortium=here.consortium, key=key, day=here.day, language=here.language
    )
