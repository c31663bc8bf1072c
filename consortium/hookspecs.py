"""What a plugin may bring. Each hook is a function that takes nothing and returns what it brings.

A plugin is a module that answers any of these with functions marked ``@consortium.hookimpl``, named in the entry point
group ``consortium`` of its distribution. Each hook is called when what it brings is first asked for, and its
answer is kept; an answer that raises or is of another type is left out, and ``consortium plugin list`` says why.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

from consortium.documents import Writer
from consortium.facts import IdentifierKind
from consortium.variants import ReportVariant

if TYPE_CHECKING:
    import click

hookspec = pluggy.HookspecMarker("consortium")


@hookspec
def consortium_report_variants() -> Iterable[ReportVariant]:
    """Bring report variants: each tells facts as a document.

    Called when reports are listed or written. Two variants of one key are refused, and both plugins named. An error in
    a variant is told with the plugin's name; nothing is written then.

    Example: :mod:`consortium.reports.status_summary`.
    """
    return ()


@hookspec
def consortium_writers() -> Iterable[Writer]:
    """Bring writers: each turns any document into a file of one format.

    Called when formats are listed or a report is written. A writer imports what is heavy inside ``write``. Two writers
    of one key are refused, and both plugins named.

    Example: :mod:`consortium.writers.html`.
    """
    return ()


@hookspec
def consortium_identifier_kinds() -> Iterable[IdentifierKind]:
    """Bring kinds of identifiers for organisations, each with its check.

    Called when identifiers are read, and when a workbook is made or imported: each kind is a column there. The check
    returns the normal form of a value or raises ``InvalidValue``; whatever else it raises counts as a fault of the
    plugin.

    Example: ``consortium_norway``, which checks organisation numbers.
    """
    return ()


@hookspec
def consortium_commands() -> Iterable["click.Command"]:
    """Bring commands for the command line.

    Called when a command is looked up that the house does not have, or when all are listed. What is heavy is imported
    inside the command. A command of our own is never replaced.

    Example: ``consortium_admin.plugin``, which brings ``serve``.
    """
    return ()
