"""Whether a status fits together: its state, its words, its milestones, and what was said last time."""

from collections.abc import Iterable, Iterator

from consortium.facts.states import MilestoneState, State
from consortium.facts.sub_projects import MilestoneFacts, StatusFacts
from consortium.facts.submission import Remark, Submission, SubmissionCheck
from consortium.hook import hookimpl
from consortium.i18n.message import Message, _, _n
from consortium.texts import Text, normal_words, told

#: the texts of a status, and what each is called
_TEXTS = {
    "summary": _("Summary"),
    "achieved": _("What was achieved"),
    "next_steps": _("What comes next"),
    "support_needs": _("What support is needed"),
}

#: the states in which help is needed, or something must be done
_HARD = frozenset({State.AT_RISK, State.DELAYED})

#: the states in which there was something to do since the last status
_BUSY = frozenset({State.ON_TRACK, State.AT_RISK, State.DELAYED, State.COMPLETED})


def look(submission: Submission) -> Iterator[Remark]:
    """Walk what does not fit together; all of it are hints."""
    yield from _of_milestones(submission)
    yield from _of_words(submission)
    yield from _of_repetition(submission.status, submission.sub_project.current)


def _of_milestones(submission: Submission) -> Iterator[Remark]:
    open_ones = [each for each in submission.sub_project.milestones if each.done is None]
    if submission.status.state is State.COMPLETED and open_ones:
        words = _n(
            "The sub-project is completed, but a milestone is open: {titles}. Tick it if it was reached.",
            "The sub-project is completed, but {count} milestones are open: {titles}. Tick those that were reached.",
            len(open_ones),
        )
        yield Remark(words.fill(titles=_titles(open_ones)), "state")
    overdue = [each for each in open_ones if each.state(submission.status.day) is MilestoneState.OVERDUE]
    if submission.status.state is State.ON_TRACK and overdue:
        words = _n(
            "The work is on track, but a milestone is overdue: {titles}. Tick it if it was reached, or choose another state.",
            "The work is on track, but {count} milestones are overdue: {titles}. Tick what was reached, or choose another state.",
            len(overdue),
        )
        yield Remark(words.fill(titles=_titles(overdue)), "state")


def _titles(milestones: Iterable[MilestoneFacts]) -> tuple[Message, ...]:
    return tuple(_("“{title}”").fill(title=told(each.title)) for each in milestones)


def _of_words(submission: Submission) -> Iterator[Remark]:
    status, before = submission.status, submission.sub_project.current
    if status.state in _HARD and not status.support_needs and not status.next_steps:
        words = _("Something is in the way, but nothing is said of what comes next or what support is needed.")
        yield Remark(words, "support_needs")
    if status.state in _BUSY and not status.achieved and before and before.key != status.corrects:
        words = _("Nothing is said of what was achieved since {day}.")
        yield Remark(words.fill(day=before.day), "achieved")


def _of_repetition(status: StatusFacts, before: StatusFacts | None) -> Iterator[Remark]:
    """Walk the texts that say just what they said last time; a correction is about the same time."""
    if before is None or status.corrects == before.key:
        return
    for name, heading in _TEXTS.items():
        if _is_repeated(getattr(status, name), getattr(before, name)):
            words = _("“{heading}” says just what it said on {day}. Say what is new.")
            yield Remark(words.fill(heading=heading, day=before.day), name)


def _is_repeated(now: Text, before: Text) -> bool:
    """Tell whether the source words are those of last time, but for spaces and large letters."""
    words = _tidy(now.words(now.source) if now.source else None)
    return bool(words) and any(words == _tidy(before.words(tag)) for tag in before)


def _tidy(words: str | None) -> str:
    return " ".join(normal_words(words or "").casefold().split()).rstrip(".")


@hookimpl
def consortium_submission_checks() -> tuple[SubmissionCheck, ...]:
    """Bring the check."""
    return (SubmissionCheck("consistency", _("Does it fit together?"), look),)
