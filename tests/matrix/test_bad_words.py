"""Strange words that are kept: they stand in every page as they were written, and change the shape of none.

Two worlds are filled by the same forms with the same strings; in the second one what means something in HTML is replaced by
signs that look like it. Every page of the one must then have the elements and attributes of the other.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from consortium.errors import InvalidValue
from consortium.models import StatusUpdate
from consortium.services.codes import known_plain
from consortium.testing import TODAY
from consortium.texts import normal_words
from tests.admin.desk import Fields
from tests.admin.page import Page
from tests.matrix.conftest import IS_WHOLE
from tests.matrix.corpora import everything, harmless, own
from tests.matrix.filling import SHOWING, Own, own_world
from tests.matrix.shape import faults, shape

#: records that are added of each kind
ROUNDS = 16 if IS_WHOLE else 4

#: of each kind: its address, its key or what its key is made of, its other fields, its texts, and its plain values
KINDS: tuple[tuple[str, str, dict[str, str], tuple[str, ...], tuple[str, ...]], ...] = (
    ("sub-projects", "ny-{}", {"partners": "partner-a"}, ("title", "purpose"), ()),
    ("gatherings", "ny-{}", {"kind": "project_gathering", "start": "2026-05-04", "end": "2026-05-04"}, ("title", "topic"), ("place",)),
    ("agenda", "samling:{}", {"gathering": "samling", "place": "{}"}, ("title",), ("contributor",)),
    ("series", "ny-{}", {"kind": "project_gathering"}, ("name",), ()),
    ("organisations", "ny-{}", {"type": "municipality", "country": "NO"}, ("name",), ()),
    ("people", "ny-{}", {"language": "nb"}, (), ("name",)),
    ("milestones", "ny-{}", {"sub_project": "DP-A1", "due": "2026-09-01"}, ("title",), ()),
    ("indicators", "ny-{}", {"sub_project": "DP-A1", "level": "output"}, ("name", "unit"), ()),
    (
        "indicator-values", "i-A1:reading:2026-04-{:02}",
        {"indicator": "i-A1", "kind": "reading", "day": "2026-04-{:02}", "value": "3"}, ("words",), (),
    ),
    (
        "assessments", "tema:DP-A1:2026-04-{:02}",
        {"theme": "tema", "sub_project": "DP-A1", "day": "2026-04-{:02}", "degree": "high"}, ("words",), (),
    ),
    ("themes", "ny-{}", {}, ("name", "question"), ()),
    ("terms", "ny-{}", {"kind": "term"}, ("words", "avoid"), ()),
    ("groups", "ny-{}", {}, ("name",), ()),
)  # fmt: skip


@dataclass
class Kept:
    """What was sent to be kept: the address of the record, and the words of each field."""

    at: str
    key: str
    fields: dict[str, str]


@dataclass
class Filled:
    """A world filled with strings.

    :ivar kept: what was kept
    :ivar refused: what was not
    """

    own: Own
    is_harmless: bool
    kept: list[Kept] = field(default_factory=list)
    refused: list[tuple[str, int]] = field(default_factory=list)

    def say(self, words: str) -> str:
        return harmless(words) if self.is_harmless else words

    def send(self, address: str, fields: dict[str, str]) -> TestResponse:
        return self.own.send(address, fields)

    def fill(self) -> None:
        words, plain = cycle(keepable()), cycle(filter(is_plain, keepable()))
        for number in range(1, ROUNDS + 1):
            for at, key, others, texts, values in KINDS:
                fields = {f"{name}.{tag}": self.say(next(words)) for name in texts for tag in ("nb", "sv")}
                fields |= {name: self.say(next(plain)) for name in values}
                given = {"key": key.format(number)} | {name: each.format(number + 1) for name, each in others.items()}
                answer = self.send(f"/{at}/new/", given | fields)
                self.note(answer, Kept(at, key.format(number + 1 if ":" in key else number), fields))
            lines = {f"{n}.words.{tag}": self.say(next(words)) for n in range(1, 5) for tag in ("nb", "sv")}
            told = {
                f"{n}.{name}": each
                for n in range(1, 5)
                for name, each in (("organisation", "partner-a"), ("kind", "tip"))
            }
            self.note(self.send("/statements/round/?id=samling", told | lines), Kept("", "", lines))
            self.report(number, words)
        fields = {f"name.{tag}": self.say(next(words)) for tag in ("nb", "sv")} | {"programme": self.say(next(plain))}
        self.note(self.send("/consortium/edit/?id=hjem", fields | {"version": "1"}), Kept("consortium", "hjem", fields))

    def report(self, number: int, words: Iterator[str]) -> None:
        """Send a status with words in all its fields, and ask back about it in others."""
        names = ("summary", "achieved", "next_steps", "support_needs")
        fields = {f"{name}{tag}": self.say(next(words)) for name in names for tag in ("", ".sv")}
        day = str(TODAY - timedelta(days=number))
        answer = self.send(
            "/status/DP-B1/", {"do": "send", "state": "on_track", "day": day, "language": "nb", **fields}
        )
        self.note(answer, Kept("", "", fields))
        if number % 2:
            return
        asked = {f"asked-{name}": self.say(next(words)) for name in names}
        with self.own.database.read() as session:
            key = session.scalars(select(StatusUpdate.key).order_by(StatusUpdate.id.desc())).first()
        form = {"decision": "return", "language": "nb", "version": "1", **asked}
        self.note(self.send(f"/approvals/status/?id={key}", form), Kept("", "", asked))

    def note(self, answer: TestResponse, kept: Kept) -> None:
        if answer.status_code == 303:
            self.kept.append(kept)
        else:
            self.refused.append((kept.at, answer.status_code))

    def pages(self) -> Iterator[str]:
        yield from SHOWING
        yield from (f"/{at}/" for at, *_others in KINDS)
        with self.own.database.read() as session:
            found = session.scalars(select(StatusUpdate).order_by(StatusUpdate.id.desc()).limit(4)).all()
        yield from (f"/approvals/status/?id={each.key}" for each in found)
        yield from (f"/sent/{each.key}/" for each in found if each.workflow == "submitted")
        for number, each in enumerate(self.kept):
            if each.key:
                names = ("details", "edit") if number % 3 else ("details", "edit", "history", "delete")
                yield from (
                    f"/{each.at}/{name}/?id={each.key}" for name in names if (each.at, name) != ("consortium", "delete")
                )


def keepable() -> tuple[str, ...]:
    """Return the strings that can be kept as they are, on one line or on several."""
    return tuple(filter(is_kept, dict.fromkeys((*own("scripts"), *own("templates"), *everything()))))


def is_kept(words: str) -> bool:
    try:
        return any(map(str.isalnum, normal_words(words)))
    except InvalidValue:
        return False


def is_plain(words: str) -> bool:
    return len(" ".join(normal_words(words).split())) <= 200


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Filled, Filled]]:
    with ExitStack() as both:
        made = []
        for is_harmless in (False, True):
            made.append(Filled(both.enter_context(own_world(tmp_path_factory.mktemp("words"))), is_harmless))
            made[-1].fill()
        yield made[0], made[1]


def test_strange_words_are_kept(worlds: tuple[Filled, Filled]) -> None:
    bad, good = worlds

    assert bad.refused == good.refused == []
    assert [each.key for each in bad.kept] == [each.key for each in good.kept]


def test_what_is_kept_is_the_normal_form_of_what_was_written(worlds: tuple[Filled, Filled]) -> None:
    bad, _good = worlds
    different = []
    for each in bad.kept:
        if not each.key:
            continue
        shown = dict(Fields(bad.own.get(f"/{each.at}/edit/?id={each.key}").text).pairs)
        for name, words in each.fields.items():
            expected = normal_words(words) if "." in name else known_plain(words)
            if shown.get(name, "") != expected:
                different.append((each.key, name, words, shown.get(name)))

    assert different == []


def test_strange_words_change_the_shape_of_no_page(worlds: tuple[Filled, Filled]) -> None:
    bad, good = worlds
    said = tuple({words for each in bad.kept for words in each.fields.values()})
    found, checks, count = [], 0, 0
    for address in bad.pages():
        one, other = bad.own.get(address), good.own.get(address)
        count += 1
        assert one.status_code == other.status_code == 200, address
        found += [f"{address}: {each}" for each in faults(one, said)]
        if shape(one) != shape(other) and (differing := Counter(shape(one)) - Counter(shape(other))):
            found.append(f"{address}: {differing}")
        text = _told(one)
        checks += sum(" ".join(words.split()) in text for words in said)

    assert found == []
    assert checks > 1000
    print(f"{count} pages, {checks} strings in them")  # a figure for whoever asks


def _told(response: TestResponse) -> str:
    page = Page(response)
    values = (value for each in page.elements for value in each.attributes.values())
    return " ".join((page.text, *(" ".join(each.split()) for each in values)))
