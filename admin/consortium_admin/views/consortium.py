"""The consortium itself: its name, its languages, its time."""

from typing import Any

from flask import redirect, url_for

from consortium.i18n.message import _
from consortium.models import Consortium
from consortium.services.policy import Verb
from consortium_admin.rules import Allowed
from consortium_admin.views.closed import closed
from consortium_admin.views.page import page
from consortium_admin.views.record import RecordView
from consortium_admin.visit import visit


class ConsortiumView(RecordView):
    """The one consortium that is served; another one begins on the command line."""

    kind = Consortium
    at = "consortium"
    new = _("New consortium")
    create_view = closed
    delete_view = closed

    @page("/", may=Allowed(Verb.EDIT))
    def index_view(self) -> Any:
        """Lead to the page of the consortium."""
        return redirect(url_for(".details_view", id=visit().consortium.key))
