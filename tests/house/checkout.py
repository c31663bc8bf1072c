"""What the house rules look at: the files of this checkout."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(folder for folder in (ROOT / "plugins").iterdir() if (folder / "pyproject.toml").is_file())

#: the rooms of the house, each a package
PACKAGES = (ROOT / "consortium", ROOT / "admin" / "consortium_admin", *(f / f"consortium_{f.name}" for f in PLUGINS))


def name_of(path: Path) -> str:
    """Say where a file lies, from the checkout's own folder on."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: Path) -> Iterator[Path]:
    """Walk the modules in ``folders``, in all rooms unless told otherwise; not the steps of migrations."""
    for folder in folders or PACKAGES:
        yield from (path for path in sorted(folder.rglob("*.py")) if path.parent.name != "versions")


@cache
def tree(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def told(rule: str, found: Iterable[object]) -> str:
    """Say what to do, and where, a line each."""
    return "\n  ".join([rule, *map(str, found)])
