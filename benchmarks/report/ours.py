"""Our own jobs: the facts, the document with all its blocks, and each format."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.data import DAY
from benchmarks.report.worker import Write
from consortium.documents import Block, Section, Table
from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.policy import operator
from consortium.services.reporting import Order, make_document, write_report
from consortium.testing import counted

#: what is measured: all of the status summary; and the short one, which tells what the raw stream does, and a little more
WHOLE = Order(languages="nb+sv", day=DAY, since="update-before")
ORDERS = {"": WHOLE, "short": replace(WHOLE, report="short-summary")}


def job(name: str) -> Write:
    """Find a job by its name: ``facts``, ``document`` or a format, after ``short-`` for the short summary."""
    kind, _dash, what = name.rpartition("-")
    return partial(_part if what in {"facts", "document"} else _write, what, ORDERS[kind])


def _part(what: str, order: Order, url: str, _target: Path) -> int:
    """Gather the facts, and for the document walk all its blocks too."""
    database, me = Database(url), operator("bench")
    with counted(database) as statements, database.read() as session:
        document = make_document(session, me, consortium=find_consortium(session, me), order=order)
        if what == "document":
            _walk(document.blocks)
    return len(statements)


def _walk(blocks: Iterable[Block]) -> None:
    for block in blocks:
        if isinstance(block, Section):
            _walk(block.blocks)
        elif isinstance(block, Table):
            for _row in block.rows:
                pass


def _write(what: str, order: Order, url: str, target: Path) -> int:
    database, me = Database(url), operator("bench")
    with counted(database) as statements, database.read() as session:
        write_report(session, me, consortium=find_consortium(session, me), path=target, order=order, format=what)
    return len(statements)
