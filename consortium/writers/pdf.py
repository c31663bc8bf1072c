"""The PDF writer: Typst sets the document by our own template, tagged for readers aloud and for archives."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from consortium.documents import Document, Writer
from consortium.errors import ConsortiumError
from consortium.hook import hookimpl
from consortium.i18n.message import _
from consortium.writers.pdf_data import pdf_data

#: the package of each family, and the files of it that the template needs: the packages hold 48, each face twice
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
    """A PDF that could not be made."""


class PdfWriter(Writer):
    """Writes a document as a tagged PDF on A4."""

    key = "pdf"
    media_type = "application/pdf"

    def write(self, document: Document, file: BinaryIO) -> None:
        """Write ``document`` into ``file``; the whole is in memory at once, most of it in another process.

        :raises PdfProblem: if the packages for PDF are missing, or Typst refuses the document
        """
        if not all(map(find_spec, ("typst", *FONTS))):
            raise PdfProblem(
                _("The packages that make a PDF are missing. Install them with: pip install 'consortium[pdf]'")
            )
        data = json.dumps(pdf_data(document), ensure_ascii=False)
        with TemporaryDirectory(prefix="consortium-") as folder:
            for part in _parts():
                with part.open("rb") as source, Path(folder, part.name).open("wb") as copy:
                    shutil.copyfileobj(source, copy)
            file.write(_typeset(data, folder))


def _parts() -> Iterable[Traversable]:
    """List what the typesetter needs: our template and the fonts, and nothing else from this machine."""
    house = files("consortium.writers")
    yield from (house / "report.typ", house / "typesetter.py")
    for package, names in FONTS.items():
        yield from (files(package) / "files" / f"{name}.otf" for name in names)


def _typeset(data: str, folder: str) -> bytes:
    # isolated, so that no module of the current folder is taken for one of Python's
    command = [sys.executable, "-I", str(Path(folder, "typesetter.py")), folder]
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


@hookimpl
def consortium_writers() -> Iterable[Writer]:
    """Bring the PDF writer."""
    yield PdfWriter()
