"""Help at the fields of forms, where the words of the workbook speak of cells and keys."""

from collections.abc import Mapping

from consortium.i18n.message import Message, _
from consortium.models import (
    Attendance,
    Capacity,
    Gathering,
    Indicator,
    IndicatorValue,
    Organisation,
    Record,
    SubProject,
)
from consortium.services.importing.columns import CHOOSE, KEY, SOURCE
from consortium.services.importing.layout import Column, Kind

_NONE = Message("")

#: by the kind of record and the field, what a form says instead
_HELP: Mapping[tuple[type[Record], str], Message] = {
    (Attendance, "person"): _("Who comes for it. Empty if the row is about the organisation as a whole."),
    (Attendance, "substitute_for"): _("In whose place somebody comes."),
    (Attendance, "state"): _("The answer, and afterwards who came."),
    (Capacity, "sub_project"): _("The sub-project that a project manager leads."),
    (Gathering, "host"): _("The organisation that invites."),
    (Gathering, "series"): _("Where the gathering is one of several."),
    (Indicator, "level"): _("What is made, what comes of it, or what it changes."),
    (Indicator, "target"): _("The value to be reached. A later one is added as a new target, with its reason."),
    (IndicatorValue, "kind"): _("What was read, or a new target."),
    (Organisation, "parent"): _("What it is a part of, as a district is of its municipality."),
    (Organisation, "groups"): _("The region groups that it is in."),
    (SubProject, "partners"): _("The first one leads."),
}


def help_for(kind: type[Record], column: Column) -> Message:
    """Return the help at a field; nothing where the heading says it all."""
    if found := _HELP.get((kind, column.name)):
        return found
    if column.note == CHOOSE or column.kind in {Kind.ONE, Kind.MANY}:
        return _NONE
    if column.note == SOURCE.note:
        return _("The language in which the texts were written first; the others are translated from it.")
    if column.note == KEY.note:
        return _("A short name that stays the same, such as DP-01. Left empty, it is made from the name.")
    return column.note
