"""Sweden: its report, its numbers, its register of municipalities, its terms, and a guard of numbers of persons."""

from collections.abc import Iterable

from consortium import hookimpl
from consortium.facts import IdentifierKind
from consortium.facts.importer import Importer
from consortium.facts.submission import SubmissionCheck
from consortium.texts.check import TextCheck
from consortium.texts.term_base import TermBase
from consortium.variants import ReportVariant
from consortium_sweden import identifiers, municipalities, personnummer, submission, term_base
from consortium_sweden.lagesrapport import Lagesrapport

#: the versions of the house that this package is made for
consortium_api = ">=1,<2"


@hookimpl
def consortium_report_variants() -> Iterable[ReportVariant]:
    """Bring the lägesrapport."""
    yield Lagesrapport()


@hookimpl
def consortium_submission_checks() -> Iterable[SubmissionCheck]:
    """Bring the check of results."""
    return submission.submission_checks()


@hookimpl
def consortium_text_checks() -> Iterable[TextCheck]:
    """Bring the guard of numbers of persons."""
    return personnummer.text_checks()


@hookimpl
def consortium_term_bases() -> Iterable[TermBase]:
    """Bring what Swedes and Norwegians call the same things."""
    return term_base.term_bases()


@hookimpl
def consortium_importers() -> Iterable[Importer]:
    """Bring the importer of municipalities."""
    return municipalities.importers()


@hookimpl
def consortium_identifier_kinds() -> Iterable[IdentifierKind]:
    """Bring organisation numbers and municipality codes."""
    return identifiers.kinds()


@hookimpl
def consortium_catalogs() -> Iterable[str]:
    """Bring the catalogs of this package."""
    yield "consortium_sweden"
