"""Fills an empty database of any size in minutes: plain rows, past the recorder, with the index that it would have kept."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from benchmarks.admin.words import POOL, RARE, Said, pool, said
from benchmarks.rows import AT, text
from consortium.i18n.sorting import sort_key
from consortium.models.indexing import TITLE
from consortium.texts import Text
from consortium.texts.stems import marked, stems

Row = tuple[Any, ...]

#: the moment as the databases read it
MOMENT = AT.isoformat(sep=" ")

STATES = ("planned", "on_track", "at_risk", "delayed", "on_hold", "completed")

#: words in each text of a status update, so that one update has some 80 in each language; in the order of the index
LENGTHS = {"achieved": 25, "next_steps": 15, "summary": 30, "support_needs": 10}

MILESTONES, INDICATORS, READINGS = 3, 2, 4

#: so many sub-projects have a draft that waits
DRAFTS = 200

#: so many updates say the rare word
RARELY = 20

EMPTY = '{"versions": {}}'


@dataclass(frozen=True)
class Size:
    """How much there is: partners, sub-projects, and status updates in all."""

    name: str
    partners: int
    sub_projects: int
    updates: int

    @property
    def turns(self) -> int:
        """Updates of each sub-project."""
        return self.updates // self.sub_projects


SIZES = {
    each.name: each
    for each in (
        Size("small", 10, 30, 300),
        Size("consortium", 50, 500, 5_000),
        Size("programme", 500, 10_000, 100_000),
        Size("giant", 5_000, 100_000, 1_000_000),
    )
}


@dataclass(frozen=True)
class Batch:
    """Rows for a table, in the order of its columns."""

    table: str
    columns: Sequence[str]
    rows: Iterator[Row]


class Filling:
    """The rows of a database of one size; the same size gives the same rows."""

    def __init__(self, size: Size) -> None:
        self.size = size
        many = min(POOL, size.sub_projects)
        self.titles = pool(4, seed=1, size=many)
        self.purposes = pool(20, seed=2, size=many)
        self.milestones = [said(text(f"Milepæl {n} er nådd", f"Milstolpe {n} är nådd")) for n in range(MILESTONES)]
        self.names = [said(text(f"Deltakere {n}", f"Deltagare {n}")) for n in range(INDICATORS)]
        self.unit = said(text("personer", "personer"))
        self.texts = {name: pool(length, seed=length, size=many) for name, length in LENGTHS.items()}
        self.rare = self._rare()

    def _rare(self) -> list[Said]:
        made = (text(f"{RARE.capitalize()} lyser {n}.", f"Fyrlyktan lyser {n}.") for n in range(RARELY))
        return [said(each) for each in made]

    def batches(self) -> Iterator[Batch]:
        """Walk the tables, those that others refer to first."""
        own = ("consortium_id", "id", "key", "version", "changed_at")
        home = (said(text("Målestokk", "Måttstock")).raw, "", "nb,sv", 1, "bench", 1, MOMENT)
        yield Batch(
            "consortium", ("name", "programme", "languages", "id", "key", "version", "changed_at"), iter([home])
        )
        yield Batch("organisation", (*own, "name", "type", "country", "identifiers"), self._organisations())
        yield Batch("partner", (*own, "organisation_id", "joined"), self._partners())
        yield Batch("reporting_period", (*own, "start", "end", "due"), self._periods())
        yield Batch("sub_project", (*own, "key_order", "title", "purpose"), self._sub_projects())
        yield Batch("participation", ("sub_project_id", "place", "partner_id"), self._shares())
        yield Batch("milestone", (*own, "sub_project_id", "title", "due", "done"), self._milestones())
        named = ("sub_project_id", "name", "unit", "level", "baseline", "target")
        yield Batch("indicator", (*own, *named), self._indicators())
        yield Batch("indicator_value", (*own, "indicator_id", "kind", "day", "value", "words"), self._readings())
        told = ("sub_project_id", "day", "state", "workflow", *LENGTHS)
        yield Batch("status_update", (*own, *told), self._updates())
        line = ("entity", "entity_id", "field", "language", "consortium_id", "words", "stems", "sort_key", "state")
        yield Batch("text_index", ("id", *line), ((n, *row) for n, row in enumerate(self._lines(), 1)))

    def text_of(self, field: str, number: int) -> Said:
        """Choose the text of a field of an update."""
        every = max(1, self.size.updates // RARELY)
        if field == "summary" and number % every == every // 2 and number // every < RARELY:
            return self.rare[number // every]
        texts = self.texts[field]
        return texts[(number * 7919 + len(field)) % len(texts)]

    def title_of(self, number: int) -> Said:
        """Choose the title of a sub-project."""
        return self.titles[number * 31 % len(self.titles)]

    def _organisations(self) -> Iterator[Row]:
        for n in range(1, self.size.partners + 1):
            country = "NO" if n % 2 else "SE"
            yield *_own(n, f"o{n}"), _name(n).raw, "municipality", country, "{}"

    def _partners(self) -> Iterator[Row]:
        return ((*_own(n, f"o{n}"), n, "2025-01-01") for n in range(1, self.size.partners + 1))

    def _periods(self) -> Iterator[Row]:
        for n, start in enumerate((date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1)), 1):
            end = start + timedelta(days=180)
            yield *_own(n, f"{start}"), f"{start}", f"{end}", f"{end + timedelta(days=30)}"

    def _sub_projects(self) -> Iterator[Row]:
        for n in range(1, self.size.sub_projects + 1):
            purpose = self.purposes[n * 17 % len(self.purposes)].raw
            yield *_own(n, f"DP-{n}"), sort_key(f"DP-{n}", "en"), self.title_of(n).raw, purpose

    def _shares(self) -> Iterator[Row]:
        return ((n, 0, n % self.size.partners + 1) for n in range(1, self.size.sub_projects + 1))

    def _milestones(self) -> Iterator[Row]:
        for n in range(1, self.size.sub_projects + 1):
            for turn, title in enumerate(self.milestones):
                due = date(2025, 6, 1) + timedelta(days=200 * turn + n % 90)
                done = f"{due}" if (n + turn) % 2 else None
                own = _own((n - 1) * MILESTONES + turn + 1, f"DP-{n}-M{turn}")
                yield *own, n, title.raw, f"{due}", done

    def _indicators(self) -> Iterator[Row]:
        for n in range(1, self.size.sub_projects + 1):
            for turn, name in enumerate(self.names):
                own = _own((n - 1) * INDICATORS + turn + 1, f"DP-{n}-I{turn}")
                yield *own, n, name.raw, self.unit.raw, ("output", "result")[turn % 2], 0, 900_000

    def _readings(self) -> Iterator[Row]:
        days = [date(2025, 3, 1) + timedelta(days=110 * turn) for turn in range(READINGS)]
        number = 0
        for n in range(1, self.size.sub_projects * INDICATORS + 1):
            for turn, day in enumerate(days):
                number += 1
                yield *_own(number, f"I{n}:{day}"), n, "reading", f"{day}", 100_000 * turn, EMPTY

    def _updates(self) -> Iterator[Row]:
        chance = random.Random(2026)  # noqa: S311  # data, no secret
        days = [date(2025, 1, 15) + timedelta(days=50 * turn) for turn in range(self.size.turns)]
        number = 0
        for n in range(1, self.size.sub_projects + 1):
            for day in days:
                number += 1
                told = (self.text_of(name, number).raw for name in LENGTHS)
                yield *_own(number, f"DP-{n}:{day}"), n, f"{day}", chance.choice(STATES), "submitted", *told
        for n in range(1, min(DRAFTS, self.size.sub_projects) + 1):
            number += 1
            told = (self.text_of(name, n).raw for name in LENGTHS)
            yield *_own(number, f"DP-{n}:2026-06-10"), n, "2026-06-10", "on_track", "draft", *told

    def _lines(self) -> Iterator[Row]:
        """Walk the index in the order of its first index, so that it grows at its end."""
        home = said(text("Målestokk", "Måttstock"))
        yield from _text_lines("consortium", 1, "name", home, is_title=True, is_sorted=True)
        yield from self._figure_lines()
        for n in range(1, self.size.partners + 1):
            yield from _key_line("organisation", n, f"o{n}")
            yield from _name_lines(n)
        for n, start in enumerate(("2025-01-01", "2025-07-01", "2026-01-01"), 1):
            yield from _key_line("reporting_period", n, start)
        yield from self._update_lines()
        for n in range(1, self.size.sub_projects + 1):
            yield from _key_line("sub_project", n, f"DP-{n}")
            yield from _text_lines("sub_project", n, "purpose", self.purposes[n * 17 % len(self.purposes)])
            yield from _text_lines("sub_project", n, "title", self.title_of(n), is_title=True, is_sorted=True)

    def _figure_lines(self) -> Iterator[Row]:
        for n in range(1, self.size.sub_projects * INDICATORS + 1):
            turn = (n - 1) % INDICATORS
            yield from _key_line("indicator", n, f"DP-{(n - 1) // INDICATORS + 1}-I{turn}")
            yield from _text_lines("indicator", n, "name", self.names[turn], is_title=True, is_sorted=True)
            yield from _text_lines("indicator", n, "unit", self.unit)
        for n in range(1, self.size.sub_projects * MILESTONES + 1):
            turn = (n - 1) % MILESTONES
            yield from _key_line("milestone", n, f"DP-{(n - 1) // MILESTONES + 1}-M{turn}")
            yield from _text_lines("milestone", n, "title", self.milestones[turn], is_title=True)

    def _update_lines(self) -> Iterator[Row]:
        drafts = ((self.size.updates + n, n) for n in range(1, min(DRAFTS, self.size.sub_projects) + 1))
        for number, alike in chain(((n, n) for n in range(1, self.size.updates + 1)), drafts):
            for field in LENGTHS:
                yield from _text_lines("status_update", number, field, self.text_of(field, alike))


def _own(number: int, key: str) -> Row:
    return 1, number, key, 1, MOMENT


def _name(n: int) -> Said:
    return said(Text().write("nb", f"Kommune {n}", by="bench", at=AT))


def _name_lines(n: int) -> Iterator[Row]:
    """Write a name that there is in one language only: in the other one it is read from that."""
    words = f"Kommune {n}"
    for language, found_by, state in (("nb", marked(stems(words, "nb"), TITLE), "original"), ("sv", "", "missing")):
        yield "organisation", n, "name", language, 1, words, found_by, sort_key(words, language)[:400], state


def _key_line(entity: str, number: int, key: str) -> Iterator[Row]:
    yield entity, number, "key", "nb", 1, key, marked(stems(key, ""), TITLE), "", "original"


def _text_lines(
    entity: str, number: int, field: str, value: Said, *, is_title: bool = False, is_sorted: bool = False
) -> Iterator[Row]:
    for language, words, found_by, state in value.lines:
        key = sort_key(words, language)[:400] if is_sorted else ""
        yield entity, number, field, language, 1, words, marked(found_by, TITLE) if is_title else found_by, key, state
