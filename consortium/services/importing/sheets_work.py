"""The sheets of the work and how it stands: sub-projects, milestones, indicators, statuses, themes."""

from dataclasses import replace

from consortium.i18n.message import _
from consortium.services.importing.columns import (
    END,
    KEY,
    NAME,
    SOURCE,
    START,
    SUB_PROJECT,
    code,
    day,
    many,
    measure,
    one,
    own_key,
    words,
)
from consortium.services.importing.layout import Column, Kind, Sheet

THEMES = Sheet(
    "themes",
    _("Themes"),
    (
        KEY,
        NAME,
        words("question", _("Question"), _("How the sub-projects are asked about it: To what degree …?")),
        SOURCE,
    ),
)

PERIODS = Sheet(
    "periods",
    _("Reporting periods"),
    (
        KEY,
        replace(START, required=True),
        replace(END, required=True, note=_("The last day of the period.")),
        day("due", _("Due"), _("The day by which statuses of the period shall be in."), required=True),
        day(
            "locked",
            _("Locked"),
            _("The day from which the period is closed; then only corrections are taken. Empty while it is open."),
        ),
    ),
)

SUB_PROJECTS = Sheet(
    "sub_projects",
    _("Sub-projects"),
    (
        KEY,
        words("title", _("Title"), _("What the sub-project is called."), required=True),
        words("purpose", _("Purpose"), _("What it shall change, and for whom, in two or three sentences.")),
        SOURCE,
        many(
            "partners",
            "partners",
            _("Partners"),
            _("Keys of the partners with semicolons between them; the first one leads."),
            required=True,
        ),
        START,
        END,
        Column("amount", Kind.NUMBER, _("Budget"), _("An amount in figures: 1250000 or 1 250 000,50.")),
        code("currency", "currency", _("Currency"), required=False),
    ),
)

MILESTONES = Sheet(
    "milestones",
    _("Milestones"),
    (
        KEY,
        SUB_PROJECT,
        words("title", _("Title"), _("What shall have been reached."), required=True),
        SOURCE,
        day("due", _("Due"), _("The day by which it shall have been reached."), required=True),
        day("done", _("Done"), _("The day on which it was reached; empty until then.")),
    ),
)

INDICATORS = Sheet(
    "indicators",
    _("Indicators"),
    (
        KEY,
        SUB_PROJECT,
        code(
            "level",
            "indicator_level",
            _("Level"),
            _("Choose from the list: what is made, what comes of it, what it changes."),
        ),
        words("name", _("Name"), _("What is counted or measured."), required=True),
        words("unit", _("Unit"), _("In what it is counted: people, hours, per cent.")),
        SOURCE,
        measure("baseline", _("Baseline"), _("The value before the work began, in figures.")),
        measure(
            "target",
            _("Target"),
            _("The value to be reached. A later one is a row of its own in the sheet “Indicator values”."),
        ),
    ),
)

INDICATOR_VALUES = Sheet(
    "indicator_values",
    _("Indicator values"),
    (
        one("indicator", "indicators", _("Indicator"), _("The key of an indicator."), required=True),
        code("kind", "value_kind", _("Kind"), _("Choose from the list: what was read, or a new target.")),
        day("day", _("Date"), _("The day of the reading, or from which the new target holds."), required=True),
        measure("value", _("Value"), _("In figures, with at most four decimals."), required=True),
        words("words", _("Explanation"), _("How it was read. A new target needs its reason here.")),
        SOURCE,
        own_key(_("Leave it empty, unless two values of a kind are of the same day.")),
    ),
)

STATUS_UPDATES = Sheet(
    "status_updates",
    _("Status updates"),
    (
        SUB_PROJECT,
        day(
            "day",
            _("Date"),
            _("The day on which the status was so, for example 2026-02-03 or 3.2.2026."),
            required=True,
        ),
        code("state", "state", _("State")),
        code(
            "workflow",
            "workflow",
            _("Workflow"),
            _("Choose from the list. Empty in a new row means that the status is submitted."),
            required=False,
        ),
        words("summary", _("Summary"), _("How it stands, in one to three sentences."), required=True),
        words("achieved", _("Achieved"), _("What has been achieved since the last status.")),
        words("next_steps", _("Next steps"), _("What will be done before the next status.")),
        words("support_needs", _("Support needs"), _("What you need help with, and from whom.")),
        SOURCE,
        one("reported_by", "people", _("Reported by"), _("The key of the person who reported it.")),
        one("corrects", "status_updates", _("Corrects"), _("The key of an earlier status that this one corrects.")),
        own_key(_("Leave it empty, unless two statuses are of the same day.")),
    ),
)

COMMENTS = Sheet(
    "comments",
    _("Comments"),
    (
        one(
            "status_update",
            "status_updates",
            _("Status update"),
            _("The key of a status: its own, or sub-project:date, such as DP-01:2026-02-03."),
            required=True,
        ),
        code("field", "status_field", _("About"), _("Choose from the list: the part of the status that it is about.")),
        day("day", _("Date"), _("The day on which it was written."), required=True),
        words("words", _("Comment"), _("What you ask for, so that the status can be completed."), required=True),
        SOURCE,
        own_key(_("Leave it empty, unless two comments on one part are of the same day.")),
    ),
)

ASSESSMENTS = Sheet(
    "assessments",
    _("Assessments"),
    (
        one("theme", "themes", _("Theme"), _("The key of a theme."), required=True),
        SUB_PROJECT,
        day("day", _("Date"), _("The day on which it was so."), required=True),
        code("degree", "degree", _("Degree")),
        words("words", _("Explanation"), _("How the sub-project promotes the theme, or why not yet.")),
        SOURCE,
        own_key(_("Leave it empty; it is made of the theme, the sub-project and the date.")),
    ),
)
