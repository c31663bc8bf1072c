"""Runs the typesetter as a program of its own, with our templates and fonts and nothing else of this machine."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from consortium.errors import ConsortiumError
from consortium.i18n.message import _
from consortium.scratch import scratch_folder

#: the package of each family, and the files of it that the templates need: the packages hold 48, each face twice
FONTS = {
    "font_source_sans_pro": (
        "SourceSansPro-Regular",
        "SourceSansPro-It",
        "SourceSansPro-Semibold",
        "SourceSansPro-SemiboldIt",
    ),
    "font_source_serif_pro": ("SourceSerifPro-Regular", "SourceSerifPro-It"),
}


class PdfProblem(ConsortiumError):
    """A PDF, or a picture, that could not be made."""


def typeset(data: dict[str, Any], template: str) -> bytes:
    """Set ``data`` by one of our templates, and return what the typesetter writes.

    :raises PdfProblem: if the packages for it are missing, or Typst refuses the data
    """
    if not all(map(find_spec, ("typst", *FONTS))):
        raise PdfProblem(
            _("The packages that make a PDF are missing. Install them with: pip install 'consortium[pdf]'")
        )
    with scratch_folder() as folder:
        for part in _parts(template):
            with part.open("rb") as source, (folder / part.name).open("wb") as copy:
                shutil.copyfileobj(source, copy)
        return _run(json.dumps(data, ensure_ascii=False), folder, template)


def _parts(template: str) -> Iterable[Traversable]:
    house = files("consortium.writers")
    yield from (house / template, house / "typesetter.py")
    for package, names in FONTS.items():
        yield from (files(package) / "files" / f"{name}.otf" for name in names)


def _run(data: str, folder: Path, template: str) -> bytes:
    # isolated, so that no module of the current folder is taken for one of Python's
    command = [sys.executable, "-I", str(folder / "typesetter.py"), str(folder / template)]
    done = subprocess.run(command, input=data.encode("utf-8", "replace"), capture_output=True, check=False)  # noqa: S603  # our own program
    if done.returncode:
        # the last line: what Typst says is one, of a traceback it is the error
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] or f"exit code {done.returncode}"
        raise PdfProblem(
            _("The PDF could not be made: {reason}. Choose another format, and tell whoever runs this.").fill(
                reason=reason
            )
        )
    return done.stdout
