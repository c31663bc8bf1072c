"""Report status by a one-time link: the same screen without an account, and no other page."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import make_response, redirect, request, url_for
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import NotFound
from consortium.i18n.language import interface_language
from consortium.services.links import open_link, read_used_link, use_link
from consortium.services.status_forms import Kept, sent_by_link
from consortium_admin.rules import anyone
from consortium_admin.speaking import COOKIE
from consortium_admin.statuses.pages import Reporter, StatusPages
from consortium_admin.statuses.sending import sent_page
from consortium_admin.views.page import page
from consortium_admin.visit import visit


class StatusLinkView(StatusPages):
    """The form for somebody with a link; opening it, as programs that look through mail do, does not use it up."""

    def __init__(self) -> None:
        super().__init__(endpoint="status_link", url="/status/link")

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Keep the address, which is a secret, out of what the browser tells others, and out of search engines."""
        response = make_response(super()._run_view(fn, *args, **kwargs))
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    @page("/", may=anyone)
    def incomplete(self) -> Any:
        """Say that a link without its end opens nothing."""
        return self._closed()

    @page("/<token>", may=anyone, post=anyone)
    @page("/<token>/", may=anyone, post=anyone)
    def index(self, token: str) -> Any:
        """Show the form, or take what was written in it."""
        try:
            return self.by_method(token)
        except NotFound:
            return self._after(token)

    @page("/<token>/sent/", may=anyone)
    def sent(self, token: str) -> Any:
        """Show what was sent by the link, on the day on which it was."""
        here = visit()
        try:
            opened = read_used_link(here.session, token, clock.today())
            _speak(opened.person.language)
            return sent_page(self, sent_by_link(here.session, opened, home=here.consortium))
        except NotFound:
            return self._closed()

    def _after(self, token: str) -> Any:
        """Lead whoever sent a status twice, as with two clicks, to what was sent; else say that the link does not open."""
        with suppress(NotFound):
            read_used_link(visit().session, token, clock.today())
            return redirect(url_for("status_link.sent", token=token), code=303)
        return self._closed()

    def _closed(self) -> Any:
        return self.render("admin/status/link_closed.html"), 404

    def enter(self, session: Session, name: str, *, is_sending: bool = False) -> Reporter:
        """Let whoever has the link report as the person to whom it was sent."""
        opened = (use_link if is_sending else open_link)(session, name, clock.today())
        _speak(opened.person.language)
        return Reporter(opened.principal, opened.sub_project.key, opened.person.id, opened.person.language)

    def address(self, name: str, **query: str) -> str:
        """Return the address of the form."""
        return url_for("status_link.index", token=name, **query)  # type: ignore[arg-type]  # words, all of them

    def address_sent(self, name: str, _kept: Kept) -> str:
        """Return the address of the page that says that a status was sent."""
        return url_for("status_link.sent", token=name)


def _speak(language: str) -> None:
    """Speak to the reader in their language, unless they have chosen another one."""
    here = visit()
    if COOKIE not in request.cookies and here.language != interface_language(language):
        here.language = interface_language(language)
        here.__dict__.pop("speech", None)
