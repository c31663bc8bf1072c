"""What a page of a list says below its frame: kept until a record has changed, for all who may see the same."""

from collections.abc import Callable

from flask import request
from markupsafe import Markup

from consortium.services.remembered import Memory
from consortium_admin.visit import visit

#: so many pages are kept, the ones that were asked for last
MOST = 64

#: a page with a longer address, or one that is longer itself, is not kept
LONGEST_ADDRESS, LONGEST = 1000, 400_000

#: of this process
PAGES = Memory(MOST)


def kept(write: Callable[[], str]) -> Markup:
    """Return what ``write`` writes, as it was written before where nothing has changed since.

    It must depend on nothing but the records, the address, the day, the language, and what its reader may see: neither
    who that is, nor a secret of forms, nor which plugins are on, of which the history does not tell.
    """
    here, address = visit(), request.full_path
    if len(address) > LONGEST_ADDRESS:
        return Markup(write())  # noqa: S704  # templates escape
    scope = here.principal.unnamed
    key = (request.root_path, address, scope, here.consortium.id, here.day, here.language)
    return PAGES.recall(here.session, key, lambda: Markup(write()), is_worth=lambda page: len(page) <= LONGEST)  # noqa: S704  # as above
