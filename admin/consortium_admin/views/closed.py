"""What Flask-Admin would open for a kind of record, closed: each door is opened where a view says what is behind it."""

from typing import Any

from flask import abort
from flask_admin.model import BaseModelView
from wtforms import Form

from consortium_admin.views.page import PageView


def closed(*_args: Any, **_others: Any) -> Any:
    """Stand for a route that is not open; a function without ``expose`` is in no url map."""
    abort(404)


class ClosedView(PageView, BaseModelView):
    """A view of Flask-Admin's all of whose nine routes are closed."""

    can_create = can_edit = can_delete = can_export = can_view_details = False

    index_view: Any = closed
    details_view: Any = closed
    create_view: Any = closed
    edit_view: Any = closed
    delete_view: Any = closed
    action_view: Any = closed
    export: Any = closed
    ajax_lookup: Any = closed
    ajax_update: Any = closed
    get_list: Any = closed
    get_one: Any = closed
    create_model: Any = closed
    update_model: Any = closed
    delete_model: Any = closed

    def get_pk_value(self, model: Any) -> str:
        """Name a record by its key."""
        return str(model.key)

    def scaffold_list_columns(self) -> list[str]:
        """Leave the columns to the list's own page."""
        return []

    def scaffold_sortable_columns(self) -> dict[Any, Any]:
        """Leave the order to the services."""
        return {}

    def scaffold_form(self) -> type[Form]:
        """Leave the fields to the sheet of the kind."""
        return Form

    def scaffold_list_form(self, widget: Any = None, validators: Any = None) -> type[Form]:
        """Offer no fields in lists."""
        return Form

    def scaffold_filters(self, name: Any) -> list[Any]:
        """Leave the filters to the view's own form."""
        return []

    def init_search(self) -> bool:
        """Leave the search to the services."""
        return False
