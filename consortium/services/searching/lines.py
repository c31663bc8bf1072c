"""The lines of the text index with some words: by them any list can be limited."""

from typing import Any

from sqlalchemy import ColumnElement, false, select

from consortium.models import Record, TextIndex
from consortium.models.dialect import has_stems
from consortium.models.indexing import TITLE
from consortium.services.policy import Principal, visible
from consortium.services.searching.sought import units_of
from consortium.texts.glossary import Glossary


def words_in(principal: Principal, kind: type[Record], number: Any, words: str) -> ColumnElement[bool]:
    """Return the criterion that all ``words`` begin in one text or name of the record of ``kind`` with a number.

    :raises InvalidValue: if the words are too many
    """
    units = units_of(words, Glossary(()))
    if not units:
        return false()
    found = has_stems(TextIndex, [unit.ways for unit in units], ("", TITLE))
    own = (TextIndex.entity == kind.__tablename__, visible(principal, TextIndex))
    within: ColumnElement[bool] = number.in_(select(TextIndex.entity_id).where(found, *own))
    return within
