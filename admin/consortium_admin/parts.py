"""The main parts of the admin, as the frame of every page offers them."""

from dataclasses import dataclass, replace

from flask import request

from consortium.i18n.message import Message, _
from consortium.services.pages import pages_for
from consortium.services.policy import Principal
from consortium_admin.rules import Rule, overseer, signed_in
from consortium_admin.visit import visit
from consortium_admin.walls import rule_of


@dataclass(frozen=True)
class Part:
    """A main part.

    :ivar endpoint: its first page
    :ivar views: the endpoints of the views that belong to it
    :ivar pages: the endpoints of its lists, where it has several, and what they are called
    """

    endpoint: str
    name: Message
    may: Rule
    views: tuple[str, ...]
    pages: tuple[tuple[str, Message], ...] = ()

    @property
    def is_present(self) -> bool:
        """Tell whether the page that is asked for belongs to it."""
        return request.blueprint in self.views

    @property
    def is_page(self) -> bool:
        """Tell whether it is the very page that is asked for."""
        return request.endpoint == self.endpoint


@dataclass(frozen=True)
class Sibling:
    """A list of a main part, beside the others."""

    endpoint: str
    name: Message

    @property
    def is_present(self) -> bool:
        """Tell whether the page that is asked for belongs to it."""
        return request.blueprint == self.endpoint.split(".")[0]


#: in the order of the frame
PARTS: tuple[Part, ...] = (
    Part("tasks.index", _("My tasks"), signed_in, ("tasks", "status", "sent")),
    Part(
        "sub_projects.index_view",
        _("Sub-projects"),
        signed_in,
        (
            "sub_projects",
            "milestones",
            "indicators",
            "indicator_values",
            "assessments",
            "approvals",
            "unreported",
            "periods",
        ),
        (
            ("sub_projects.index_view", _("Overview")),
            ("approvals.index", _("To approve")),
            ("unreported.index", _("Who has not reported")),
            ("periods.index", _("Reporting periods")),
        ),
    ),
    Part(
        "gatherings.index_view",
        _("Gatherings"),
        signed_in,
        ("gatherings", "agenda", "attendance", "statements", "series"),
        (("gatherings.index_view", _("Gatherings")), ("series.index_view", _("Series of gatherings"))),
    ),
    Part(
        "organisations.index_view",
        _("Partners"),
        signed_in,
        ("organisations", "partners", "roles", "people", "capacities"),
        (
            ("organisations.index_view", _("Organisations")),
            ("partners.index_view", _("Partners")),
            ("people.index_view", _("People")),
        ),
    ),
    Part(
        "terms.index_view",
        _("Texts"),
        signed_in,
        ("terms", "themes"),
        (("terms.index_view", _("Terms")), ("themes.index_view", _("Themes"))),
    ),
    Part(
        "reports.index",
        _("Reports"),
        signed_in,
        ("reports", "snapshots", "pages"),
        (
            ("reports.index", _("Reports")),
            ("snapshots.index", _("Snapshots")),
            ("pages.index", _("Pages of plugins")),
        ),
    ),
    Part(
        "consortium.index_view",
        _("Settings"),
        overseer,
        ("consortium", "groups", "reporting_periods", "registers", "plugins"),
        (
            ("consortium.index_view", _("Consortium")),
            ("groups.index_view", _("Region groups")),
            ("reporting_periods.index_view", _("Reporting periods")),
            ("registers.index_view", _("Registers of codes")),
            ("plugins.index", _("Plugins")),
        ),
    ),
)

#: the pages of plugins are a list only while any of them is on
PAGES = "pages.index"


def parts(principal: Principal | None) -> tuple[Part, ...]:
    """List the parts that are open to whoever asks, each with the first of its pages that is."""
    return tuple(_opened(part, principal) for part in PARTS if part.may(principal))


def _opened(part: Part, principal: Principal | None) -> Part:
    pages = (part.endpoint, *(endpoint for endpoint, _name in part.pages))
    return replace(part, endpoint=next((each for each in pages if rule_of(each, "GET")(principal)), part.endpoint))


def siblings(principal: Principal) -> tuple[Sibling, ...]:
    """List the lists of the present part that are open to whoever asks."""
    present = next((part for part in PARTS if part.is_present), None)
    pages = present.pages if present else ()
    found = (Sibling(endpoint, name) for endpoint, name in pages if rule_of(endpoint, "GET")(principal))
    return tuple(each for each in found if each.endpoint != PAGES or pages_for(principal, visit().switches))
