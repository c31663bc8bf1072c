"""Editing by form: a form is a row of the workbook that is filled in on a page.

Its fields are the columns of the kind's sheet, with the same headings, help and rules; so what a form refuses, a
workbook refuses, in the same words. Unlike a cell, a field that is emptied takes its value away.
"""

from consortium.services.editing.clash import Clash, Differing
from consortium.services.editing.form import FIXED, form_of, load_record, present
from consortium.services.editing.removing import remove_record
from consortium.services.editing.row import FormRefused
from consortium.services.editing.saving import Saved, save_record

__all__ = [
    "FIXED",
    "Clash",
    "Differing",
    "FormRefused",
    "Saved",
    "form_of",
    "load_record",
    "present",
    "remove_record",
    "save_record",
]
