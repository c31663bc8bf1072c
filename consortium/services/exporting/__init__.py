"""What leaves the house whole, and comes in again: JSON Lines, workbooks, CSV files."""

from consortium.services.exporting.adopting import import_lines
from consortium.services.exporting.writing import ENDINGS, export_records

__all__ = ["ENDINGS", "export_records", "import_lines"]
