"""The language of the interface, chosen on any page and remembered."""

from typing import Any

from flask import redirect, request

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium_admin.addresses import way_back
from consortium_admin.rules import anyone
from consortium_admin.speaking import remember
from consortium_admin.views.page import PageView, action


class LanguageView(PageView):
    """Changes the language, and leads back to the page where that was asked for."""

    def __init__(self) -> None:
        super().__init__(endpoint="language", url="/language")

    @action("/", may=anyone)
    def choose(self) -> Any:
        """Remember the language that was chosen; what is none is passed over."""
        response = redirect(way_back(), code=303)
        chosen = request.form.get("language", "")
        return remember(response, chosen) if chosen in INTERFACE_LANGUAGES else response
