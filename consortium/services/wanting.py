"""Counts the texts of sub-projects that their readers still want: missing or outdated ones."""

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from consortium.models import Assessment, Indicator, Milestone, StatusUpdate, SubProject, TextIndex


def count_wanting(tags: Sequence[str], update: Any) -> ColumnElement[int]:
    """Count for a sub-project how many of its texts, and of what it consists of, are wanted in some languages.

    :param tags: of the consortium
    :param update: the status whose texts count
    """
    home = TextIndex.consortium_id == SubProject.consortium_id
    is_wanted = (home, TextIndex.language.in_(tags), TextIndex.waits())
    lines: Any = select(func.count()).select_from(TextIndex).where(*is_wanted)
    parts = [
        lines.where(TextIndex.entity == kind.__tablename__, TextIndex.entity_id == number)
        for kind, number in ((SubProject, SubProject.id), (StatusUpdate, update.id))
    ]
    parts += [
        lines.where(TextIndex.entity == kind.__tablename__, TextIndex.entity_id.in_(_parts_of(kind)))
        for kind in (Milestone, Indicator, Assessment)
    ]
    return reduce(add, (part.correlate(SubProject, update).scalar_subquery() for part in parts))


def _parts_of(kind: Any) -> Select[int]:
    return select(kind.id).where(kind.sub_project_id == SubProject.id).correlate(SubProject)
