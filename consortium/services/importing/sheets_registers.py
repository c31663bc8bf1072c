"""The sheet of registers: codes that authorities keep, with the days on which each holds."""

from dataclasses import replace

from consortium.i18n.message import _
from consortium.services.importing.columns import END, START, own_key, plain
from consortium.services.importing.layout import Sheet

REGISTERS = Sheet(
    "registers",
    _("Registers of codes"),
    (
        plain(
            "kind",
            _("Kind"),
            _("The kind of identifier, as it stands in the heading of its column in CSV files behind “identifier.”."),
            required=True,
        ),
        plain("code", _("Code"), _("The code, as the register writes it."), required=True),
        plain("name", _("Name"), _("What it stands for, as the register calls it."), required=True),
        replace(START, note=_("The first day on which the code holds; empty if it always has.")),
        replace(END, note=_("The last day on which the code holds; empty while it does.")),
        plain(
            "successors",
            _("Successors"),
            _("The codes that took its place, with semicolons between them; empty if there are none."),
        ),
        own_key(_("Leave it empty; it is made of the kind, the code and the first day.")),
    ),
)
