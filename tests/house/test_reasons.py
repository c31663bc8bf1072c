"""Whoever silences a tool says why, and nothing but the clock reads the time."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.checkout import ROOT, modules, name_of, told, tree

#: a suppression of one named thing, and a reason after it
REASONED = re.compile(
    r"#\s*(noqa: [A-Z]+\d+(, [A-Z]+\d+)*|type: ignore\[[\w, -]+\]|pragma: no cover|nosec \w+)  # \S.{3,}"
)
SUPPRESSION = re.compile(r"#.*\b(noqa|nosec|type:\s*ignore|pragma:\s*no ?cover|mypy:|pylint:|ruff:)")

FOLDERS = [ROOT / name for name in ("consortium", "admin", "plugins", "tests", "tools", "benchmarks")]

#: what tells the time, by the module or class it is asked of
TELLERS = {"today", "now", "utcnow", "localtime", "gmtime", "ctime", "time", "time_ns", "current_timestamp"}
ASKED = {"date", "datetime", "time", "func", "dt"}


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Walk the comments of a module with their lines."""
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def asks_for_the_time(node: ast.AST) -> bool:
    """Tell whether an expression such as ``datetime.now`` asks for the present time."""
    if not isinstance(node, ast.Attribute) or node.attr not in TELLERS:
        return False
    asked = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
    return asked in ASKED


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_whoever_silences_a_tool_says_why(folder: Path) -> None:
    unexplained = [
        f"{name_of(path)}:{line} {comment}"
        for path in sorted(folder.rglob("*.py"))
        for line, comment in comments(path)
        if SUPPRESSION.search(comment) and not REASONED.search(comment)
    ]

    assert not unexplained, told("Name the rule and say why, as in “# noqa: S608  # a name of ours”:", unexplained)


def test_nothing_but_the_clock_reads_the_time() -> None:
    readers = {
        f"{name_of(path)}:{getattr(node, 'lineno', 0)}"
        for path in modules()
        for node in ast.walk(tree(path))
        if asks_for_the_time(node) and name_of(path) != "consortium/clock.py"
    }

    assert not readers, told("Ask consortium.clock, which tests and the demo can stop:", sorted(readers))


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("datetime.now()", True),
        ("dt.datetime.utcnow()", True),
        ("time.time()", True),
        ("clock.now()", False),
        ("time.monotonic()", False),
    ],
)
def test_the_rule_on_the_clock_knows_who_tells_the_time(code: str, asks: bool) -> None:
    assert any(map(asks_for_the_time, ast.walk(ast.parse(code)))) is asks


def test_every_test_claims_something() -> None:
    empty = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules(ROOT / "tests", ROOT / "plugins")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant) and node.test.value
    ]

    assert not empty, told("An assertion that is always true claims nothing:", empty)
