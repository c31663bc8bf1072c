"""Norway: its reports, its numbers, its register of municipalities, and a guard of numbers of persons."""

from collections.abc import Iterable

from consortium import hookimpl
from consortium.facts import IdentifierKind
from consortium.facts.importer import Importer
from consortium.facts.submission import SubmissionCheck
from consortium.texts.check import TextCheck
from consortium.variants import ReportVariant
from consortium.variants.page import Page
from consortium.variants.section import SectionAddition
from consortium_norway import fodselsnummer, identifiers, malform, municipalities, submission
from consortium_norway.kontrollutvalg import Kontrollutvalg
from consortium_norway.malform import Malform
from consortium_norway.statusrapport import Statusrapport

#: the versions of the house that this package is made for
consortium_api = ">=1,<2"


@hookimpl
def consortium_report_variants() -> Iterable[ReportVariant]:
    """Bring the statusrapport and the follow-up table of control committees."""
    yield Statusrapport()
    yield Kontrollutvalg()


@hookimpl
def consortium_sections() -> Iterable[SectionAddition]:
    """Bring the shares of the two written languages to the status summary."""
    return malform.sections()


@hookimpl
def consortium_pages() -> Iterable[Page]:
    """Bring the page with the shares of the two written languages."""
    yield Malform()


@hookimpl
def consortium_submission_checks() -> Iterable[SubmissionCheck]:
    """Bring the check of amounts."""
    return submission.submission_checks()


@hookimpl
def consortium_text_checks() -> Iterable[TextCheck]:
    """Bring the guard of numbers of persons."""
    return fodselsnummer.text_checks()


@hookimpl
def consortium_importers() -> Iterable[Importer]:
    """Bring the importer of municipalities."""
    return municipalities.importers()


@hookimpl
def consortium_identifier_kinds() -> Iterable[IdentifierKind]:
    """Bring organisation numbers and municipality numbers."""
    return identifiers.kinds()


@hookimpl
def consortium_catalogs() -> Iterable[str]:
    """Bring the catalogs of this package."""
    yield "consortium_norway"
