"""Writes reports: facts in, a file out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consortium import clock
from consortium.documents import Document, Speech, Writer
from consortium.documents.speech import Missing
from consortium.errors import ConsortiumError, InvalidValue, NotFound, PluginProblem, TextsMissing
from consortium.facts import Facts, Scope
from consortium.facts.places import Place, places_of
from consortium.i18n.language import INTERFACE_LANGUAGES, normal_tag
from consortium.i18n.message import LanguageName, Message, _, _n, listed
from consortium.models import Consortium
from consortium.plugins import front_desk
from consortium.plugins.telling import PAGES, REPORTS, Allowing, Asked, tell
from consortium.services.comparing import compared_with
from consortium.services.facts import gather_facts
from consortium.services.files import whole_file
from consortium.services.policy import Principal
from consortium.services.switch_words import demand_report_on
from consortium.services.switches import switched
from consortium.variants import ReportVariant
from consortium.variants.telling import suited

#: two languages stand side by side; three would not fit a page
MOST_LANGUAGES = 2

#: what can happen where a language lacks a text
MISSING = ("fallback", "mark", "block")

#: so many missing texts are told one by one
MOST_TOLD = 50


@dataclass(frozen=True)
class Order:
    """Which report is asked for: which variant, in which languages, of when, against what, how much of the consortium.

    :ivar languages: ``nb`` or ``nb+sv``; the variant's own, else the consortium's first two, if not given
    :ivar day: the day of which the report speaks; today unless told
    :ivar since: ``last-gathering``, ``last-snapshot``, ``update-before``, a day, or the key of a snapshot or a gathering;
        else the last gathering, if any
    :ivar missing: what happens where a language lacks a text: its words in another one (``fallback``), a note in its
        place (``mark``), or no report at all (``block``)
    """

    report: str = "status-summary"
    languages: str | tuple[str, ...] = ""
    day: date | None = None
    since: str = ""
    scope: Scope | None = None
    missing: str = "fallback"


def scope_of(*, partner: str | None = None, country: str | None = None, theme: str | None = None) -> Scope | None:
    """Make the scope of a report: a partner, a country or a theme, or nothing for all of the consortium.

    :raises InvalidValue: if more than one is given
    """
    asked = [(kind, key) for kind, key in (("partner", partner), ("country", country), ("theme", theme)) if key]
    if len(asked) > 1:
        raise InvalidValue(_("A report can be limited to a partner, a country or a theme. Choose one of them."))
    if not asked:
        return None
    kind, key = asked[0]
    return Scope(kind, key.upper() if kind == "country" else key)  # type: ignore[arg-type]  # one of the three


def write_report(
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    path: str | Path,
    order: Order = Order(),  # it is frozen
    format: str = "",
) -> Path:
    """Write a report into a file; the ending of ``path`` says the format unless ``format`` does.

    :raises NotFound: if there is no such report or format
    :raises NotPermitted: if ``principal`` may not see the consortium
    :raises TextsMissing: if a language lacks a text, and the order says that this blocks the report
    """
    path = Path(path)
    writer = front_desk().writer(format or path.suffix.lstrip("."))
    document = make_document(session, principal, consortium=consortium, order=order)
    write_document(document, writer, path, report=order.report)
    return path


def write_document(document: Document, writer: Writer, path: Path, *, report: str) -> None:
    """Write a report's document into a file, which is there as a whole or not at all."""
    with whole_file(path) as file:
        fill_file(document, writer, file, report=report)


def fill_file(document: Document, writer: Writer, file: BinaryIO, *, report: str) -> None:
    """Write a report's document into a file that is open for bytes; whoever opened it throws it away if that fails.

    :raises PluginProblem: if the variant or the writer fails
    """
    with _faults_told(report):
        writer.write(document, file)


def make_document(
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    order: Order = Order(),  # it is frozen
) -> Document:
    """Make a report's document; it needs the session no more.

    :raises NotFound: if there is no such report, or nothing of the sort to compare with or to limit it to
    :raises InvalidValue: if the report is switched off
    :raises PluginProblem: if the variant fails
    :raises TextsMissing: if a language lacks a text, and the order says that this blocks the report
    """
    switches = switched(session, consortium=consortium)
    demand_report_on(switches, order.report, order.scope)
    day = order.day or clock.today()
    since = compared_with(session, principal, consortium=consortium, words=order.since, day=day)
    parts = parts_of(order.report)
    facts = gather_facts(
        session, principal, consortium=consortium, day=day, since=since, scope=order.scope, parts=parts
    )
    return document_of(facts, order, switches)


def parts_of(report: str) -> frozenset[str]:
    """Tell which parts of the facts a report is made of, with the sections that plugins add to it.

    :raises NotFound: if there is no such report
    """
    desk = front_desk()
    own = [each.parts for each in desk.sections.values() if each.report == report]
    return desk.variant(report).parts.union(*own)


