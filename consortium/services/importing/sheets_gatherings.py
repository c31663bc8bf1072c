"""The sheets of gatherings: when and where, what about, who came, what they said; and the words that all use."""

from dataclasses import replace

from consortium.i18n.message import _
from consortium.services.importing.columns import (
    END,
    GATHERING,
    KEY,
    NAME,
    ORGANISATION,
    SOURCE,
    START,
    code,
    one,
    own_key,
    plain,
    whole,
    words,
)
from consortium.services.importing.layout import Sheet

SERIES = Sheet(
    "series",
    _("Series of gatherings"),
    (
        KEY,
        NAME,
        SOURCE,
        code("kind", "gathering_kind", _("Kind")),
        whole("per_year", _("Times a year"), _("How often they meet: 2 if it is left empty.")),
    ),
)

GATHERINGS = Sheet(
    "gatherings",
    _("Gatherings"),
    (
        KEY,
        one("series", "series", _("Series"), _("The key of a series, if the gathering is one of several.")),
        whole("number", _("Number"), _("Which one of its series it is: 1, 2, 3.")),
        code("kind", "gathering_kind", _("Kind")),
        words("title", _("Title"), _("What the gathering is called."), required=True),
        words("topic", _("Topic"), _("What it is about, in one or two sentences.")),
        SOURCE,
        one("host", "organisations", _("Host"), _("The key of the organisation that invites.")),
        plain("place", _("Place"), _("The town and the house, or that it is online.")),
        replace(START, required=True),
        replace(END, required=True, note=_("The last day; the first one again if there is only one.")),
    ),
)

AGENDA = Sheet(
    "agenda",
    _("Agenda"),
    (
        GATHERING,
        whole("place", _("Item"), _("Its number in the order of the agenda: 1, 2, 3."), required=True),
        whole("minutes", _("Minutes"), _("How long it takes.")),
        words("title", _("Title"), _("What the item is about."), required=True),
        SOURCE,
        plain("contributor", _("Contributor"), _("Who opens it or speaks.")),
        own_key(_("Leave it empty; it is made of the gathering and the number.")),
    ),
)

ATTENDANCE = Sheet(
    "attendance",
    _("Attendance"),
    (
        GATHERING,
        ORGANISATION,
        one(
            "person",
            "people",
            _("Person"),
            _("The key of the person who comes for it; empty if the row is about the organisation as a whole."),
        ),
        code("state", "attendance", _("Answer"), _("Choose from the list: the answer, and afterwards who came.")),
        one("substitute_for", "people", _("Substitute for"), _("The key of the person in whose place somebody comes.")),
        plain("reason", _("Reason"), _("Why somebody does not come, if it may be told to all.")),
        own_key(_("Leave it empty; it is made of the gathering, the organisation and the person.")),
    ),
)

STATEMENTS = Sheet(
    "statements",
    _("Statements"),
    (
        GATHERING,
        ORGANISATION,
        code("kind", "statement_kind", _("Kind")),
        words("words", _("Words"), _("What the organisation told, in one to three sentences."), required=True),
        SOURCE,
        own_key(_("Leave it empty, unless an organisation tells several of a kind; then give each one its own.")),
    ),
)

TERMS = Sheet(
    "terms",
    _("Terms"),
    (
        KEY,
        code("kind", "term_kind", _("Kind"), _("Choose from the list. A proper name is the same in all languages.")),
        words("words", _("Term"), _("What it is called."), required=True),
        words("avoid", _("Avoid"), _("What it should not be called, with commas between the words.")),
        SOURCE,
    ),
)
