"""Records by the thousand, of every kind, with all the odd words that people and programs write; the same on every run."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consortium.models import Database
from consortium.texts import Text, normal_words
from tests.services.lines import WHOLE, Line, bring, taken, write

#: words that have been lost, changed or taken for something else, here or elsewhere
ODD = (
    "Áhkku čálii đas, ŋálbmi, šaddu, ŧ ja ž", "=1+1", "+47 22 22 22 22", "-5", "@Liv", "–", "-", "—", "'=A1", "=cmd|' /C calc'!A0",
    " foran og bak ", "to\nlinjer", "tre\r\nlinjer\rher", "linje\u2028skilt\u2029av\x85tegn", "tabulator\there",
    "a\u0308o\u0308a\u030a", "\u202eomvendt\u202c", "\u2066isolert\u2069", "familie 👨‍👩‍👧", "nøytral\u200bbredde\u200d", "\ufeffmerke",
    "1.234", "1 234,50", "−5", "3/2-26", "2026-02-03", "TRUE", "NULL", "nan", "0x1F", "1e999", "#REF!",
    "_x0041_", "_x005F_", "&amp;<b>\"'", "]]>", "%s {0} {name}", "\\n", "; DROP TABLE", "Z̷a̷l̷g̷o̷", "ß ſ K İ", "𝒜𐐷", "\ufffd",
    "å" * 32_000,
)  # fmt: skip

#: numbers and days at their ends
MEASURES = ("0", "-0.0001", "0.0001", "1000000000000", "-1000000000000", "999999999999.9999", "12.345")
AMOUNTS = ("0", "0.01", "1000000000000", "1250000.5", None)
DAYS = ("0001-01-01", "1582-10-15", "1899-12-31", "1900-02-28", "1904-01-01", "2024-02-29", "2026-06-15")
LAST = "9999-12-31"


class Inventor:
    """Invents records, each like one of the whole consortium, with other words, numbers and days."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # for tests

    def lines(self, count: int) -> Iterator[Line]:
        """Make ``count`` records or a few more, in the order of an export, each kind in turn."""
        plain = [line for line in WHOLE if line["record"] in _CHANGED]
        copies = -(-(count - len(WHOLE)) // len(plain))
        for kind in dict.fromkeys(line["record"] for line in WHOLE):
            own = [line for line in WHOLE if line["record"] == kind]
            more = [self._like(line, number) for line in own if kind in _CHANGED for number in range(max(copies, 0))]
            yield from _ordered([*own, *more])

    def _like(self, line: Line, number: int) -> dict[str, Any]:
        made = {name: self._said(name, value) for name, value in line.items()}
        made["key"] = f"{line['key']}–{number:05} {self.chance.choice('æøåÄÖčŋ=@+')}"
        for name, change in _CHANGED[line["record"]].items():
            made[name] = change(self.chance, number, made)
        return made

    def _said(self, name: str, value: Any) -> Any:
        if isinstance(value, dict) and "versions" in value:
            return self._text()
        return self._plain() if name in {"place", "contributor", "reason"} and isinstance(value, str) else value

    def _words(self) -> str:
        one, two = self.chance.choices(ODD, k=2)
        return normal_words(one if self.chance.random() < 0.5 else f"{one[:40]}{two[:40]}") or "–"

    def _plain(self) -> str:
        return " ".join(self._words()[:200].split())

    def _text(self) -> dict[str, Any]:
        text = Text().write("nb", self._words(), by="Liv Lind")
        if self.chance.random() < 0.6:
            text = text.translate("sv", self._words(), origin=self.chance.choice(["machine", "human"]), by="Al")
        if self.chance.random() < 0.3:
            text = text.write("nb", self._words())
        if self.chance.random() < 0.3:
            text = text.translate("en", self._words(), by="Eva").review("en", by="Eva Ek")
        plain: dict[str, Any] = json.loads(json.dumps(text.to_json(), sort_keys=True))
        return plain


def _day(chance: random.Random, _number: int, _made: Any) -> str:
    return chance.choice(DAYS)


def _measure(chance: random.Random, _number: int, _made: Any) -> str:
    return chance.choice(MEASURES)


def _last(_chance: random.Random, _number: int, _made: Any) -> str:
    return LAST


#: kinds of which there may be many, with the fields that differ beside keys and words
_CHANGED: dict[str, dict[str, Any]] = {
    "region_group": {},
    "person": {
        "name": lambda chance, number, _made: " ".join(f"{normal_words(chance.choice(ODD)[:60])} {number}".split())
    },
    "sub_project": {
        "amount": lambda chance, _number, _made: chance.choice(AMOUNTS),
        "currency": lambda _chance, _number, made: None if made["amount"] is None else "EUR",
        "start": _day,
        "end": _last,
    },
    "milestone": {"due": _last, "done": _day},
    "indicator": {"baseline": _measure, "target": _measure},
    "indicator_value": {"value": _measure, "day": _day},
    "assessment": {"day": _day},
    "gathering": {"start": _day, "end": _last, "number": lambda _chance, number, _made: number % 9999 + 1},
    "statement": {},
    "status_comment": {},
    "term_entry": {},
}


def _ordered(lines: list[Any]) -> list[Any]:
    """Put records in the order of an export: dated ones by their day, the others by their keys."""
    by_day = all("day" in line for line in lines)
    return sorted(lines, key=lambda line: line["day"] if by_day else line["key"].encode())


def passed_on(first: Database, second: Database, folder: Path, *, seed: int, count: int) -> set[bytes]:
    """Pass invented records on through two databases, twice into each; return what they were before and after each."""
    path = write(folder / "invented.jsonl", list(Inventor(seed).lines(count)))
    told = {path.read_bytes()}
    for place, database in enumerate((first, second)):
        bring(database, path)
        after = folder / f"{place}.jsonl"
        told.add(taken(database, after))
        assert bring(database, after).is_empty
        path = after
    return told
