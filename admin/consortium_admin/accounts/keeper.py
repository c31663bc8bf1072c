"""The doorkeeper: knows who asks by the accounts in the database, and opens the pages on which one signs in."""

from collections.abc import Mapping
from typing import cast
from urllib.parse import quote

import flask
from flask import Flask, Response, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError

from consortium.errors import ConsortiumError, NotFound, NotPermitted
from consortium.models import Database
from consortium_admin import refusals
from consortium_admin.accounts import engine, kept, views
from consortium_admin.accounts.ledger import needs_second_factor, principal_for
from consortium_admin.accounts.limits import LIMITS, Limits
from consortium_admin.accounts.migrations import prepare
from consortium_admin.accounts.oidc import SERVICE, Service
from consortium_admin.accounts.pages import PRESENT, SETTINGS, pages, present, render
from consortium_admin.accounts.sign_ins import Present, touch
from consortium_admin.rules import Door, Rule
from consortium_admin.settings import Settings
from consortium_admin.visit import Visit, Visitor, visit
from consortium_admin.walls import rule_of


class Accounts:
    """Knows who asks by the accounts in the database, and opens the pages on which one signs in."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = prepare(database)
        self.settings = settings

    def register(self, app: Flask) -> Mapping[Door, Rule]:
        """Add the pages of signing in to ``app``, and return the rules of their doors."""
        engine.start(app, self.settings)
        app.extensions[SETTINGS] = self.settings
        app.extensions[LIMITS] = Limits(app, self.settings)
        app.extensions[SERVICE] = Service(self.settings.oidc) if self.settings.oidc else None
        app.register_blueprint(pages)
        app.register_error_handler(CSRFError, self._keep)
        app.after_request(self._see)
        return pages.doors

    def who(self, visit: Visit) -> Visitor | None:
        """Tell who asks; ``None`` if nobody has signed in, or something is missing before they may come in."""
        found = present()
        if found is None or found.sign_in.waits or self._is_bare(found):
            return None
        account, person = found.account, found.person
        try:
            principal = principal_for(visit.session, account, person, consortium=visit.site.consortium, day=visit.day)
        except (NotFound, NotPermitted):
            return None
        return Visitor(account.name, principal, person.id if person else None, account.id, account.language)

    def lead_in(self) -> Response:
        """Lead to where one signs in, and from there back; what was sent is kept."""
        found = present()
        if found and not found.sign_in.waits and self._is_bare(found):
            return cast(Response, redirect(url_for("account.second_factor"), code=303))
        if words := kept.of_request():
            return flask.make_response(render("sign_in", code=401, **views.sign_in.offer(kept=str(words))))
        wanted = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else "/"
        way = "" if wanted == "/" else f"?next={quote(wanted)}"
        return cast(Response, redirect(f"{url_for('account.sign_in')}{way}", code=303))

    def _is_bare(self, found: Present) -> bool:
        is_needed = self.settings.is_second_factor_required and needs_second_factor(found.account)
        return is_needed and not (found.has_second_factor or found.sign_in.is_strong)

    def _keep(self, fault: CSRFError) -> Response:
        """Let a form be sent again whose secret was lost with an earlier sign-in."""
        words = kept.of_request()
        if words is None:
            return refusals.refuse_stale(fault)
        visitor = visit().visitor
        if not rule_of(request.endpoint or "", "POST")(visitor.principal if visitor else None):
            return self.lead_in()
        return flask.make_response(render("send_again", code=400, sent=words, is_back=False))

    def _see(self, response: Response) -> Response:
        """Write down now and then that somebody is still there, when the page is done."""
        found: Present | None = g.get(PRESENT)
        if found and found.is_due and not found.sign_in.waits and not response.is_streamed:
            visit().close()
            try:
                with self.database.write(is_patient=False) as session:  # nobody shall wait for an import to read
                    touch(session, found.sign_in.id)
            except ConsortiumError:  # the next page tries again
                flask.current_app.logger.warning("Nobody could write down that somebody is there")
        return response
