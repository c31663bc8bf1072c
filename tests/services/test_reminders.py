"""Reminders: to whoever leads, in their language, of what is due, and not twice of the same."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from consortium import clock
from consortium.errors import InvalidValue, NotPermitted
from consortium.models import Consortium, LetterState, SubProject
from consortium.services.links import open_link
from consortium.services.policy import Role
from consortium.services.reminders import Reminded, remind, send_link
from consortium.services.workflow import return_status, submit_status
from consortium.testing import TODAY, Make
from tests.services.letters import HEAD, a_lead


def reminded(make: Make, *, after: int = 0, only: tuple[str, ...] = ()) -> Reminded:
    """Remind when so many days have passed."""
    make.session.flush()
    with clock.stopped_at(clock.now() + timedelta(days=after)):
        return remind(make.session, make.operator, consortium=make.home, only=only, head=HEAD)


@pytest.fixture
def late(make: Make) -> SubProject:
    """Give a sub-project with a report that is overdue, one that is due soon, and a milestone that is overdue."""
    make.period(due=date(2026, 6, 1))
    make.period(key="2026-1", start=date(2026, 1, 1), end=date(2026, 6, 20), due=date(2026, 6, 20))
    project = make.sub_project({"nb": "Åpen stue", "sv": "Öppet rum"}, key="DP-1")
    make.milestone(project, title={"nb": "Stua er åpnet", "sv": "Rummet är öppet"}, due=date(2026, 6, 14))
    make.milestone(project, key="neste", due=date(2026, 6, 16))
    return project


def test_a_letter_says_what_is_due_in_days_and_has_a_link_that_opens(make: Make, late: SubProject) -> None:
    a_lead(make, late, language="en")

    (letter,) = reminded(make).letters

    assert (letter.subject, letter.address, letter.kind) == ("Time to report: Åpen stue", "liv@example.org", "reminder")
    token = letter.secret.removeprefix("https://consortium.example.org/status/link/")
    assert open_link(make.session, token, TODAY).sub_project is late
    assert letter.words.splitlines() == [
        "Hello Liv Lind.",
        "",
        "This is what we are waiting for from Åpen stue:",
        "– The report for 2025-2 was due on 1 June 2026: 14 days ago.",
        "– The milestone “Stua er åpnet” was due on 14 June 2026: 1 day ago. Is it reached?",
        "– The report for 2026-1 is due on 20 June 2026: in 5 days.",
        "",
        "Report here; you need no account:",
        letter.secret,
        "",
        "The link is yours alone. It works until 29 June 2026, or until you have submitted. Do not pass it on.",
        "Questions? Ask the staff of the consortium. Nobody reads answers to this letter.",
    ]


@pytest.mark.parametrize(
    ("language", "spoken", "title"),
    [("nb", "nb", "Åpen stue"), ("nn", "nn", "Åpen stue"), ("sv", "sv", "Öppet rum"), ("se", "en", "Åpen stue")],
)
def test_each_is_written_to_in_their_own_language(
    make: Make, late: SubProject, language: str, spoken: str, title: str
) -> None:
    a_lead(make, late, language=language)

    (letter,) = reminded(make).letters

    assert letter.language == spoken
    assert title in letter.subject
    assert title in letter.words


def test_the_link_is_about_the_period_that_has_waited_longest(make: Make, late: SubProject) -> None:
    a_lead(make, late)

    (letter,) = reminded(make).letters

    link = open_link(make.session, letter.secret.rpartition("/")[2], TODAY).link
    assert link.period is not None
    assert link.period.key == "2025-2"


@pytest.mark.parametrize(("due", "count"), [(date(2026, 6, 29), 1), (date(2026, 6, 30), 0), (date(2026, 6, 15), 1)])
def test_reminding_begins_two_weeks_before_a_report_is_due(make: Make, due: date, count: int) -> None:
    make.period(due=due)
    a_lead(make, make.sub_project())

    assert len(reminded(make).letters) == count


def test_a_report_that_is_due_today_is_said_so(make: Make) -> None:
    make.period(due=TODAY)
    a_lead(make, make.sub_project(), language="en")

    assert "– The report for 2025-2 is due today, 15 June 2026." in reminded(make).letters[0].words


def test_whoever_has_reported_is_left_in_peace(make: Make) -> None:
    make.period(due=date(2026, 6, 1))
    project = make.sub_project()
    a_lead(make, project)
    make.status(project, day=date(2025, 12, 1))

    assert reminded(make) == Reminded((), (), ())


def test_nobody_is_reminded_of_the_same_twice_within_a_week_but_of_what_is_new(make: Make, late: SubProject) -> None:
    a_lead(make, late)
    assert len(reminded(make).letters[0].about) == 3

    (letter,) = reminded(make, after=6).letters

    assert letter.about == ["milestone neste"]
    assert len(reminded(make, after=7).letters[0].about) == 3


def test_those_who_were_reminded_lately_are_told_as_spared(make: Make, late: SubProject) -> None:
    a_lead(make, late)
    reminded(make)

    assert reminded(make) == Reminded((), (), (late,))


def test_a_reminder_that_reached_nobody_does_not_count(make: Make, late: SubProject) -> None:
    a_lead(make, late)
    reminded(make).letters[0].state = LetterState.DEAD

    assert len(reminded(make).letters) == 1


def test_two_who_lead_together_are_both_written_to_each_with_a_link(make: Make, late: SubProject) -> None:
    a_lead(make, late)
    a_lead(make, late, "Ola Lie", email="ola@example.org", language="sv")

    letters = reminded(make).letters

    assert sorted(each.address for each in letters) == ["liv@example.org", "ola@example.org"]
    assert len({each.secret for each in letters}) == 2


@pytest.mark.parametrize("address", ["", "liv", "liv@example.org, ola@example.org"])
def test_staff_see_for_whom_nobody_could_be_written_to(make: Make, late: SubProject, address: str) -> None:
    person = a_lead(make, late, email=address)

    done = reminded(make)

    assert done.letters == ()
    assert [(each.sub_project, each.people) for each in done.unreachable] == [(late, (person,))]


def test_staff_see_where_nobody_leads(make: Make, late: SubProject) -> None:
    a_lead(make, late, end=TODAY - timedelta(days=1))

    assert [(each.sub_project, each.people) for each in reminded(make).unreachable] == [(late, ())]


def test_only_those_that_were_asked_for_are_reminded(make: Make, late: SubProject) -> None:
    a_lead(make, late)
    a_lead(make, make.sub_project(key="DP-2"), "Ola Lie", email="ola@example.org")

    assert {each.address for each in reminded(make, only=("DP-2",)).letters} == {"ola@example.org"}


def test_a_double_click_writes_one_letter(make: Make, late: SubProject) -> None:
    a_lead(make, late)
    make.keep()
    make.session.close()

    def click(_time: int) -> int:
        with clock.stopped_at(datetime(2026, 6, 15, 12, tzinfo=UTC)), make.database.write() as session:
            home = session.scalars(select(Consortium)).one()
            return len(remind(session, make.operator, consortium=home, head=HEAD).letters)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(click, range(4))) == [0, 0, 0, 1]


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER, Role.AUDITOR])
def test_only_staff_remind(make: Make, late: SubProject, role: Role) -> None:
    a_lead(make, late)
    who = make.principal(role, leads=frozenset({late.id}))

    with pytest.raises(NotPermitted):
        remind(make.session, who, consortium=make.home, head=HEAD)


def test_a_reminder_says_what_was_asked_of_a_status_that_was_returned(make: Make, late: SubProject) -> None:
    a_lead(make, late, language="en")
    update = make.status(late, day=date(2026, 6, 2))
    return_status(make.session, make.operator, update=update, comments={"state": {"en": "Is it on track?"}})

    (letter,) = reminded(make).letters

    at = letter.words.splitlines().index(
        "The staff have returned the status of 2 June 2026 and wait for your answer. They ask:"
    )
    assert letter.words.splitlines()[at + 1 : at + 3] == ["– state: Is it on track?", ""]


def test_a_reminder_tells_nothing_of_other_sub_projects_and_of_what_was_answered(make: Make, late: SubProject) -> None:
    a_lead(make, late, language="en")
    other = make.status(make.sub_project(), day=date(2026, 6, 2))
    own = make.status(late, day=date(2026, 6, 2))
    for update in (other, own):
        return_status(make.session, make.operator, update=update, comments={"state": {"en": "Is it on track?"}})
    submit_status(make.session, make.operator, update=own)

    assert all("They ask" not in letter.words for letter in reminded(make).letters)


HOSTILE = [
    "Stue\nBcc: x@y.no",
    "=?utf-8?q?a=0ABcc=3A_x=40y?=",
    "{address} {0.__class__} %s",
    "=?utf-8?q?Bl=C3=A5?=",
    "Å" * 300,
]


@pytest.mark.parametrize("title", HOSTILE, ids=ascii)
def test_a_title_can_neither_steer_nor_stop_a_letter(make: Make, title: str) -> None:
    make.period(due=date(2026, 6, 1))
    a_lead(make, make.sub_project(title, key="DP-1"), language="en")

    (letter,) = reminded(make).letters

    assert " ".join(title.split()) in letter.words
    assert letter.subject.rpartition(": ")[2] in {"DP-1", "Blå", "x@y.no", title}
    assert len(re.findall("https://", letter.words)) == 1


def test_a_link_can_be_sent_without_a_reminder(make: Make) -> None:
    project = make.sub_project("Åpen stue")
    person = a_lead(make, project, language="en")

    letter = send_link(make.session, make.operator, sub_project=project, person=person, head=HEAD)

    assert (letter.kind, letter.subject) == ("status_link", "Your link to report: Åpen stue")
    assert letter.is_repeatable
    with pytest.raises(InvalidValue, match="does not lead"):
        send_link(make.session, make.operator, sub_project=project, person=make.person(), head=HEAD)
