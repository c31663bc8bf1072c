"""Counts the texts of sub-projects that their readers still want: missing or outdated ones."""

from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, func, select

from consortium.models import Assessment, Consortium, Indicator, Milestone, StatusUpdate, SubProject, TextIndex
from consortium.texts import TextState

#: the states in which a text is wanted
WANTED = (TextState.MISSING, TextState.OUTDATED)


def count_wanting(consortium: Consortium, update: ColumnElement[int]) -> ColumnElement[int]:
    """Count for a sub-project how many of its texts, and of what it consists of, are wanted in the consortium's languages.

    :param update: the number of the status whose texts count
    """
    is_wanted = (TextIndex.language.in_(consortium.tags), TextIndex.state.in_(WANTED))
    lines: Any = select(func.count()).select_from(TextIndex).where(*is_wanted)
    parts = [
        lines.where(TextIndex.entity == kind.__tablename__, TextIndex.entity_id == number)
        for kind, number in ((SubProject, SubProject.id), (StatusUpdate, update))
    ]
    parts += [
        lines.join(kind, kind.id == TextIndex.entity_id)
        .where(TextIndex.entity == kind.__tablename__, kind.sub_project_id == SubProject.id)
        .correlate(SubProject)
        for kind in (Milestone, Indicator, Assessment)
    ]
    return reduce(add, (part.correlate(SubProject).scalar_subquery() for part in parts))
