"""Pages of plugins: who may open which, and what stands on one."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from consortium.documents import Document
from consortium.errors import NotFound
from consortium.i18n.message import _
from consortium.models import Consortium
from consortium.plugins import front_desk
from consortium.services.facts import gather_facts, since_of
from consortium.services.policy import Principal, Role
from consortium.services.reporting import page_of
from consortium.services.switches import Switches, switched
from consortium.variants.page import Page

#: by the readers that a page names, the roles that may open it
READERS: Mapping[str, frozenset[Role]] = {
    "everyone": frozenset(Role),
    "overseers": frozenset({Role.ADMINISTRATOR, Role.STAFF, Role.AUDITOR}),
    "staff": frozenset({Role.ADMINISTRATOR, Role.STAFF}),
}


def may_open(principal: Principal, page: Page) -> bool:
    """Tell whether ``page`` is for ``principal``'s eyes: never where it does not say who its readers are."""
    return principal.role in READERS.get(str(page.readers), ())


def pages_for(principal: Principal, switches: Switches | None = None) -> tuple[Page, ...]:
    """List the pages that ``principal`` may open, by key; those that are off are left out where ``switches`` are given."""
    desk = front_desk()
    found = (page for _key, page in sorted(desk.pages.items()) if may_open(principal, page))
    return tuple(page for page in found if switches is None or switches.allow(_owner(page), page.key))


def _owner(page: Page) -> str:
    return front_desk().owner("consortium_pages", page.key).name


def page_document(
    session: Session, principal: Principal, *, consortium: Consortium, key: str, day: date, language: str
) -> Document:
    """Make what stands on the page called ``key``, of what ``principal`` may know on ``day``.

    :raises NotFound: if there is none, it is off, or it is not for the principal's eyes: which of these is not said
    """
    switches = switched(session, consortium=consortium)
    if key not in {page.key for page in pages_for(principal, switches)}:
        raise NotFound(_("There is no page “{key}”.").fill(key=key[:80]))
    since = since_of(session, principal, consortium=consortium, words="", day=day)
    facts = gather_facts(session, principal, consortium=consortium, day=day, since=since)
    return page_of(facts, key, languages=language, switches=switches)
