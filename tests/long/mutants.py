"""Mutants of the policy: each rule, each criterion and each part of them is taken away or turned round, and must be noticed.

pytest tests/long/mutants.py -s
"""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError

from consortium.models import Database
from consortium.services import policy
from consortium.testing import Make
from consortium.testing.databases import make as _make
from tests.services.policy_table import stage, wrong

SOURCE = Path(str(policy.__file__))

#: constants that are criteria too
CRITERIA = {"SHARED", "OF_SUB_PROJECT", "GUARDED", "_ROLES", "_NARROW"}

#: what says nothing about who may do what
WORDS = {"_VERBS", "__all__"}

TURNED = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def mutations(node: ast.AST) -> Iterator[ast.AST | None]:  # noqa: C901, PLR0912, PLR0915  # one step for each kind of node
    """Walk what ``node`` can be turned into."""
    if isinstance(node, ast.BoolOp):
        for place in range(len(node.values)):
            rest = [each for number, each in enumerate(node.values) if number != place]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield from (node.left, node.right)
        yield ast.BinOp(node.left, ast.BitOr() if isinstance(node.op, ast.BitAnd) else ast.BitAnd(), node.right)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    if isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED:
        yield ast.Compare(node.left, [TURNED[type(node.ops[0])]()], node.comparators)
    if isinstance(node, ast.Set | ast.Tuple | ast.List) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for place in range(len(node.elts)):
            mutant = copy.copy(node)
            mutant.elts = [each for number, each in enumerate(node.elts) if number != place]
            if mutant.elts or not isinstance(node, ast.Set):
                yield mutant
    if isinstance(node, ast.Dict):
        for place, key in enumerate(node.keys):
            if key is not None:
                pairs = [
                    pair for number, pair in enumerate(zip(node.keys, node.values, strict=True)) if number != place
                ]
                yield ast.Dict([name for name, _rule in pairs], [told for _name, told in pairs])
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    if isinstance(node, ast.If):
        yield ast.If(ast.Constant(False), node.body, node.orelse)
        yield ast.If(ast.Constant(True), node.body, node.orelse)
    if isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) not in {"true()", "false()"}:
        yield from (ast.Return(ast.Constant(value)) for value in (True, False))
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in {"or_", "any"}:
            yield from (ast.Call(node.func, [each], []) for each in node.args if len(node.args) > 1)
        if name in {"in_", "not_in"} and isinstance(node.func, ast.Attribute):
            other = "not_in" if name == "in_" else "in_"
            yield ast.Call(ast.Attribute(node.func.value, other, ast.Load()), node.args, [])
        if name in {"true", "false"}:
            yield ast.Call(ast.Name("false" if name == "true" else "true", ast.Load()), [], [])
        if name == "sign":
            yield ast.Constant(None)


def places(tree: ast.Module) -> Iterator[ast.AST]:
    """Walk the nodes of the policy that say who may do what."""
    for part in tree.body:
        name = part.name if isinstance(part, ast.FunctionDef) else _assigned(part)
        if isinstance(part, ast.FunctionDef) or name in CRITERIA:
            body: list[Any] = [*part.body] if isinstance(part, ast.FunctionDef) else [part.value]  # type: ignore[attr-defined]  # a constant
            for each in body:
                if not (isinstance(each, ast.Raise) or name in WORDS):
                    yield from ast.walk(each)


def _assigned(part: ast.AST) -> str:
    target = (
        part.target if isinstance(part, ast.AnnAssign) else part.targets[0] if isinstance(part, ast.Assign) else None
    )
    return target.id if isinstance(target, ast.Name) else ""


class Put(ast.NodeTransformer):
    """Puts a mutant in the place of the node with a number."""

    def __init__(self, old: ast.AST, new: ast.AST | None) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else self.generic_visit(node)


def policies() -> Iterator[tuple[str, Any]]:
    """Walk the mutants: what was changed, and the policy with that change, or the fault that keeps it from being one."""
    yield from _rules()
    words = SOURCE.read_text("utf-8")
    count = sum(1 for _node in places(ast.parse(words)))
    for number in range(count):
        node = _nth(words, number)[1]
        for which, _new in enumerate(list(mutations(node))):
            tree, old = _nth(words, number)
            new = list(mutations(old))[which]
            told = f"line {getattr(old, 'lineno', '?')}: {ast.unparse(old)[:60]!r} -> {ast.unparse(new)[:60] if new else None!r}"
            changed = ast.fix_missing_locations(Put(old, new).visit(tree))
            yield told, _module(changed)


def _nth(words: str, number: int) -> tuple[ast.Module, ast.AST]:
    tree = ast.parse(words)
    return tree, list(places(tree))[number]


def _rules() -> Iterator[tuple[str, Any]]:
    for key in list(policy.RULES):
        for told, rule in (("nobody", None), ("everybody", lambda _who, _thing: True)):
            made = _module(ast.parse(SOURCE.read_text("utf-8")))
            rules = dict(made.RULES)
            if rule is None:
                del rules[key]
            else:
                rules[key] = rule
            made.may.__globals__["RULES"] = rules
            yield f"{key[0]} {key[1].__name__}: {told}", made


def _module(tree: ast.Module) -> Any:
    inside: dict[str, Any] = {"__name__": "mutant"}
    try:
        exec(compile(tree, "mutant", "exec"), inside)  # noqa: S102  # our own policy, changed in one place
    except Exception as fault:
        return fault
    return SimpleNamespace(**{name: value for name, value in inside.items() if not name.startswith("__")})


def is_killed(mutant: Any, on: Any) -> bool:
    """Tell whether the table notices the mutant."""
    if isinstance(mutant, Exception):
        return True
    try:
        return next(wrong(mutant, on), None) is not None
    except (AttributeError, TypeError, KeyError, SQLAlchemyError):
        return True
    except Exception as fault:
        print("killed by", type(fault).__name__)
        return True


make = _make


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Give a database on SQLite alone: the criteria are the same words on both."""
    return sqlite


def test_every_mutant_of_the_policy_is_killed(make: Make) -> None:
    on = stage(make)
    assert list(wrong(policy, on)) == []

    survivors, count = [], 0
    for told, mutant in policies():
        count += 1
        if not is_killed(mutant, on):
            survivors.append(told)
            print("survived:", told, flush=True)

    print(f"{count} mutants of the policy, {count - len(survivors)} killed")
    assert survivors == []
