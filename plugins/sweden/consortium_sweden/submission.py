"""What a Swedish partner should think of before a status is sent."""

from collections.abc import Iterator

from consortium.facts import PartnerFacts
from consortium.facts.submission import Remark, Submission, SubmissionCheck
from consortium_sweden.voice import _


def look(submission: Submission) -> Iterator[Remark]:
    """Hint at a chapter on results that would stand empty."""
    if submission.status.achieved or any(each.current for each in submission.sub_project.indicators):
        return
    words = _(
        "Nothing is said of what was achieved, and no indicator has a reading. The lägesrapport then tells no result."
    )
    yield Remark(words, "achieved")


def suits(partners: tuple[PartnerFacts, ...]) -> bool:
    """Suit sub-projects that a Swedish partner leads."""
    return bool(partners) and partners[0].country == "SE"


def submission_checks() -> Iterator[SubmissionCheck]:
    """Walk the checks before a status is sent."""
    yield SubmissionCheck("se-results", _("Results for the lägesrapport"), look, suits)
