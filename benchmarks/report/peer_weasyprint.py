"""WeasyPrint: the raw page as a PDF."""

from pathlib import Path

from weasyprint import HTML

from benchmarks.report.raw import write as write_raw


def write(url: str, target: Path) -> None:
    """Set the pages."""
    page = target.with_suffix(".html")
    write_raw(url, page)
    HTML(filename=page).write_pdf(target)
