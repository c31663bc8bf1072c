"""Typst alone: a table and paragraphs from data, in one document."""

import json
from pathlib import Path

import typst

from benchmarks.report.raw import Limit, both

_PAGE = """
#let told = json(bytes(sys.inputs.told))
#table(columns: 3, ..told.map(each => (each.at(0), each.at(1), each.at(5))).flatten())
#for each in told { heading(each.at(0)); for words in each.slice(1) { par(words) } }
"""


def write(url: str, target: Path) -> None:
    """Set the pages."""
    limit = Limit(url)
    rows = []
    for number, title, purpose, owner in limit.projects():
        current, *previous = limit.updates(number)
        before = [f"{previous[0][0]} {previous[0][1]}", both(previous[0][2])] if previous else ["", ""]
        now = [f"{current[0]} {current[1]}", *map(both, current[2:])]
        rows.append([both(title), both(owner), both(purpose), *before, *now])
    limit.connection.close()
    source = target.with_suffix(".typ")
    source.write_text(_PAGE, encoding="utf-8")
    typst.compile(str(source), output=str(target.with_suffix(".pdf")), sys_inputs={"told": json.dumps(rows)})
    target.with_suffix(".pdf").rename(target)
