"""Adds themes, and assesses to what degree a sub-project promotes them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Assessment, Consortium, SubProject, Theme
from consortium.services.codes import known_code, known_key, known_made, known_past, one_consortium
from consortium.services.policy import Principal, Verb, demand
from consortium.services.texts import Written, new_text


def add_theme(
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    key: str,
    name: Written,
    question: Written | None = None,
) -> Theme:
    """Add a theme that all sub-projects are asked about, in the words of ``question``.

    :raises NotPermitted: if ``principal`` is not staff
    """
    theme = Theme(
        consortium_id=consortium.id,
        key=known_key(key),
        name=new_text(principal, name),
        question=new_text(principal, question),
    )
    demand(session, principal, Verb.ADD, theme)
    session.add(theme)
    session.flush()
    return theme


def assess(  # to what degree, in whose words, when
    session: Session,
    principal: Principal,
    *,
    theme: Theme,
    sub_project: SubProject,
    degree: str,
    words: Written | None = None,
    day: date | None = None,
) -> Assessment:
    """Add to what degree ``sub_project`` promotes ``theme`` on ``day``, today unless told otherwise.

    :param degree: not at all, to a low, to some or to a high degree, in any language
    :raises NotPermitted: if ``principal`` neither leads the sub-project nor is staff
    :raises InvalidValue: if there is already an assessment of that day, or the day is to come
    """
    one_consortium(theme, sub_project)
    day = day or clock.today()
    assessment = Assessment(
        consortium_id=sub_project.consortium_id,
        key=known_made(assessment_key(theme, sub_project, day)),
        theme=theme,
        sub_project=sub_project,
        day=day,
        degree=known_code("degree", degree),
        words=new_text(principal, words),
    )
    demand(session, principal, Verb.ADD, assessment)
    known_past(day)
    _check_alone(session, assessment)
    session.add(assessment)
    session.flush()
    return assessment


def assessment_key(theme: Theme, sub_project: SubProject, day: date) -> str:
    """Make the key of an assessment from what it says."""
    return f"{theme.key}:{sub_project.key}:{day}"


def _check_alone(session: Session, assessment: Assessment) -> None:
    """Insist on one assessment of a theme and a sub-project a day."""
    taken = select(Assessment.id).where(
        Assessment.theme_id == assessment.theme.id,
        Assessment.sub_project_id == assessment.sub_project.id,
        Assessment.day == assessment.day,
    )
    with session.no_autoflush:
        if session.scalar(taken):
            told = _("“{key}” has already been assessed on {day}. Correct that assessment, or give another day.")
            raise InvalidValue(told.fill(key=assessment.sub_project.key, day=assessment.day), "day")
