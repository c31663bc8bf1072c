"""The layout of a workbook: one table of all sheets and columns, for the template, the import and the example."""

from dataclasses import replace

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import Message, _
from consortium.i18n.sorting import fold
from consortium.services.importing.layout import Column, Kind, Sheet

_KEY = Column(
    "key",
    Kind.KEY,
    _("Key"),
    _("A short name that stays the same, such as DP-01. The import finds the row again by it."),
    required=True,
)
_SOURCE = Column(
    "source_language",
    Kind.LANGUAGE,
    _("Source language"),
    _("The language in which the texts of this row were written first: nb, nn, sv or en."),
)
_START = Column("start", Kind.DATE, _("From"), _("The first day, for example 2026-02-03 or 3.2.2026."))
_END = Column("end", Kind.DATE, _("To"), _("The last day; empty if there is none yet."))


def _words(name: str, heading: Message, note: Message, *, required: bool = False) -> Column:
    return Column(name, Kind.WORDS, heading, note, required)


def _one(name: str, sheet: str, heading: Message, note: Message, *, required: bool = False) -> Column:
    return Column(name, Kind.ONE, heading, note, required, sheet)


def _code(name: str, group: str, heading: Message, note: Message) -> Column:
    return Column(name, Kind.CODE, heading, note, required=True, group=group)


_NAME = _words(
    "name",
    _("Name"),
    _("The name, in each language in which it has one. Proper names are not translated."),
    required=True,
)

LAYOUT: tuple[Sheet, ...] = (
    Sheet(
        "consortium",
        _("Consortium"),
        (
            _KEY,
            _NAME,
            _SOURCE,
            Column(
                "programme", Kind.PLAIN, _("Programme"), _("The programme that funds the project, if there is one.")
            ),
            Column(
                "languages",
                Kind.LANGUAGES,
                _("Languages"),
                _("The languages of the consortium, the first one first in every document: nb, sv."),
                required=True,
            ),
            _START,
            _END,
        ),
    ),
    Sheet("groups", _("Region groups"), (_KEY, _NAME, _SOURCE)),
    Sheet(
        "organisations",
        _("Organisations"),
        (
            _KEY,
            _NAME,
            _SOURCE,
            _code("type", "organisation_type", _("Type"), _("Choose from the list.")),
            _code("country", "country", _("Country"), _("Choose from the list.")),
            _one(
                "parent",
                "organisations",
                _("Belongs to"),
                _("The key of the organisation that this one is a part of: a district’s municipality."),
            ),
            Column(
                "groups",
                Kind.MANY,
                _("Groups"),
                _("Keys of the region groups it is in, with semicolons between them."),
                group="groups",
            ),
            Column(
                "identifier",
                Kind.IDENTIFIER,
                _("Identifier"),
                _("The number by which the authorities know it. It is checked."),
            ),
        ),
    ),
    Sheet(
        "partners",
        _("Partners"),
        (
            _one("organisation", "organisations", _("Organisation"), _("The key of an organisation."), required=True),
            Column(
                "joined",
                Kind.DATE,
                _("Joined"),
                _("The day on which it joined, for example 2026-02-03 or 3.2.2026."),
                required=True,
            ),
            Column("left", Kind.DATE, _("Left"), _("The day on which it left; empty while it takes part.")),
        ),
    ),
    Sheet(
        "roles",
        _("Roles"),
        (
            _one(
                "partner", "partners", _("Partner"), _("The key of a partner: that of its organisation."), required=True
            ),
            _code("role", "role", _("Role"), _("Choose from the list.")),
            replace(_START, required=True),
            _END,
        ),
    ),
    Sheet(
        "people",
        _("People"),
        (
            _KEY,
            Column("name", Kind.PLAIN, _("Name of the person"), _("First name and family name."), required=True),
            Column("email", Kind.PLAIN, _("E-mail"), _("The address at work.")),
            Column(
                "language",
                Kind.LANGUAGE,
                _("Language"),
                _("The language in which we write to the person: nb, nn, sv or en."),
                required=True,
            ),
        ),
    ),
    Sheet(
        "sub_projects",
        _("Sub-projects"),
        (
            _KEY,
            _words("title", _("Title"), _("What the sub-project is called."), required=True),
            _words("purpose", _("Purpose"), _("What it shall change, and for whom, in two or three sentences.")),
            _SOURCE,
            Column(
                "partners",
                Kind.MANY,
                _("Partners"),
                _("Keys of the partners with semicolons between them; the first one leads."),
                required=True,
                group="partners",
            ),
            _START,
            _END,
            Column("amount", Kind.NUMBER, _("Budget"), _("An amount in figures: 1250000 or 1 250 000,50.")),
            Column("currency", Kind.CODE, _("Currency"), _("Choose from the list."), group="currency"),
        ),
    ),
    Sheet(
        "capacities",
        _("Capacities"),
        (
            _one("person", "people", _("Person"), _("The key of a person."), required=True),
            _one("organisation", "organisations", _("Organisation"), _("The key of an organisation."), required=True),
            _code("role", "capacity", _("Capacity"), _("Choose from the list.")),
            _one(
                "sub_project",
                "sub_projects",
                _("Sub-project"),
                _("The key of the sub-project that a project manager leads."),
            ),
            replace(_START, required=True),
            _END,
        ),
    ),
    Sheet(
        "status_updates",
        _("Status updates"),
        (
            _one("sub_project", "sub_projects", _("Sub-project"), _("The key of a sub-project."), required=True),
            Column(
                "day",
                Kind.DATE,
                _("Date"),
                _("The day on which the status was so, for example 2026-02-03 or 3.2.2026."),
                required=True,
            ),
            _code("state", "state", _("State"), _("Choose from the list.")),
            _words("summary", _("Summary"), _("How it stands, in one to three sentences."), required=True),
            _words("achieved", _("Achieved"), _("What has been achieved since the last status.")),
            _words("next_steps", _("Next steps"), _("What will be done before the next status.")),
            _words("support_needs", _("Support needs"), _("What you need help with, and from whom.")),
            _SOURCE,
            _one("reported_by", "people", _("Reported by"), _("The key of the person who reported it.")),
            _one(
                "corrects", "status_updates", _("Corrects"), _("The key of an earlier status that this one corrects.")
            ),
            replace(_KEY, required=False, note=_("Leave it empty, unless two statuses are of the same day.")),
        ),
    ),
)


def find_sheet(title: str) -> Sheet | None:
    """Find the sheet that ``title`` names, in any language or by its machine name."""
    tidy = fold(title)
    for sheet in LAYOUT:
        if tidy in {fold(sheet.name), *(fold(sheet.heading.say(language)) for language in INTERFACE_LANGUAGES)}:
            return sheet
    return None
