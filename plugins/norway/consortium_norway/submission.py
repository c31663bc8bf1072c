"""What a Norwegian partner should think of before a status is sent."""

from collections.abc import Iterator

from consortium.facts import PartnerFacts
from consortium.facts.submission import Remark, Submission, SubmissionCheck
from consortium_norway.amounts import CURRENCY
from consortium_norway.voice import _


def look(submission: Submission) -> Iterator[Remark]:
    """Hint at a budget that the portal cannot take as it is."""
    budget = submission.sub_project.budget
    if budget is None:
        words = _("No budget has been entered for the sub-project. The portal asks for one in Norwegian kroner.")
        yield Remark(words)
    elif budget.currency != CURRENCY:
        words = _("The budget is kept in {currency}. The portal asks for an amount in Norwegian kroner.")
        yield Remark(words.fill(currency=budget.currency))


def suits(partners: tuple[PartnerFacts, ...]) -> bool:
    """Suit sub-projects that a Norwegian partner leads."""
    return bool(partners) and partners[0].country == "NO"


def submission_checks() -> Iterator[SubmissionCheck]:
    """Walk the checks before a status is sent."""
    yield SubmissionCheck("no-amounts", _("Amounts for the Norwegian portal"), look, suits)
