"""Scripts in every text: a browser shows them as words, and runs none."""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from consortium.models import Base, Database, TextIndex
from consortium.models.columns import TextColumn
from consortium.texts import Text
from tests.browser.conftest import Open, served, with_example
from tests.matrix.corpora import own, payloads

#: the columns of plain words that people write
PLAIN = {
    ("person", "name"), ("gathering", "place"), ("agenda_item", "contributor"), ("attendance", "reason"),
    ("consortium", "programme"),
}  # fmt: skip

#: whatever a script would do to be seen, it is noted
TRAP = """for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => { window.__pwned = name; };"""

#: elements and attributes that only somebody else can have put there
FOREIGN = """() => [...document.querySelectorAll("body *")].filter(e =>
  ["SCRIPT", "IFRAME", "OBJECT", "EMBED", "BASE", "STYLE", "MATH", "MARQUEE", "AUDIO", "VIDEO"].includes(e.tagName.toUpperCase())
  && !(e.tagName === "SCRIPT" && (e.src || "").includes("/look/"))
  || [...e.attributes].some(a => a.name.startsWith("on") || /^\\s*(javascript|data:text|vbscript)/i.test(a.value) && a.name !== "value")
).map(e => e.outerHTML.slice(0, 120))"""

PAGES = (
    ("/tasks/", "staff"), ("/sub-projects/", "staff"), ("/sub-projects/details/?id=DP-03", "staff"),
    ("/sub-projects/edit/?id=DP-03", "staff"), ("/gatherings/details/?id=samling-2026-1", "staff"),
    ("/statements/round/?id=samling-2026-1", "staff"), ("/attendance/all/?id=digital-2026-1", "staff"),
    ("/capacities/new/", "staff"), ("/people/", "staff"), ("/approvals/", "staff"), ("/unreported/", "staff"),
    ("/reports/", "staff"), ("/search/?q=recovery", "staff"), ("/status/DP-05/", "frida-tallvind"),
    ("/milestones/history/?id=DP-01-M1", "staff"),
)  # fmt: skip


def nasty() -> tuple[str, ...]:
    """Choose those payloads that run by themselves, wherever they get through."""
    runs = ("<script", "onerror", "onload", "onfocus", "ontoggle", "srcdoc", "javascript:")
    return tuple(words for words in (*own("scripts"), *payloads(50)) if any(each in words for each in runs))[:90]


def plant(database: Database) -> int:
    """Put a payload in the place of every version of every text, and of every plain name."""
    words, count = cycle(nasty()), 0
    with database.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, TextColumn) or (table.name, column.name) in PLAIN:
                    count += _plant_column(connection, table, column, words)
        for line in connection.execute(select(TextIndex.id).where(TextIndex.state != "missing")).scalars().all():
            connection.execute(update(TextIndex).where(TextIndex.id == line).values(words=next(words)))
    return count


def _plant_column(connection: Connection, table: Any, column: Any, words: Iterator[str]) -> int:
    rows = [(number, kept) for number, kept in connection.execute(select(table.c.id, column)).all() if kept]
    for number, kept in rows:
        now = _spoilt(kept, words) if isinstance(kept, Text) else next(words)[:200]
        connection.execute(update(table).where(table.c.id == number).values({column.name: now}))
    return len(rows)


def _spoilt(text: Text, words: Iterator[str]) -> Text:
    kept: dict[str, Any] = text.to_json()
    said = {tag: {**version, "words": next(words)} for tag, version in kept["versions"].items()}
    return Text.from_json({**kept, "versions": said})


@pytest.fixture(scope="module")
def spoilt_site(tmp_path_factory: pytest.TempPathFactory, example_file: Path) -> Iterator[str]:
    database = with_example(tmp_path_factory.mktemp("payloads"), example_file)
    assert plant(database) > 500
    with served(database) as address:
        yield address


@pytest.mark.parametrize(("path", "who"), PAGES)
def test_no_script_in_a_text_runs(look: Open, spoilt_site: str, path: str, who: str) -> None:
    page = look("/accessibility/", site=spoilt_site, who=who)  # whose complaints fail the test
    page.add_init_script(TRAP)

    page.goto(path)
    page.mouse.move(640, 450)
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")

    assert "<" in page.locator("main").inner_text()
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate(FOREIGN) == []


def test_no_script_in_a_name_runs_where_a_field_proposes_names(look: Open, spoilt_site: str) -> None:
    page = look("/accessibility/", site=spoilt_site, who="staff")
    page.add_init_script(TRAP)
    page.goto("/capacities/new/")

    for field in page.locator("input[data-lookup]").all():
        field.press_sequentially("al", delay=20)
        page.wait_for_timeout(400)

    assert page.evaluate("window.__pwned") is None
    assert page.evaluate(FOREIGN) == []


def test_no_script_that_was_typed_runs_when_it_is_offered_back(look: Open, spoilt_site: str) -> None:
    page = look("/status/DP-05/", site=spoilt_site, who="frida-tallvind")
    page.evaluate(TRAP)
    for name, words in zip(("summary", "achieved", "next_steps"), nasty(), strict=False):
        page.locator(f"#{name}").fill(words)
    page.wait_for_function("() => localStorage.length === 1")
    page.add_init_script(TRAP)

    page.reload()
    page.locator("[data-use]").click()

    assert page.locator("#summary").input_value() == nasty()[0]
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate(FOREIGN) == []
    assert json.loads(page.evaluate("JSON.stringify(Object.values(localStorage))"))
