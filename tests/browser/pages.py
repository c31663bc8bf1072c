"""Every page, in every state: what is opened, by whom, and what is done before it is looked at.

A new page is a line here; a test compares the lines with the url map.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Page

#: something done on a page that was opened, to bring it into another state
Deed = Callable[[Page], None]


@dataclass(frozen=True)
class Case:
    """A page in one state.

    :ivar endpoint: whose page it is; empty for a refusal
    :ivar path: where it is opened
    :ivar state: full, empty, error, conflict, …
    :ivar who: a role, or the key of a person; empty for somebody who has not signed in
    :ivar deed: what is done there first
    :ivar unsure: rules of axe that may stay undecided, each with the reason
    """

    endpoint: str
    path: str
    state: str = "full"
    who: str = "staff"
    deed: Deed | None = None
    unsure: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the test is called."""
        return f"{self.endpoint or 'refusal'}-{self.state}-{self.who or 'anonymous'}"


def send(page: Page) -> None:
    """Send the form of the page as it is."""
    page.locator("main form[method=post]").last.locator("button:not([type=button], [aria-hidden])").first.click()


def send_status(page: Page) -> None:
    """Send a status in which nothing was written."""
    page.locator("main button[value=send]").click()


def foretell(page: Page) -> None:
    """See a status as the reader will."""
    page.locator("main button[value=foretell]").click()


def foretell_with_a_number(page: Page) -> None:
    """Write the number of a person, and see the status as the reader will."""
    page.locator("#summary").fill("Kari (fødselsnummer 29029600013) ble med.")
    foretell(page)


def hint_at_a_number(page: Page) -> None:
    """Write the number of a person, see what is said of it, and go on writing."""
    foretell_with_a_number(page)
    page.locator("main button[value=write]").click()
    page.locator("#summary-hint").wait_for()


def send_nothing(page: Page) -> None:
    """Empty every field of the form of the page, and send it."""
    form = page.locator("main form[method=post]").last
    for control in form.locator("input[type=text], input[type=date], textarea").all():
        if control.is_visible() and control.is_editable():
            control.fill("")
    send(page)


def send_after_somebody_else(page: Page) -> None:
    """Let somebody else change the first words of the form of the page in the meantime, then send one's own."""
    other = page.context.new_page()
    other.goto(page.url)
    for each, words in ((other, "Andre var her"), (page, "Jeg var her")):
        each.locator("main form[method=post]").last.locator("input[type=text]:visible, textarea:visible").last.fill(
            words
        )
        send(each)
    other.close()


#: what is served there is no page of HTML that somebody reads
NO_PAGES = {"look.file", "healthz", "metrics", "reports.download", "pages.download", "csp_reports"}

#: what only leads on, to the page of what was chosen in a form
WAYS = {"admin.index", "consortium.index_view", "status.choose", "sent.choose"}

#: words that stand over bars and lines that are drawn; the contrast of each pair of colours is computed in tests/writers
IN_CHARTS = {"color-contrast": "words of a chart over what is drawn there; tests/writers computes each pair of colours"}

#: for each kind of record, the key of one of the example
RECORDS = {
    "agenda": "samling-2026-1:1",
    "assessments": "brukermedvirkning:DP-01:2026-06-02",
    "attendance": "digital-2026-1:egna-steg:maja-forsdimma",
    "capacities": "aksel-furulid:project_manager:DP-09:2025-01-15",
    "gatherings": "samling-2026-1",
    "groups": "kjolen-ost",
    "indicator_values": "DP-01-I1:reading:2025-12-02",
    "indicators": "DP-01-I1",
    "milestones": "DP-01-M1",
    "organisations": "egna-steg",
    "partners": "fjellvik",
    "people": "aksel-furulid",
    "registers": "no-kommune:0399",
    "reporting_periods": "2026-1",
    "roles": "fjellvik:project_owner:2025-09-01",
    "series": "prosjektsamling",
    "statements": "samling-2025-2:grananger:tip",
    "terms": "brukermedvirkning",
    "themes": "recovery",
}

#: kinds whose forms are also sent with nothing in them, and while somebody else changes the same
WRONG = ("sub_projects", "milestones", "gatherings", "people", "indicator_values")
CLASHING = ("sub_projects", "milestones", "organisations")


def _of_records() -> Iterator[Case]:
    """Walk the pages that all kinds of records have."""
    for at, key in {**RECORDS, "sub_projects": "DP-03"}.items():
        address = f"/{at.replace('_', '-')}"
        if at != "sub_projects":
            yield Case(f"{at}.index_view", f"{address}/")
            yield Case(f"{at}.index_view", f"{address}/", "empty")
            yield Case(f"{at}.details_view", f"{address}/details/?id={key}")
        yield Case(f"{at}.create_view", f"{address}/new/")
        yield Case(f"{at}.edit_view", f"{address}/edit/?id={key}")
        yield Case(f"{at}.history_view", f"{address}/history/?id={key}")
        yield Case(f"{at}.delete_view", f"{address}/delete/?id={key}")
        if at in WRONG:
            yield Case(f"{at}.create_view", f"{address}/new/", "error", deed=send_nothing)
        if at in CLASHING:
            yield Case(f"{at}.edit_view", f"{address}/edit/?id={key}", "conflict", deed=send_after_somebody_else)


