"""What a plugin may bring. Each hook is a function that takes nothing and returns what it brings.

A plugin is a module that answers any of these with functions marked ``@consortium.hookimpl``, named in the entry point
group ``consortium`` of its distribution; ``consortium_api = ">=1,<2"`` in it says for which versions of this manual it
is made. Each hook is called when what it brings is first asked for, and its answer is kept; an answer that raises or is
of another type is left out, and ``consortium plugin list`` says why.

Each hook says when it is called, what its values are given, what they return, what an error does, and who uses it.
``docs/for-plugin-authors.md`` has an example of each.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

from consortium.documents import Writer
from consortium.facts import IdentifierKind
from consortium.facts.importer import Importer
from consortium.facts.submission import SubmissionCheck
from consortium.texts.check import TextCheck
from consortium.texts.term_base import TermBase
from consortium.variants import ReportVariant
from consortium.variants.page import Page
from consortium.variants.section import SectionAddition

if TYPE_CHECKING:
    import click

hookspec = pluggy.HookspecMarker("consortium")


@hookspec
def consortium_report_variants() -> Iterable[ReportVariant]:
    """Bring report variants: each tells facts as a document.

    Called when reports are listed or written.

    Given: ``document(facts, speech)`` gets facts that the reader may see, without the names that the variant does not
    declare, and the languages of the report; ``suits(partner)`` gets each partner.

    Returned: a :class:`Document`; whether the report is about the partner.

    On an error: a guest's report is written all the same, with a note in the place of what failed that names the plugin;
    of two variants of one key the first stays.

    Example: :mod:`consortium.reports.status_summary`.
    """
    return ()


@hookspec
def consortium_sections() -> Iterable[SectionAddition]:
    """Bring sections for reports of others: each is told before, after or in the place of a chapter.

    Called when a report is written that has the chapter.

    Given: ``tell(telling)`` gets what the chapters of that report get, without the names that the section does not declare.

    Returned: blocks, or none where there is nothing to tell.

    On an error: a note in its place names the plugin; the rest of the report is whole. A section whose report or chapter
    is not there is never told.

    Example: ``consortium_norway``, which adds to the status summary.
    """
    return ()


@hookspec
def consortium_pages() -> Iterable[Page]:
    """Bring pages for the admin: each is a document made from facts.

    Called when the pages are listed or opened.

    Given: ``document(facts, speech)``, as a report variant; the facts are those that the reader may see.

    Returned: a :class:`Document`. A page that does not say who its ``readers`` are stays closed.

    On an error: the page says so, with the plugin's name.

    Example: ``consortium_norway``, which brings the shares of the two written languages, year by year.
    """
    return ()


@hookspec
def consortium_submission_checks() -> Iterable[SubmissionCheck]:
    """Bring checks that are made before somebody submits a status.

    Called when a status is looked at before it is sent, and when it is sent.

    Given: ``look(submission)`` gets the status with its sub-project and partners; ``suits(partners)`` those partners.

    Returned: remarks: hints, or refusals, which keep the status from being sent; whether the check is about the partners.

    On an error: the check is left out: it never keeps a status from being sent.

    Example: :mod:`consortium.checks.consistency`.
    """
    return ()


@hookspec
def consortium_text_checks() -> Iterable[TextCheck]:
    """Bring checks on what people write: each warns, none refuses.

    Called when words are kept in a form, and by ``consortium check``.

    Given: ``look(words, language)`` gets the words of one language, however long, and its tag.

    Returned: a message for each thing that is doubtful; it never repeats what it guards, such as the number of a person.

    On an error: the check is left out.

    Example: ``consortium_norway``, which warns of numbers of persons.
    """
    return ()


@hookspec
def consortium_term_bases() -> Iterable[TermBase]:
    """Bring terms, names and false friends beside those of the house.

    Called when texts are checked and words are searched for, so that the search finds what others call them.

    Given: nothing: a term base is made of values.

    Returned: nothing. The consortium's own terms come after them and have the last word.

    On an error: the term base is left out.

    Example: ``consortium_sweden``.
    """
    return ()


@hookspec
def consortium_importers() -> Iterable[Importer]:
    """Bring importers: each turns a file of somebody else's into rows of the workbook.

    Called when a file is imported with its key: ``consortium import FILE --as KEY``.

    Given: ``read(file)`` gets the bytes of the file.

    Returned: rows by the machine name of their sheet; they are checked and imported like a workbook, as a whole or not at
    all. It raises ``InvalidValue`` where the file is another one, saying what is wrong and in which line.

    On an error: it is told with the plugin's name; nothing is imported.

    Example: ``consortium_norway``, which reads the register of municipalities.
    """
    return ()


@hookspec
def consortium_catalogs() -> Iterable[str]:
    """Bring catalogs of words: the import names of the packages whose ``translations`` folder holds them.

    Called when plugins are listed or checked.

    Given: nothing: a name is a value.

    Returned: nothing. The list says in which languages a plugin speaks, and the check which words it lacks.

    On an error: the plugin is listed without languages.

    Example: ``consortium_sweden``.
    """
    return ()


@hookspec
def consortium_writers() -> Iterable[Writer]:
    """Bring writers: each turns any document into a file of one format.

    Called when formats are listed or a report is written.

    Given: ``write(document, file)`` gets a document to walk, and a file that is open for bytes. What is heavy is imported
    inside.

    Returned: nothing; the same document gives the same bytes.

    On an error: it is told with the plugin's name, and no file is left half-written; of two writers of one key the first
    stays.

    Example: :mod:`consortium.writers.html`.
    """
    return ()


@hookspec
def consortium_identifier_kinds() -> Iterable[IdentifierKind]:
    """Bring kinds of identifiers for organisations, each with its check.

    Called when identifiers are read, and when a workbook is made or imported: each kind is a column there.

    Given: ``check(value)`` gets what somebody wrote.

    Returned: the value in its normal form, or it raises ``InvalidValue`` saying what is wrong.

    On an error: whatever else it raises refuses the value, with the plugin's name.

    Example: ``consortium_norway``, which checks organisation numbers.
    """
    return ()


@hookspec
def consortium_commands() -> Iterable["click.Command"]:
    """Bring commands for the command line.

    Called when a command is looked up that the house does not have, or when all are listed.

    Given: what click reads from the command line. What is heavy is imported inside the command.

    Returned: an exit code, if it is not 0. A command of our own is never replaced.

    On an error: a :class:`ConsortiumError` is told in a line; a plugin whose commands cannot be listed is left out.

    Example: ``consortium_admin.plugin``, which brings ``serve``.
    """
    return ()
