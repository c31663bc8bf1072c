"""The domain as plain values: what a few records say, and whether a verb is refused, by rules written down here anew."""

from dataclasses import dataclass, field
from datetime import date

from consortium.testing import TODAY

#: who asks: staff, and the lead of every sub-project with an even number
STAFF, LEAD = "staff", "lead"
LED = 2

#: what can follow on what, of a status and of an answer to an invitation
NEXT = {
    "draft": {"submitted"},
    "submitted": {"approved", "returned"},
    "returned": {"submitted"},
    "approved": set[str](),
}
OPEN = {"draft", "returned"}

#: what a verb that was done says; a refused one says the name of the refusal
DONE, NOT_PERMITTED, INVALID, FROZEN, LOCKED = "done", "NotPermitted", "InvalidValue", "FrozenWords", "PeriodLocked"


@dataclass
class Words:
    """A text: its Norwegian source, and a Swedish translation with the words that it was made from."""

    nb: str
    sv: str = ""
    base: str = ""

    @property
    def state(self) -> str:
        """How far the translation can be trusted."""
        if not self.sv:
            return "missing"
        return "translated" if self.base == self.nb else "outdated"


@dataclass
class Update:
    """A status."""

    project: int
    day: date
    state: str
    summary: Words
    workflow: str
    corrects: str = ""
    comments: int = 0


@dataclass
class Milestone:
    """A milestone: what it was called before, and is called now."""

    project: int
    titles: list[str]
    done: date | None = None


@dataclass
class Model:
    """All that is known."""

    projects: list[str] = field(default_factory=list)
    updates: dict[str, Update] = field(default_factory=dict)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    periods: dict[str, tuple[date, date, bool]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    snapshots: int = 0

    def leads(self, who: str, project: int) -> bool:
        """Tell whether somebody reports for a sub-project."""
        return who == STAFF or project % LED == 0

    def is_locked(self, day: date) -> bool:
        """Tell whether a day lies in a locked period."""
        return any(closed and start <= day <= end for start, end, closed in self.periods.values())

    def report(self, who: str, update: Update, key: str) -> str:
        """Tell what becomes of a new status."""
        if not self.leads(who, update.project):
            return NOT_PERMITTED
        if (update.workflow not in OPEN and not update.summary.nb) or update.day > TODAY:
            return INVALID
        if update.corrects and not self._is_correctable(update):
            return INVALID
        if self.is_locked(update.day):
            return LOCKED
        if key in self.updates:
            return INVALID
        self.updates[key] = update
        return DONE

    def _is_correctable(self, update: Update) -> bool:
        corrected = self.updates[update.corrects]
        return corrected.workflow not in OPEN and corrected.project == update.project and corrected.day <= update.day

    def rewrite(self, who: str, key: str, words: str) -> str:
        """Tell what becomes of new source words."""
        update = self.updates[key]
        if not self.leads(who, update.project):
            return NOT_PERMITTED
        if update.workflow not in OPEN:
            return FROZEN
        update.summary.nb = words
        return DONE

    def translate(self, who: str, key: str, words: str) -> str:
        """Tell what becomes of a translation, which may come at any time."""
        update = self.updates[key]
        if not self.leads(who, update.project):
            return NOT_PERMITTED
        update.summary.sv, update.summary.base = words, update.summary.nb
        return DONE

    def step(self, who: str, key: str, wanted: str) -> str:
        """Tell what becomes of a step of the workflow."""
        update = self.updates[key]
        is_theirs = self.leads(who, update.project) if wanted == "submitted" else who == STAFF
        if not is_theirs:
            return NOT_PERMITTED
        if wanted not in NEXT[update.workflow]:
            return INVALID
        if wanted == "submitted" and update.corrects and not self._is_correctable(update):
            return INVALID
        if wanted != "approved" and self.is_locked(update.day):
            return LOCKED
        update.workflow = wanted
        update.comments += wanted == "returned"
        return DONE

    def remove(self, who: str, key: str) -> str:
        """Tell what becomes of a draft that is thrown away."""
        update = self.updates[key]
        if update.workflow != "draft" or not self.leads(who, update.project):
            return NOT_PERMITTED
        del self.updates[key]
        return DONE

    def lock(self, who: str, key: str, is_locked: bool) -> str:
        """Tell what becomes of a period."""
        start, end, _before = self.periods[key]
        if who != STAFF:
            return NOT_PERMITTED
        if is_locked and end >= TODAY:
            return INVALID
        self.periods[key] = (start, end, is_locked)
        return DONE
