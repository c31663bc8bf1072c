"""Workbooks: their layout, how they are made, read and imported."""

from consortium.services.importing.adopting import ImportResult, import_file
from consortium.services.importing.layout import Column, Sheet
from consortium.services.importing.sheets import LAYOUT
from consortium.services.importing.workbook import write_workbook

__all__ = ["LAYOUT", "Column", "ImportResult", "Sheet", "import_file", "write_workbook"]
