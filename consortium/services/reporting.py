"""Writes reports: facts in, a file out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consortium import clock
from consortium.documents import Document
from consortium.errors import ConsortiumError, InvalidValue, PluginProblem
from consortium.i18n.language import normal_tag
from consortium.i18n.message import _
from consortium.models import Consortium
from consortium.plugins import front_desk
from consortium.services.facts import gather_facts
from consortium.services.files import whole_file
from consortium.services.policy import Principal
from consortium.variants import ReportVariant

#: two languages stand side by side; three would not fit a page
MOST_LANGUAGES = 2


def write_report(  # which report, of whom, of when, in what
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    path: str | Path,
    report: str = "status-summary",
    languages: str | tuple[str, ...] = "",
    format: str = "",
    day: date | None = None,
) -> Path:
    """Write a report into a file; the ending of ``path`` says the format unless ``format`` does.

    :param languages: ``nb`` or ``nb+sv``; the variant's own, else the consortium's first two, if not given
    :param day: the day of which the report speaks; today unless told
    :raises NotFound: if there is no such report or format
    :raises NotPermitted: if ``principal`` may not see the consortium
    """
    path = Path(path)
    writer = front_desk().writer(format or path.suffix.lstrip("."))
    document = make_document(session, principal, consortium=consortium, report=report, languages=languages, day=day)
    with whole_file(path) as file, _faults_told(report):
        writer.write(document, file)
    return path


def make_document(
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    report: str = "status-summary",
    languages: str | tuple[str, ...] = "",
    day: date | None = None,
) -> Document:
    """Make a report's document; it reads from ``session`` while it is walked.

    :raises NotFound: if there is no such report
    :raises PluginProblem: if the variant fails
    """
    variant = front_desk().variant(report)
    facts = gather_facts(session, principal, consortium=consortium, day=day or clock.today())
    tags = report_languages(languages, variant, consortium)
    with _faults_told(report):
        return variant.document(facts, tags)


@contextmanager
def _faults_told(report: str) -> Iterator[None]:
    """Name the plugin that brought a report when it fails, be it at once or while it is walked."""
    try:
        yield
    except (ConsortiumError, OSError, DBAPIError):
        raise
    except Exception as fault:
        plugin = type(front_desk().variant(report)).__module__
        told = _("The report “{key}” of the plugin {plugin} failed: {reason}. Tell its maker; nothing was written.")
        reason = f"{type(fault).__name__}: {fault}"
        raise PluginProblem(told.fill(key=report, plugin=plugin, reason=reason)) from fault


def report_languages(
    languages: str | tuple[str, ...], variant: ReportVariant, consortium: Consortium
) -> tuple[str, ...]:
    """Choose the languages of a report: those asked for, else the variant's own, else the consortium's first two.

    :raises InvalidValue: if there are more than two, or one twice
    """
    asked = languages.split("+") if isinstance(languages, str) and languages else languages
    tags = tuple(normal_tag(tag) for tag in asked or variant.languages or consortium.tags[:MOST_LANGUAGES])
    if len(tags) > MOST_LANGUAGES or len(set(tags)) < len(tags):
        raise InvalidValue(
            _("A report has one language, or two different ones side by side. Write for example nb or nb+sv.")
        )
    return tags
