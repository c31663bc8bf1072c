"""docxtpl: a Word file with tags, filled with the same words."""

from pathlib import Path
from typing import Any

from docx import Document
from docxtpl import DocxTemplate

from benchmarks.report.raw import Limit, both

_TOLD = ("title", "owner", "purpose", "before", "before_summary", "now", "summary", "achieved", "next_steps", "needs")


def write(url: str, target: Path) -> None:
    """Fill the template."""
    limit = Limit(url)
    rows = [_row(limit, *row) for row in limit.projects()]
    limit.connection.close()
    _template().save(str(target))
    whole = DocxTemplate(target)
    whole.render({"projects": rows}, autoescape=True)
    whole.save(target)


def _row(limit: Limit, number: int, title: str, purpose: str, owner: str) -> dict[str, Any]:
    current, *previous = limit.updates(number)
    before = [f"{previous[0][0]} {previous[0][1]}", both(previous[0][2])] if previous else ["", ""]
    said = [both(title), both(owner), both(purpose), *before, f"{current[0]} {current[1]}", *map(both, current[2:])]
    return dict(zip(_TOLD, said, strict=True))


def _template() -> Any:
    made = Document()
    table = made.add_table(rows=3, cols=3)
    table.cell(0, 0).text = "{%tr for each in projects %}"
    for place, name in enumerate(("title", "owner", "now")):
        table.cell(1, place).text = f"{{{{ each.{name} }}}}"
    table.cell(2, 0).text = "{%tr endfor %}"
    made.add_paragraph("{%p for each in projects %}")
    made.add_heading("{{ each.title }}", 2)
    for name in _TOLD[1:]:
        made.add_paragraph(f"{{{{ each.{name} }}}}")
    made.add_paragraph("{%p endfor %}")
    return made
