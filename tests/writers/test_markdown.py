import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from consortium.documents import Block, Column, Document, Heading, Paragraph, Phrase, Row, Table
from consortium.writers.markdown import MarkdownWriter
from consortium.writers.office.pandoc import program
from tests.writers.samples import HOSTILE, blocks_of, document, every_block, say, section, written

TWO = ("nb", "sv")


def markdown(*blocks: Block, languages: tuple[str, ...] = ("nb",)) -> str:
    return written(MarkdownWriter(), document(*blocks, languages=languages)).decode()


def read(made: str) -> Any:
    """Read Markdown as another program does."""
    command = [program(), "--sandbox", "--from=gfm", "--to=json"]
    return json.loads(subprocess.run(command, input=made.encode(), capture_output=True, check=True).stdout)  # noqa: S603  # our own


def inlines(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and node.get("t") in ("Space", "SoftBreak", "LineBreak"):
        yield " "
    elif isinstance(node, dict) and node.get("t") == "Str":
        yield node["c"]
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from inlines(child)


def kinds(node: Any) -> Iterator[str]:
    if isinstance(node, dict | list):
        if isinstance(node, dict) and "t" in node:
            yield node["t"]
        for child in node.values() if isinstance(node, dict) else node:
            yield from kinds(child)


@pytest.mark.parametrize(
    "hostile",
    [*HOSTILE, "---", "===", "1. x", "+ x", "&amp;", ":smile:", "$x$", "http://x.no www.x.no a@b.no", "x #", "~~~"],
)
def test_what_people_write_stays_text(hostile: str) -> None:
    page = read(markdown(*blocks_of(hostile), Paragraph(say(hostile))))

    plain = " ".join("".join(inlines(page)).split())
    assert plain.count(" ".join(hostile.replace("\ufeff", "").split())) >= 7
    allowed = {*kinds(read(markdown(section(1), *blocks_of("x")))), "LineBreak", "Link"}
    assert set(kinds(page)) <= allowed | {"SoftBreak", "Space"}
    assert all(link["c"][2][0].startswith("#") for link in found(page, "Link"))


def found(node: Any, kind: str) -> Iterator[Any]:
    if isinstance(node, dict | list):
        if isinstance(node, dict) and node.get("t") == kind:
            yield node
        for child in node.values() if isinstance(node, dict) else node:
            yield from found(child, kind)


def test_a_table_is_one_and_its_figures_stand_to_the_right() -> None:
    table = Table(
        say("Alle"), (Column(say("Navn")), Column(say("Tall"), "end")), (Row((say("A|B"), say("1"))), Row(()))
    )

    assert "| Navn | Tall |\n| --- | ---: |\n| A\\|B | 1 |\n|  |  |\n" in markdown(table)


def test_one_language_stands_after_the_other_under_its_name() -> None:
    pair = Paragraph((Phrase("Hei", "nb"), Phrase("Hej", "sv")), (Phrase("Mål", "nb"), Phrase("Syfte", "sv")))

    made = markdown(pair, pair, languages=TWO)
    assert "*Norsk bokmål*\n\n**Mål:** Hei\n\n**Mål:** Hei\n\n*Svenska*\n\n**Syfte:** Hej\n\n**Syfte:** Hej\n" in made


def test_links_lead_where_other_programs_find_the_heading() -> None:
    rows = (Row((say("A"),), "one"), Row((say("B"),), "two"), Row((say("C"),), "nowhere"))
    heads = (Heading(say("Økt *trygghet*, nå!"), 2, "one"), Heading(say("Økt *trygghet*, nå!"), 2, "two"))
    page = read(markdown(Table(say("Alle"), (Column(say("Navn")),), rows), *heads))

    places = [head["c"][1][0] for head in found(page, "Header")][1:]
    assert [link["c"][2][0] for link in found(page, "Link")] == [f"#{place}" for place in places]


def test_every_word_is_said() -> None:
    made: Document = every_block(TWO)
    words = written(MarkdownWriter(), made).decode()

    assert [number for number in range(9, 57) if f"-ord-{number}" not in words] == []