def _undo_a_change(page: Page) -> None:
    """Change the first text of the record whose form is open, and go to where that is taken back."""
    page.locator("main form[method=post]").last.locator("input[type=text]:visible").first.fill("Noe nytt")
    send(page)
    page.locator("[role=status]").wait_for()
    page.goto("/milestones/history/?id=DP-01-M1")
    page.locator("a[href*='/history/restore/']").first.click()


CASES = (
    Case("attendance.all_view", "/attendance/all/?id=digital-2026-1"),
    Case("statements.round_view", "/statements/round/?id=samling-2026-1"),
    Case("consortium.details_view", "/consortium/details/?id=over-kjolen"),
    Case("consortium.edit_view", "/consortium/edit/?id=over-kjolen"),
    Case("consortium.history_view", "/consortium/history/?id=over-kjolen"),
    Case("milestones.restore_view", "/milestones/edit/?id=DP-01-M1", "one change", deed=_undo_a_change),
    Case("tasks.index", "/tasks/"),
    Case("tasks.index", "/tasks/", who="ragnhild-vindhei"),
    Case("tasks.index", "/tasks/", "empty"),
    Case("sub_projects.index_view", "/sub-projects/"),
    Case("sub_projects.index_view", "/sub-projects/?state=at_risk&country=SE", "filtered"),
    Case("sub_projects.index_view", "/sub-projects/?state=delayed&country=SE", "nothing found"),
    Case("sub_projects.index_view", "/sub-projects/", "empty"),
    Case("sub_projects.details_view", "/sub-projects/details/?id=DP-01"),
    Case("sub_projects.details_view", "/sub-projects/details/?id=DP-15", "read", who="auditor"),
    *_of_records(),
    Case("people.erase_view", "/people/erase/?id=aksel-furulid"),
    Case("people.erase_view", "/people/erase/?id=aksel-furulid", "error", deed=send),
    Case("status.index", "/status/DP-03/"),
    Case("status.index", "/status/DP-03/", "error", deed=send_status),
    Case("status.index", "/status/DP-17/", "returned", who="frida-tallvind"),
    Case("status.index", "/status/DP-17/", "foretold", who="frida-tallvind", deed=foretell),
    Case("status.index", "/status/DP-17/", "foretold with hints", who="frida-tallvind", deed=foretell_with_a_number),
    Case("status.index", "/status/DP-17/", "with hints", who="frida-tallvind", deed=hint_at_a_number),
    Case("status.index", "/status/DP-03/?corrects=DP-03:2026-06-03", "correction"),
    Case("sent.index", "/sent/DP-03:2026-06-03/"),
    Case("status_link.incomplete", "/status/link/", "expired", who=""),
    Case("status_link.index", "/status/link/x", "expired", who=""),
    Case("status_link.sent", "/status/link/x/sent/", "expired", who=""),
    Case("approvals.index", "/approvals/"),
    Case("approvals.index", "/approvals/", "empty"),
    Case("approvals.status", "/approvals/status/?id=DP-03:2026-06-03"),
    Case("periods.index", "/periods/"),
    Case("periods.index", "/periods/", "empty"),
    Case("periods.due", "/periods/due/?id=2026-1"),
    Case("periods.due", "/periods/due/?id=2026-1", "error", deed=send_nothing),
    Case("periods.lock", "/periods/lock/?id=2026-1"),
    Case("periods.open", "/periods/open/?id=2025-1"),
    Case("periods.plan", "/periods/plan/"),
    Case("periods.plan", "/periods/plan/", "error", deed=send_nothing),
    Case("unreported.index", "/unreported/"),
    Case("unreported.index", "/unreported/", "empty"),
    Case("unreported.letters", "/unreported/letters/"),
    Case("reports.index", "/reports/", unsure=IN_CHARTS),
    Case("reports.index", "/reports/", "empty", unsure=IN_CHARTS),
    Case("snapshots.index", "/reports/snapshots/"),
    Case("snapshots.index", "/reports/snapshots/", "empty"),
    Case("pages.index", "/pages/", who="auditor"),
    Case("pages.show", "/pages/no-malform/", unsure=IN_CHARTS),
    Case("pages.show", "/pages/no-malform/", "empty"),
    Case("plugins.index", "/plugins/"),
    Case("plugins.index", "/plugins/", "read", who="auditor"),
    Case("plugins.switch", "/plugins/switch/?id=norway"),
    Case("plugins.switch", "/plugins/switch/?id=norway", "error", deed=send_nothing),
    Case("search.index", "/search/", "nothing sought"),
    Case("search.index", "/search/?q=samhandling"),
    Case("search.index", "/search/?q=gr%C3%BCbel", "nothing found"),
    Case("search.index", f"/search/?q={'x+' * 30}", "error"),
    Case("accessibility.index", "/accessibility/", who=""),
    Case("", "/nowhere", "missing"),
    Case("", "/nowhere", "missing", who=""),
)
