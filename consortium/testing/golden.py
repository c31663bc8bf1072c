"""Golden files: what a document should say, kept beside the tests, and compared word by word."""

from difflib import unified_diff
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pytest

from consortium.documents import Document
from consortium.plugins import front_desk

#: lines of a difference that are told
MOST_TOLD = 60


class Golden(Protocol):
    """Compares a document, or bytes, with the file of that name in the folder ``golden`` beside the test."""

    def __call__(self, made: Document | bytes, name: str) -> None:
        """Compare; the ending of ``name`` says in which format a document is written."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let whoever runs the tests accept what is new."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew from what is made now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Give a function that compares with golden files: ``golden(document, "fjellrapport.md")``."""
    folder = request.path.parent / "golden"
    is_updating = bool(request.config.getoption("--update-golden"))

    return lambda made, name: compare(made, folder / name, is_updating=is_updating)


def compare(made: Document | bytes, path: Path, *, is_updating: bool = False) -> None:
    """Compare what was made with a golden file, or write that anew."""
    found = written(made, path.suffix.lstrip(".")) if isinstance(made, Document) else made
    if is_updating:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(found)
    elif not path.is_file():
        pytest.fail(f"There is no {path}. Run pytest --update-golden, and read what it writes.", pytrace=False)
    elif path.read_bytes() != found:
        pytest.fail(difference(path, found), pytrace=False)


def written(document: Document, format_: str) -> bytes:
    """Write a document into memory.

    :raises NotFound: if there is no such format
    """
    file = BytesIO()
    front_desk().writer(format_).write(document, file)
    return file.getvalue()


def difference(path: Path, found: bytes) -> str:
    """Say line by line how ``found`` differs from a golden file, and what to do."""
    told = f"{path.name} says something else now. If that is right: pytest --update-golden, and read the change before you keep it."
    try:
        old, new = path.read_bytes().decode(), found.decode()
    except UnicodeDecodeError:
        return f"{told}\nThe file has {path.stat().st_size} bytes; {len(found)} were made."
    lines = list(unified_diff(old.splitlines(), new.splitlines(), f"golden/{path.name}", "made now", lineterm="", n=2))
    if not lines:
        return f"{told}\nOnly the ends of lines differ."
    more = [f"… and {len(lines) - MOST_TOLD} more lines"] if len(lines) > MOST_TOLD else []
    return "\n".join([told, *lines[:MOST_TOLD], *more])