def document_of(facts: Facts, order: Order, switches: Allowing | None = None) -> Document:
    """Make a report's document of facts that are at hand, such as those of a snapshot.

    What a guest tells comes from a process of its own; what it cannot tell is marked in its place.

    :param switches: what is switched on; everything without them
    :raises NotFound: if there is no such report, or it is switched off
    """
    if order.missing not in MISSING:
        told = _("“{words}” is none of the words to choose from: {known}.")
        raise InvalidValue(told.fill(words=order.missing, known=MISSING), "missing")
    variant = front_desk().variant(order.report)
    tags = report_languages(order.languages, variant, facts.consortium.languages)
    for tag in tags:
        _demand_words(facts, tag)
    if order.missing == "block":
        demand_texts(facts, tags, variant)
    missing: Missing = "mark" if order.missing == "mark" else "fallback"
    with _faults_told(order.report):
        return tell(Asked(front_desk(), REPORTS, variant, facts, Speech(tags, missing), switches))


def page_of(facts: Facts, key: str, *, languages: str = "", switches: Allowing | None = None) -> Document:
    """Make the document of a page that a plugin brings.

    :raises NotFound: if there is no such page, or it is switched off
    :raises PluginProblem: if it fails
    """
    if key not in front_desk().pages:
        raise NotFound(_("There is no page “{key}”.").fill(key=key[:80]))
    page = front_desk().pages[key]
    tags = report_languages(languages, page, facts.consortium.languages)
    with _faults_told(key):
        return tell(Asked(front_desk(), PAGES, page, facts, Speech(tags), switches))


def _demand_words(facts: Facts, tag: str) -> None:
    """Insist on a language in which there are words, be they the interface's or the consortium's."""
    known = dict.fromkeys((*facts.consortium.languages, *INTERFACE_LANGUAGES))
    first = tag.split("-", maxsplit=1)[0]
    if first in {each.split("-", maxsplit=1)[0] for each in known}:
        return
    if any(tag in place.text for place in places_of(facts, iter(facts.sub_projects))):
        return
    said = _("There are no words in “{tag}”. A report can be written in {known}.")
    said = said.fill(tag=tag, known=listed(known))
    if near := get_close_matches(first, known, n=1):
        said = _("{sentence} Do you mean {tag}?").fill(sentence=said, tag=near[0])
    raise InvalidValue(said, "languages")


def demand_texts(facts: Facts, tags: tuple[str, ...], variant: ReportVariant) -> None:
    """Insist that every text that ``variant`` tells is there in each of the languages.

    :raises TextsMissing: if not; it tells the first of them
    """
    lacking: list[Message] = []
    count = 0
    for place, tag in missing_texts(facts, tags, variant):
        count += 1
        told = _("{owner}: {field} is missing in {language} ({record}).")
        filled = told.fill(owner=place.owner, field=place.field, language=LanguageName(tag), record=place.record)
        lacking += [filled] if count <= MOST_TOLD else []
    if count > MOST_TOLD:
        lacking.append(_n("… and {count} more.", "… and {count} more.", count - MOST_TOLD))
    if count:
        whole = _n(
            "{count} text is missing, so the report was not written. Translate it, or choose --missing mark or fallback:",
            "{count} texts are missing, so the report was not written. Translate them, or choose --missing mark or fallback:",
            count,
        )
        raise TextsMissing(whole, lacking)


def missing_texts(facts: Facts, tags: tuple[str, ...], variant: ReportVariant) -> Iterator[tuple[Place, str]]:
    """Walk the texts that ``variant`` tells and that one of the languages lacks, each with that language."""
    for place in places_of(facts, suited(facts, variant)):
        for tag in tags:
            reading = place.text.read(tag)
            if reading is None or reading.is_fallback:
                yield place, tag


@contextmanager
def _faults_told(report: str) -> Iterator[None]:
    """Name the plugin that brought a report when it fails, be it at once or while it is walked."""
    try:
        yield
    except (ConsortiumError, OSError, DBAPIError):
        raise
    except Exception as fault:
        plugin = _maker(report)
        told = _("The report “{key}” of the plugin {plugin} failed: {reason}. Tell its maker; nothing was written.")
        reason = f"{type(fault).__name__}: {fault}"
        raise PluginProblem(told.fill(key=report, plugin=plugin, reason=reason)) from fault


def _maker(key: str) -> str:
    """Name the module that brings a report or a page."""
    desk = front_desk()
    return type(desk.report_variants.get(key) or desk.pages[key]).__module__


def report_languages(languages: str | tuple[str, ...], variant: ReportVariant, own: tuple[str, ...]) -> tuple[str, ...]:
    """Choose the languages of a report: those asked for, else the variant's own, else the first two of ``own``.

    :raises InvalidValue: if there are more than two, or one twice
    """
    asked = languages.split("+") if isinstance(languages, str) and languages else languages
    tags = tuple(normal_tag(tag) for tag in asked or variant.languages or own[:MOST_LANGUAGES])
    if len(tags) > MOST_LANGUAGES or len(set(tags)) < len(tags):
        raise InvalidValue(
            _("A report has one language, or two different ones side by side. Write for example nb or nb+sv.")
        )
    return tags
