"""The one view of records: over services and facts, never over tables."""

from collections.abc import Iterable
from typing import Any

from flask import abort, request
from flask_admin import expose
from flask_admin.model import BaseModelView
from wtforms import Form

from consortium_admin.views.page import PageView


def _closed(*_args: Any, **_others: Any) -> Any:
    """Stand for a route that is not open; a function without ``expose`` is in no url map."""
    abort(404)


class RecordView(PageView, BaseModelView):
    """Lists records and shows one of them; every route that writes, exports or looks things up is closed.

    A view says which records its visitor may see and what a page shows of them; the rest is here.
    """

    can_create = can_edit = can_delete = can_export = False
    can_view_details = True
    page_size = 50

    create_view: Any = _closed
    edit_view: Any = _closed
    delete_view: Any = _closed
    action_view: Any = _closed
    export: Any = _closed
    ajax_lookup: Any = _closed
    ajax_update: Any = _closed
    create_model: Any = _closed
    update_model: Any = _closed
    delete_model: Any = _closed

    def records(self) -> Iterable[Any]:
        """Walk the records that the visitor may see, in their order."""
        raise NotImplementedError

    def list_page(self, records: list[Any], choice: Any) -> dict[str, Any]:
        """Say what the list shows of ``records``, which were chosen by ``choice``."""
        raise NotImplementedError

    def record_page(self, record: Any) -> dict[str, Any]:
        """Say what the page of one record shows."""
        raise NotImplementedError

    def choice(self) -> Any:
        """Read from the address which records are wanted."""
        return None

    def is_wanted(self, record: Any, choice: Any) -> bool:
        """Tell whether ``choice`` is for ``record``; all of them unless a view says otherwise."""
        return True

    @expose("/")
    def index_view(self) -> str:
        """List the records that are wanted, page by page."""
        choice = self.choice()
        asked = request.args.get("page", "")
        page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1  # noqa: PLR2004  # a million pages
        count, shown = self.get_list(page - 1, None, False, None, choice)
        pages = max(1, -(-count // self.page_size))
        return self.render(
            self.list_template, count=count, page=min(max(page, 1), pages), pages=pages, **self.list_page(shown, choice)
        )

    @expose("/details/")
    def details_view(self) -> str:
        """Show the record that the address names."""
        record = self.get_one(request.args.get("id", ""))
        if record is None:
            abort(404)
        return self.render(self.details_template, **self.record_page(record))

    def get_list(
        self, page: int | None, sort_field: Any, sort_desc: Any, search: Any, filters: Any, page_size: int | None = None
    ) -> tuple[int, list[Any]]:
        """Count the records that ``filters`` want, and take a page of them; past the end, the last one."""
        wanted = [record for record in self.records() if self.is_wanted(record, filters)]
        size = page_size or self.page_size
        last = max(0, (len(wanted) - 1) // size)
        start = min(max(page or 0, 0), last) * size
        return len(wanted), wanted[start : start + size]

    def get_one(self, id: str) -> Any:
        """Find a record by its key among those that the visitor may see."""
        return next((record for record in self.records() if self.get_pk_value(record) == id), None)

    def get_pk_value(self, model: Any) -> str:
        """Name a record by its key."""
        return str(model.key)

    def scaffold_list_columns(self) -> list[str]:
        """Leave the columns to the list's own page."""
        return []

    def scaffold_sortable_columns(self) -> dict[Any, Any]:
        """Leave the order to the facts."""
        return {}

    def scaffold_form(self) -> type[Form]:
        """Offer no fields while nothing can be written."""
        return Form

    def scaffold_list_form(self, widget: Any = None, validators: Any = None) -> type[Form]:
        """Offer no fields in lists either."""
        return Form

    def scaffold_filters(self, name: Any) -> list[Any]:
        """Leave the filters to the view's own form."""
        return []

    def init_search(self) -> bool:
        """Offer no search yet."""
        return False
