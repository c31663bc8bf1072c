"""The status summary as a page."""

from typing import Any

from flask import abort
from flask_admin import expose
from markupsafe import Markup

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.plugins import front_desk
from consortium.services.reporting import Order, make_document, report_languages
from consortium.writers.html import plain_title, report_html
from consortium_admin.views.page import PageView
from consortium_admin.visit import visit

REPORT = "status-summary"


class SummaryView(PageView):
    """The status summary, in one language or in two side by side."""

    def __init__(self) -> None:
        super().__init__(endpoint="summary", url=f"/reports/{REPORT}")

    @expose("/")
    @expose("/<languages>/")
    def index(self, languages: str = "") -> Any:
        """Show the report, right as it will be read, beside the languages to choose from."""
        here = visit()
        own = "+".join(report_languages("", front_desk().variant(REPORT), here.consortium.tags))
        choices = tuple(dict.fromkeys((own, *INTERFACE_LANGUAGES)))
        chosen = languages or own
        if chosen not in choices:
            abort(404)
        order = Order(REPORT, chosen, here.day)
        document = make_document(here.session, here.principal, consortium=here.consortium, order=order)
        return self.render(
            "admin/summary.html",
            title=plain_title(document),
            choices=choices,
            chosen=chosen,
            report=Markup("".join(report_html(document))),  # noqa: S704  # the writer escapes words
        )
