"""Whether a status fits together, asked as a check of ``consortium_submission_checks``."""

from datetime import date
from typing import Any

import pytest

from consortium.checks.consistency import consortium_submission_checks
from consortium.facts import ConsortiumFacts, MilestoneFacts, State, StatusFacts, SubProjectFacts
from consortium.facts.submission import Submission
from consortium.testing import TODAY
from consortium.texts import Text

BEFORE, LAST = date(2026, 3, 2), date(2026, 3, 1)


def text(words: str, tag: str = "nb") -> Text:
    return Text().write(tag, words) if words else Text()


def status(state: str = "on_track", day: date = TODAY, **said: str) -> StatusFacts:
    corrects = said.pop("corrects", "")
    words = {"summary": "Nytt.", "achieved": "Kurset er holdt.", "next_steps": "", "support_needs": "", **said}
    texts: Any = {name: text(each) for name, each in words.items()}
    return StatusFacts(f"S:{day}", day, State(state), **texts, corrects=corrects)


def remarks(
    new: StatusFacts, before: StatusFacts | None = None, *milestones: tuple[str, date | None]
) -> list[tuple[str, str]]:
    """Ask the check, and tell the fields and the words."""
    own = tuple(MilestoneFacts(title, text(title), BEFORE, done) for title, done in milestones)
    project = SubProjectFacts("DP-1", text("Huset"), Text(), ("a",), None, None, None, before, None, milestones=own)
    home = ConsortiumFacts("c", text("Fjell"), "", ("nb", "sv"), None, None)
    (check,) = consortium_submission_checks()
    found = list(check.look(Submission(home, TODAY, project, (), new)))
    assert not any(each.is_refusal for each in found)
    return [(each.field, str(each.words)) for each in found]


def test_a_status_that_fits_together_is_passed_over() -> None:
    before = status(day=LAST, summary="Alt går bra.", achieved="Avtalen er signert.")

    assert remarks(status(), before, ("Åpning", LAST)) == []
    assert remarks(status("at_risk", support_needs="Et lokale."), before, ("Åpning", None)) == []
    assert remarks(status("delayed", next_steps="Vi leter.")) == []


def test_on_track_although_milestones_are_overdue() -> None:
    (one,) = remarks(status(), None, ("Åpning", None), ("Avtale", LAST))
    (two,) = remarks(status(), None, ("Åpning", None), ("Avtale", None))

    assert one[0] == "state"
    assert one[1].startswith("The work is on track, but a milestone is overdue: “Åpning”.")
    assert "2 milestones are overdue: “Åpning”, “Avtale”." in two[1]


@pytest.mark.parametrize("state", ["at_risk", "delayed"])
def test_in_trouble_without_what_comes_next_or_what_is_needed(state: str) -> None:
    assert [field for field, _words in remarks(status(state))] == ["support_needs"]


def test_completed_while_milestones_are_open() -> None:
    ((field, words),) = remarks(status("completed"), None, ("Åpning", None))

    assert (field, words.split(": ")[0]) == ("state", "The sub-project is completed, but a milestone is open")


def test_nothing_is_said_of_what_was_achieved_since_last_time() -> None:
    before = status(day=LAST, summary="Alt går bra.")

    assert remarks(status(achieved=""), before) == [
        ("achieved", "Nothing is said of what was achieved since 1 March 2026.")
    ]
    assert remarks(status(achieved="")) == []
    assert remarks(status("on_hold", achieved=""), before) == []


def test_words_equal_to_those_of_last_time_are_told_but_in_a_correction() -> None:
    before = status(day=LAST, summary="Alt går  bra.", achieved="Avtalen er signert.")
    same: dict[str, Any] = {"summary": "alt går bra", "achieved": "Noe annet."}

    assert remarks(status(**same), before) == [
        ("summary", "“Summary” says just what it said on 1 March 2026. Say what is new.")
    ]
    assert remarks(status(**same, corrects=before.key), before) == []
