"""The PDF writer: Typst sets the document by our own template, tagged for readers aloud and for archives."""

from collections.abc import Iterable
from typing import BinaryIO

from consortium.documents import Document, Writer
from consortium.hook import hookimpl
from consortium.writers.pdf_data import pdf_data
from consortium.writers.typesetting import typeset


class PdfWriter(Writer):
    """Writes a document as a tagged PDF on A4."""

    key = "pdf"
    media_type = "application/pdf"

    def write(self, document: Document, file: BinaryIO) -> None:
        """Write ``document`` into ``file``; the whole is in memory at once, most of it in another process.

        :raises PdfProblem: if the packages for PDF are missing, or Typst refuses the document
        """
        file.write(typeset(pdf_data(document), "report.typ"))


@hookimpl
def consortium_writers() -> Iterable[Writer]:
    """Bring the PDF writer."""
    yield PdfWriter()
