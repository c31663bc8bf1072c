"""Checks before a status is submitted: brought by plugins, asked before somebody sends it and when they look first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from consortium.facts.sub_projects import StatusFacts, SubProjectFacts
from consortium.facts.values import ConsortiumFacts, PartnerFacts
from consortium.i18n.message import Message


@dataclass(frozen=True, slots=True)
class Submission:
    """A status that somebody is about to submit, with what is known already.

    :ivar day: today; the status may be of an earlier day
    :ivar sub_project: as it stands before: ``current`` is the status that counts until then, and ``previous`` is empty;
        its milestones and its readings are as they will be
    :ivar partners: those of the sub-project, without their roles and groups; the first one leads it
    :ivar status: what is about to be submitted
    """

    consortium: ConsortiumFacts
    day: date
    sub_project: SubProjectFacts
    partners: tuple[PartnerFacts, ...]
    status: StatusFacts


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says about a submission.

    :ivar words: what is the matter and what to do
    :ivar field: what it is about: ``state``, ``day``, ``summary``, ``achieved``, ``next_steps``, ``support_needs``; empty
        for the whole
    :ivar is_refusal: tells that the status cannot be submitted like this; without it the remark is a hint
    """

    words: Message
    field: str = ""
    is_refusal: bool = False


@dataclass(frozen=True)
class SubmissionCheck:
    """Says what is to be thought of before a status is submitted.

    :ivar key: what it is called in settings and logs
    :ivar title: what people call it
    :ivar suits: tells whether it is about a sub-project with these partners; about all unless told otherwise
    """

    key: str
    title: Message
    look: Callable[[Submission], Iterable[Remark]]
    suits: Callable[[tuple[PartnerFacts, ...]], bool] = lambda _partners: True
