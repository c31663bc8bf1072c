"""Insists that every application shows the same rows and words before it is timed."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from benchmarks.admin.filling import RARELY
from benchmarks.admin.processes import Running
from benchmarks.admin.worker import Form
from consortium.models.dialect import sqlite_module

_ROWS = """
SELECT s.title_nb, p.name, s.state FROM peer_sub_project s JOIN peer_partner p ON p.id = s.partner_id
WHERE {where} ORDER BY s.place LIMIT 50
"""
_TEXTS = """
SELECT summary_nb, summary_sv, achieved_nb, achieved_sv, next_steps_nb, next_steps_sv, support_needs_nb, support_needs_sv
FROM peer_update WHERE id = ?
"""

#: so often a word that hardly any text is without must be on a page of hits
OFTEN = 10

#: what a browser is told when a form was kept
KEPT = frozenset({302, 303})


class Differs(AssertionError):
    """An application shows something else."""


def insist(running: Running, case: Mapping[str, Any], peers: str, *, often: int = OFTEN) -> None:
    """Insist on what an application shows.

    :param often: how many times a word that there is much of is shown at least

    :raises Differs: if rows or words are missing
    """
    for job, row in _rows(case, peers):
        page = _plain(_page(running, job))
        place = 0
        for words in row:
            found = page.find(_plain(words), place)
            if found < 0:
                raise Differs(f"{running.application.name}: “{words}” is missing in the page “{job}”, after {place}")
            place = found
    for number in range(RARELY):
        _has(running, "rare", rf"Fyrlykt[ae]n lyser {number}\.")
    for job, words in (("common", case["common"][:6]), ("two", case["two"][:9])):
        if len(re.findall(words, _plain(_page(running, job)), re.IGNORECASE)) < often:
            raise Differs(f"{running.application.name}: “{words}” is found too seldom")
    _insist_on_form(running, case, peers)


def _insist_on_form(running: Running, case: Mapping[str, Any], peers: str) -> None:
    said = {" ".join(words.split()) for words in Form(_page(running, "edit")).fields.values()}
    for words in _query(peers, _TEXTS, case["drafts"][0]["id"])[0]:
        if words not in said:
            raise Differs(f"{running.application.name}: “{words}” is missing in the form")
    if running.ask("save")["status"] not in KEPT:
        raise Differs(f"{running.application.name}: the form was not kept")


def _rows(case: Mapping[str, Any], peers: str) -> Iterator[tuple[str, list[str]]]:
    labels = case["labels"]
    state, partner = case["state"], case["partner"]
    wanted = {
        "list": "1",
        "middle": f"s.place > {case['before']}",
        "filter": f"s.state = '{state}' AND p.key = '{partner}'",
    }
    for job, where in wanted.items():
        rows = _query(peers, _ROWS.format(where=where))
        yield job, [words for title, name, code in rows for words in (title, name, labels[code])]


def _query(peers: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    connection = sqlite_module().connect(peers)
    found: list[tuple[Any, ...]] = connection.execute(statement, values).fetchall()
    connection.close()
    return found


def _page(running: Running, job: str) -> str:
    answer = running.ask(job)
    if answer["status"] != 200:  # noqa: PLR2004  # what a page that is there is answered with
        raise Differs(f"{running.application.name}: “{job}” is answered with {answer['status']}")
    return str(answer["page"])


def _has(running: Running, job: str, pattern: str) -> None:
    if not re.search(pattern, _plain(_page(running, job)), re.IGNORECASE):
        raise Differs(f"{running.application.name}: “{pattern}” is missing in the page “{job}”")


def _plain(page: str) -> str:
    """Take the words of a page; letters in one case, since some lists capitalise."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", page))).casefold()
