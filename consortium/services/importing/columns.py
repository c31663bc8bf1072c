"""Columns that several sheets have, and short ways to write the others."""

from consortium.i18n.message import Message, _
from consortium.services.importing.layout import Column, Kind

CHOOSE = _("Choose from the list.")

KEY = Column(
    "key",
    Kind.KEY,
    _("Key"),
    _("A short name that stays the same, such as DP-01. The import finds the row again by it."),
    required=True,
)
SOURCE = Column(
    "source_language",
    Kind.LANGUAGE,
    _("Source language"),
    _("The language in which the texts of this row were written first: nb, nn, sv or en."),
)
START = Column("start", Kind.DATE, _("From"), _("The first day, for example 2026-02-03 or 3.2.2026."))
END = Column("end", Kind.DATE, _("To"), _("The last day; empty if there is none yet."))


def plain(name: str, heading: Message, note: Message, *, required: bool = False) -> Column:
    """Make a column of plain values, the same in all languages."""
    return Column(name, Kind.PLAIN, heading, note, required)


def day(name: str, heading: Message, note: Message, *, required: bool = False) -> Column:
    """Make a column of days."""
    return Column(name, Kind.DATE, heading, note, required)


def whole(name: str, heading: Message, note: Message, *, required: bool = False) -> Column:
    """Make a column of whole numbers that count something."""
    return Column(name, Kind.WHOLE, heading, note, required)


def measure(name: str, heading: Message, note: Message, *, required: bool = False) -> Column:
    """Make a column of what is measured, with up to four decimals."""
    return Column(name, Kind.MEASURE, heading, note, required)


def words(name: str, heading: Message, note: Message, *, required: bool = False) -> Column:
    """Make the columns of a text, one a language."""
    return Column(name, Kind.WORDS, heading, note, required)


def one(name: str, sheet: str, heading: Message, note: Message, *, required: bool = False) -> Column:
    """Make a column that names a row of ``sheet`` by its key."""
    return Column(name, Kind.ONE, heading, note, required, sheet)


def many(name: str, sheet: str, heading: Message, note: Message, *, required: bool = False) -> Column:
    """Make a column that names rows of ``sheet`` by their keys."""
    return Column(name, Kind.MANY, heading, note, required, sheet)


def code(name: str, group: str, heading: Message, note: Message = CHOOSE, *, required: bool = True) -> Column:
    """Make a column of codes of ``group``, with a list to choose from."""
    return Column(name, Kind.CODE, heading, note, required, group)


NAME = words(
    "name",
    _("Name"),
    _("The name, in each language in which it has one. Proper names are not translated."),
    required=True,
)
SUB_PROJECT = one("sub_project", "sub_projects", _("Sub-project"), _("The key of a sub-project."), required=True)
ORGANISATION = one("organisation", "organisations", _("Organisation"), _("The key of an organisation."), required=True)
GATHERING = one("gathering", "gatherings", _("Gathering"), _("The key of a gathering."), required=True)


def own_key(note: Message) -> Column:
    """Make the column of keys of a sheet that makes them of other columns where it is empty; ``note`` says when."""
    return Column("key", Kind.KEY, _("Key"), note)
