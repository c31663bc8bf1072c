"""Bokmål and nynorsk: how many words of what was published were in which of the two, year by year.

The law's mark of 25 per cent is for central state bodies: språklova § 13, first paragraph. For others it is a measure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from consortium.documents import (
    Bar,
    Bars,
    Block,
    Chart,
    Column,
    Details,
    Document,
    Heading,
    Note,
    Part,
    Row,
    Section,
    Speech,
    Table,
)
from consortium.facts import Facts, SubProjectFacts
from consortium.i18n.message import Message
from consortium.texts import Text, TextState
from consortium.variants import Telling
from consortium.variants.page import Page
from consortium.variants.section import SectionAddition
from consortium.variants.situation import follow
from consortium_norway.voice import _, _n

#: the two written languages
WRITTEN = ("nb", "nn")

#: per cent that central state bodies use of each, at the least
MARK = 25


@dataclass
class Shares:
    """How many words were published in each of the two written languages.

    :ivar words: by year and language
    """

    words: dict[int, Counter[str]] = field(default_factory=dict)

    def add(self, day: date | None, *texts: Text) -> None:
        """Count the words of texts that were published on ``day``; drafts of machines are not published."""
        for text in texts if day else ():
            for tag in WRITTEN:
                said = text.words(tag)
                if day and said and text.state(tag) is not TextState.MACHINE_DRAFT:
                    self.words.setdefault(day.year, Counter())[tag] += len(said.split())

    @property
    def years(self) -> list[int]:
        """The years in which anything was published, earliest first."""
        return sorted(self.words)

    @property
    def total(self) -> Counter[str]:
        """The words of all years."""
        return sum(self.words.values(), Counter())

    def share(self, counts: Counter[str], tag: str) -> Decimal:
        """Tell how many per cent were in a language, to the nearest whole one."""
        whole = Decimal(100 * counts[tag]) / max(1, counts.total())
        return whole.quantize(Decimal(1), ROUND_HALF_UP)


def shares_of(facts: Facts, sub_projects: Iterable[SubProjectFacts]) -> Shares:
    """Count the words of the texts that facts know, each under the year in which it was published."""
    shares = Shares()
    for gathering in facts.gatherings:
        if gathering.start <= facts.day:
            shares.add(
                gathering.start, gathering.title, gathering.topic, *(each.words for each in gathering.statements)
            )
    for each in sub_projects:
        for day, texts in _published(each):
            shares.add(day, *texts)
    return shares


def _published(each: SubProjectFacts) -> Iterator[tuple[date | None, tuple[Text, ...]]]:
    """Walk the texts of a sub-project, each with the day from which it could be read."""
    yield each.start, (each.title, each.purpose)
    statuses = {status.key: status for status in (each.previous, each.current) if status}
    for status in statuses.values():
        yield status.day, (status.summary, status.achieved, status.next_steps, status.support_needs)
    for assessment in each.assessments:
        yield assessment.day, (assessment.words,)
    for indicator in each.indicators:
        if target := indicator.new_target:
            yield target.day, (target.words,)


def blocks(shares: Shares, speech: Speech) -> Iterator[Block]:
    """Show the shares as bars with their figures, and name the rule."""
    heads = (_("Year"), _("Words in Bokmål"), _("Words in Nynorsk"), _("Share of Bokmål"), _("Share of Nynorsk"))
    columns = tuple(Column(speech.say(head), "end" if place else "start", 2) for place, head in enumerate(heads))
    table = Table(speech.say(_("Bokmål and Nynorsk by year, in figures")), columns, tuple(_rows(shares, speech)))
    bars = Bars(tuple(_bar(year, shares.words[year], speech) for year in shares.years))
    yield Chart(speech.say(_("Published words by year")), speech.say(_told(shares)), bars, table)
    yield Note(speech.say(_rule()))


def _bar(year: int, counts: Counter[str], speech: Speech) -> Bar:
    names = {"nb": _("Bokmål"), "nn": _("Nynorsk")}
    return Bar(speech.plain(str(year)), tuple(Part(speech.say(names[tag]), counts[tag]) for tag in WRITTEN))


def _rows(shares: Shares, speech: Speech) -> Iterator[Row]:
    for year in shares.years:
        counts = shares.words[year]
        figures = (speech.number(counts[tag]) for tag in WRITTEN)
        parts = (speech.say(_("{share} %").fill(share=shares.share(counts, tag))) for tag in WRITTEN)
        yield Row((speech.plain(str(year)), *figures, *parts))


def _told(shares: Shares) -> Message:
    """Say how much of all was in Nynorsk, and in how many years one of the two stayed under the mark."""
    share = shares.share(shares.total, "nn")
    under = sum(1 for counts in shares.words.values() if min(shares.share(counts, tag) for tag in WRITTEN) < MARK)
    if not under:
        return _("{share} % of all words are in Nynorsk. In every year both reach {mark} %.").fill(
            share=share, mark=MARK
        )
    words = _n(
        "{share} % of all words are in Nynorsk. In {count} year one of the two stays under {mark} %.",
        "{share} % of all words are in Nynorsk. In {count} years one of the two stays under {mark} %.",
        under,
    )
    return words.fill(share=share, mark=MARK)


def _rule() -> Message:
    rule = _(
        "By section 13 of the Language Act, central state bodies use at least {mark} % of each in what anyone can read, over time."
    )
    scope = _("Municipalities and projects are not bound by it; to them it is a measure.")
    counted = _("Counted are the texts that a report knows, such as the latest two statuses of each sub-project.")
    return follow((rule.fill(mark=MARK), scope, counted))


def told_in_summary(telling: Telling) -> Iterator[Block]:
    """Tell the shares in the status summary, where anything has been written in Nynorsk."""
    shares = shares_of(telling.facts, telling.sub_projects())
    if shares.total["nn"]:
        heading = Heading(telling.speech.say(_("Bokmål and Nynorsk")), 1, "malform")
        yield Section(heading, tuple(blocks(shares, telling.speech)))


class Malform(Page):
    """The shares of the two written languages, year by year."""

    key = "no-malform"
    title = _("Bokmål and Nynorsk")
    readers = "everyone"

    def document(self, facts: Facts, speech: Speech) -> Document:
        """Tell the shares on the day of ``facts``."""
        shares = shares_of(facts, facts.sub_projects)
        nothing = Note(speech.say(_("Nothing has been published in Bokmål or Nynorsk yet.")))
        return Document(
            key=self.key,
            title=speech.say(self.title),
            owner=speech.name(facts.consortium.name),
            languages=speech.languages,
            day=facts.day,
            period=speech.say(_("On {day}").fill(day=facts.day)),
            details=Details(((speech.say(_("Date")), speech.day(facts.day)),)),
            fingerprint=facts.fingerprint,
            blocks=tuple(blocks(shares, speech)) if shares.words else (nothing,),
        )


def sections() -> Iterator[SectionAddition]:
    """Walk the sections that are added to reports of others."""
    yield SectionAddition(
        key="no-malform-summary",
        title=_("Bokmål and Nynorsk"),
        report="status-summary",
        place="before",
        chapter="texts",
        tell=told_in_summary,
    )
