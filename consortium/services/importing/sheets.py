"""The layout of a workbook: one table of all sheets and columns, for the template, the import and the example."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.sorting import fold
from consortium.services.importing import sheets_gatherings, sheets_people, sheets_registers, sheets_work
from consortium.services.importing.layout import Sheet

#: in the order in which the rows are read: what others refer to comes first
LAYOUT: tuple[Sheet, ...] = (
    sheets_people.CONSORTIUM,
    sheets_people.GROUPS,
    sheets_people.ORGANISATIONS,
    sheets_people.PARTNERS,
    sheets_people.ROLES,
    sheets_people.PEOPLE,
    sheets_work.THEMES,
    sheets_work.PERIODS,
    sheets_work.SUB_PROJECTS,
    sheets_people.CAPACITIES,
    sheets_work.MILESTONES,
    sheets_work.INDICATORS,
    sheets_work.INDICATOR_VALUES,
    sheets_work.STATUS_UPDATES,
    sheets_work.COMMENTS,
    sheets_work.ASSESSMENTS,
    sheets_gatherings.SERIES,
    sheets_gatherings.GATHERINGS,
    sheets_gatherings.AGENDA,
    sheets_gatherings.ATTENDANCE,
    sheets_gatherings.STATEMENTS,
    sheets_gatherings.TERMS,
    sheets_registers.REGISTERS,
)


def find_sheet(title: str) -> Sheet | None:
    """Find the sheet that ``title`` names, in any language or by its machine name."""
    return _titles().get(fold(title))


@cache
def _titles() -> Mapping[str, Sheet]:
    """Map what the sheets are called, in every language, to the sheets."""
    said = {
        fold(name): sheet
        for sheet in reversed(LAYOUT)
        for name in (sheet.name, *(sheet.heading.say(language) for language in INTERFACE_LANGUAGES))
    }
    return MappingProxyType(said)
