"""The layout of a workbook: which sheets and columns there are, in every language.

One table serves the template, the import and the example. A column has a machine name (``title.nb``), by which CSV
files of ours are written, and a heading in each language of the interface, by which people's files are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from consortium.errors import InvalidValue
from consortium.i18n.language import INTERFACE_LANGUAGES, normal_tag
from consortium.i18n.message import Message, _
from consortium.i18n.sorting import fold
from consortium.plugins import front_desk


class Kind(StrEnum):
    """What a cell holds."""

    KEY = "key"
    PLAIN = "plain"
    WORDS = "words"
    LANGUAGE = "language"
    LANGUAGES = "languages"
    CODE = "code"
    DATE = "date"
    NUMBER = "number"
    ONE = "one"
    MANY = "many"
    IDENTIFIER = "identifier"


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    :ivar name: of the field, and of the column in files of ours
    :ivar group: of codes in the term base, for a code; name of the sheet, for a reference; kind, for an identifier
    :ivar language: of the words in it, for one of the columns of a text
    :ivar is_basis: tells a column that holds the earlier source words a translation was made from
    """

    name: str
    kind: Kind
    heading: Message
    note: Message
    required: bool = False
    group: str = ""
    language: str = ""
    is_basis: bool = False

    @property
    def machine_name(self) -> str:
        """Its name in files of ours: ``title.nb``, ``title.nb.based_on``."""
        parts = (
            self.name,
            self.language or (self.group if self.kind is Kind.IDENTIFIER else ""),
            "based_on" if self.is_basis else "",
        )
        return ".".join(filter(None, parts))

    def title(self, language: str) -> str:
        """Its heading for a reader of ``language``."""
        heading = self.heading.say(language)
        if not self.language:
            return heading
        basis = f" – {_('based on').say(language)}" if self.is_basis else ""
        return f"{heading} ({self.language}){basis}"

    def in_language(self, tag: str, *, is_basis: bool = False) -> "Column":
        """Return the column of this text for one language."""
        return replace(self, language=tag, is_basis=is_basis, required=False)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name for machines, its title for people, its columns."""

    name: str
    heading: Message
    columns: tuple[Column, ...]

    def spread(self, tags: tuple[str, ...], *, bases: frozenset[str] = frozenset()) -> Iterator[Column]:
        """Walk the columns with every text in its languages; ``bases`` are machine names of bases to include."""
        for column in self.columns:
            if column.kind is Kind.IDENTIFIER:
                yield from _identifiers(column)
            elif column.kind is not Kind.WORDS:
                yield column
            else:
                for tag in tags:
                    yield column.in_language(tag)
                    basis = column.in_language(tag, is_basis=True)
                    if basis.machine_name in bases:
                        yield basis

    def find(self, heading: str) -> Column | None:
        """Find the column that ``heading`` names, in any language or by its machine name."""
        tidy = fold(heading)
        for column in self.columns:
            if column.kind is Kind.IDENTIFIER:
                found = next((each for each in _identifiers(column) if tidy in _names(each)), None)
            elif column.kind is Kind.WORDS:
                found = _find_words(column, tidy)
            else:
                found = column if tidy in _names(column) else None
            if found:
                return found
        return None


def _identifiers(column: Column) -> Iterator[Column]:
    """Make a column of every kind of identifier that the plugins bring."""
    for kind in front_desk().identifier_kinds.values():
        yield replace(column, heading=kind.title, group=kind.key)


def _names(column: Column) -> set[str]:
    return {fold(column.machine_name), *(fold(column.title(language)) for language in INTERFACE_LANGUAGES)}


def _find_words(column: Column, tidy: str) -> Column | None:
    """Read ``tittel (sv)``, ``title.sv`` or ``tittel (sv) – grunnlag``."""
    for said in {fold(column.name), *(fold(column.heading.say(language)) for language in INTERFACE_LANGUAGES)}:
        if not tidy.startswith(said):
            continue
        rest = tidy[len(said) :].strip(" .()").replace(")", " ").replace(".", " ").replace("–", " ").split(maxsplit=1)
        if not rest:
            continue
        try:
            tag = normal_tag(rest[0])
        except InvalidValue:
            continue
        bases = {"based_on", *(fold(_("based on").say(language)) for language in INTERFACE_LANGUAGES)}
        if len(rest) == 1 or rest[1].strip() in bases:
            return column.in_language(tag, is_basis=len(rest) > 1)
    return None


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
            _code("country", "country", _("Country"), _("Norway or Sweden. Choose from the list.")),
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
            Column("currency", Kind.PLAIN, _("Currency"), _("NOK, SEK or EUR.")),
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

SHEETS = {sheet.name: sheet for sheet in LAYOUT}


def find_sheet(title: str) -> Sheet | None:
    """Find the sheet that ``title`` names, in any language or by its machine name."""
    tidy = fold(title)
    for sheet in LAYOUT:
        if tidy in {fold(sheet.name), *(fold(sheet.heading.say(language)) for language in INTERFACE_LANGUAGES)}:
            return sheet
    return None
