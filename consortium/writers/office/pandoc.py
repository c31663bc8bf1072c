"""From a document to the parts of an office file, which pandoc makes, and from its dressed parts to one file."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from consortium.errors import ConsortiumError
from consortium.i18n.message import _
from consortium.writers.office.tree import Node

#: a zip knows no earlier day; it stands for all parts, so that the same document gives the same bytes
_DAY = (1980, 1, 1, 0, 0, 0)


class OfficeProblem(ConsortiumError):
    """A document for an office program that could not be made."""


def parts_of(tree: Node, format: str) -> dict[str, bytes]:
    """Let pandoc make a file of ``format``, and return its parts by name.

    :raises OfficeProblem: if the package is missing, or pandoc refuses the document
    """
    pandoc = program()
    # it reads no file but what it is given, and no defaults from a folder of the user's
    command = [pandoc, "--sandbox", f"--data-dir={Path(pandoc).parent}", "--from=json", f"--to={format}", "--output=-"]
    given = json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")
    done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603  # our own program
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] or f"exit code {done.returncode}"
        raise OfficeProblem(
            _("The document could not be made: {reason}. Choose another format, and tell whoever runs this.").fill(
                reason=reason
            )
        )
    with ZipFile(BytesIO(done.stdout)) as made:
        return {name: made.read(name) for name in made.namelist()}


def program() -> str:
    """Find the pandoc of our own package: another one on this machine would make other bytes.

    :raises OfficeProblem: if the package is missing
    """
    package = find_spec("pypandoc")
    folder = str(Path(package.origin).parent / "files") if package and package.origin else ""
    if not (found := shutil.which("pandoc", path=folder) if folder else None):
        raise OfficeProblem(
            _("The package that makes DOCX and ODT is missing. Install it with: pip install 'consortium[office]'")
        )
    return found


def pack(parts: Mapping[str, bytes], file: BinaryIO, *, first: str, is_plain: bool = False) -> None:
    """Write ``parts`` into one file; ``first`` tells what kind of file it is, ``is_plain`` that it must be readable as it lies."""
    with ZipFile(file, "w") as made:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            entry = ZipInfo(name, _DAY)
            entry.compress_type = ZIP_STORED if is_plain and name == first else ZIP_DEFLATED
            entry.create_system = 0  # else it would tell the kind of machine
            made.writestr(entry, parts[name])
