"""Who may come through which door to which row: written by hand, and not read off the policy."""

from tests.matrix.asking import GUARDED, OF_SUB_PROJECT, REPORTED, VIEWS, Ask
from tests.matrix.world import may_be_shown

OVERSEERS = frozenset({"auditor", "staff"})
LEADS = frozenset({"lead", "other_lead"})
SIGNED_IN = frozenset({"auditor", "member_a", "member_b", "lead", "other_lead", "staff"})
STAFF = frozenset({"staff"})
LED = {"lead": "sub:A1", "other_lead": "sub:B1"}

#: doors at which everybody is let in, signed in or not
OPEN = frozenset(
    {
        "accessibility.index",
        "csp_reports",
        "healthz",
        "language.choose",
        "look.file",
    }
)

#: who is let in at the doors that are no view of records
BY_ROLE = {
    ("admin.index", "GET"): SIGNED_IN,
    ("tasks.index", "GET"): SIGNED_IN,
    ("search.index", "GET"): SIGNED_IN,
    ("reports.index", "GET"): SIGNED_IN,
    ("reports.download", "GET"): SIGNED_IN,
    ("snapshots.index", "GET"): OVERSEERS,
    ("snapshots.index", "POST"): STAFF,
    ("pages.index", "GET"): SIGNED_IN,
    ("pages.show", "GET"): SIGNED_IN,
    ("pages.download", "GET"): SIGNED_IN,
    ("plugins.index", "GET"): OVERSEERS,
    ("plugins.switch", "GET"): STAFF,
    ("plugins.switch", "POST"): STAFF,
    ("approvals.index", "GET"): OVERSEERS,
    ("approvals.status", "GET"): OVERSEERS,
    ("approvals.status", "POST"): STAFF,
    ("periods.index", "GET"): OVERSEERS,
    ("periods.due", "GET"): STAFF,
    ("periods.due", "POST"): STAFF,
    ("periods.plan", "GET"): STAFF,
    ("periods.plan", "POST"): STAFF,
    ("periods.lock", "GET"): STAFF,
    ("periods.lock", "POST"): STAFF,
    ("periods.open", "GET"): STAFF,
    ("periods.open", "POST"): STAFF,
    ("unreported.index", "GET"): OVERSEERS,
    ("unreported.letters", "GET"): STAFF,
    ("unreported.send", "POST"): STAFF,
    ("unreported.link", "POST"): STAFF,
    ("status.choose", "GET"): LEADS | STAFF,
    ("status.index", "GET"): LEADS | STAFF,
    ("status.index", "POST"): LEADS | STAFF,
    ("sent.choose", "GET"): LEADS | STAFF,
    ("sent.index", "GET"): LEADS | STAFF,
}

#: who is let in at the doors of a view of records, by the name of the function
SEEING = frozenset({"index_view", "details_view"})
HISTORY = {("history_view", "GET"): OVERSEERS, ("restore_view", "GET"): STAFF, ("restore_view", "POST"): STAFF}


def is_open(endpoint: str) -> bool:
    """Tell whether everybody is let in, or the accounts' own tests say who is."""
    return endpoint in OPEN or endpoint.startswith(("account.", "status_link.")) or endpoint == "metrics"


def is_let_in(endpoint: str, method: str, who: str) -> bool:
    """Tell whether ``who`` is let in at a door for some row."""
    view, _dot, name = endpoint.partition(".")
    if endpoint == "consortium.index_view":
        return who in STAFF
    if view in VIEWS:
        return who in _by_kind(VIEWS[view], name, method)
    return who in BY_ROLE[endpoint, method]


def may_ask(endpoint: str, method: str, who: str, ask: Ask) -> bool:
    """Tell whether ``who`` may come through a door to the row that is asked for."""
    if not is_let_in(endpoint, method, who):
        return False
    view, _dot, name = endpoint.partition(".")
    if name in {"create_view", "ajax_lookup"} and method == "GET":
        return True
    if not ask.audience:
        return name in {"create_view", "plan"} and who == "staff"
    if who in LEADS and (
        endpoint in {"status.index", "sent.index"} or (view in VIEWS and name in {"edit_view", "create_view"})
    ):
        return ask.audience == LED[who]
    return may_be_shown(ask.audience, who)


def _by_kind(kind: str, name: str, method: str) -> frozenset[str]:
    if (name, method) in HISTORY:
        return HISTORY[name, method]
    if name in SEEING:
        is_guarded = kind in GUARDED - {"statement_risk"}
        return OVERSEERS if is_guarded else SIGNED_IN
    if name in {"edit_view", "create_view", "ajax_lookup"} and kind in REPORTED & OF_SUB_PROJECT:
        return LEADS | STAFF
    return STAFF
