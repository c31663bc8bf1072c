"""Small functions in small modules."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.house.checkout import PACKAGES, modules, name_of, told, tree

MEDIAN, MOST, LONGEST, MODULE = 8, 25, 50, 300


def lengths(*folders: Path) -> Iterator[tuple[int, str]]:
    """Tell how many lines each function has, its docstring and its decorators not counted."""
    for path in modules(*folders):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield _length(node), f"{name_of(path)}:{node.lineno} {node.name}"


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    said = node.body[0] if ast.get_docstring(node, clean=False) is not None else None
    documented = (said.end_lineno or said.lineno) - said.lineno + 1 if said else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - documented


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_functions_are_short(package: Path) -> None:
    found = list(lengths(package))
    if not found:
        pytest.fail(f"{package.name} has no function: is this its folder?")
    middle, short = median(size for size, _name in found), sum(size < MOST for size, _name in found) / len(found)

    assert middle <= MEDIAN, f"Half of the functions of {package.name} have more than {middle} lines: split some."
    assert short >= 0.9, f"Only {short:.0%} of the functions of {package.name} are under {MOST} lines: {max(found)[1]}"


def test_no_function_is_long() -> None:
    long = [f"{name} ({size} lines)" for size, name in lengths() if size > LONGEST]

    assert not long, told(f"Split what has more than {LONGEST} lines:", long)


def test_no_module_is_long() -> None:
    sizes = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    long = [f"{name} ({size} lines)" for name, size in sizes.items() if size > MODULE]

    assert not long, told(
        f"Give a topic of its own a module of its own, where there are more than {MODULE} lines:", long
    )
