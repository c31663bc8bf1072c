"""Whatever two people do in whatever order, SQLite, PostgreSQL and a plain model of the domain say the same."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.models import (
    Attendance,
    Change,
    Gathering,
    Partner,
    ReportingPeriod,
    Snapshot,
    StatusComment,
    StatusUpdate,
    SubProject,
)
from consortium.models import Milestone as MilestoneRow
from consortium.services import attendance, history, invitations, milestones, periods, sub_projects, texts, workflow
from consortium.services.consortia import find_consortium
from consortium.services.editing import remove_record
from consortium.services.policy import Principal
from consortium.services.snapshots import compare, facts_of, find_snapshot, take_snapshot
from consortium.services.statuses import report_status, write_draft
from consortium.testing import TODAY
from tests.concurrency.model import DONE, INVALID, LEAD, NOT_PERMITTED, STAFF, Milestone, Model, Update, Words
from tests.concurrency.sides import PERIODS, Side, find

WHO = st.sampled_from([STAFF, LEAD])
WORDS = st.sampled_from(["Råd", "Rådet møtes", "Alle er med", "Æra", "Östlig"])
DAYS = st.sampled_from(
    [date(2025, 8, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 4), TODAY, TODAY + timedelta(1)]
)
STATES = st.sampled_from(["on_track", "at_risk", "delayed", "completed"])
NUMBERS = st.integers(0, 99)
MOST = 4

#: what can follow on an answer to an invitation
ANSWERS = {
    "invited": {"accepted", "declined", "cancelled", "attended", "absent"},
    "accepted": {"cancelled", "attended", "absent"},
    "declined": {"accepted", "attended"},
    "cancelled": {"accepted", "attended"},
    "attended": set[str](),
    "absent": set[str](),
}

Act = Callable[[Session, Principal], Any]


class Domain(RuleBasedStateMachine):
    """Two people work: every verb is done on both databases, and becomes what the model says."""

    sides: ClassVar[tuple[Side, ...]] = ()
    steps: ClassVar[Counter[str]] = Counter()
    fresh: ClassVar[Callable[[], tuple[Side, ...]]]
    every: ClassVar[int] = 25
    between: ClassVar[int] = 1

    def __init__(self) -> None:
        super().__init__()
        self.sides_now, self.since, self.compared = type(self).fresh(), 0, 0
        self.model = Model(periods={k: (*v, False) for k, v in PERIODS.items()})

    def do(self, who: str, act: Act, expected: str) -> None:
        """Do it on both sides, and insist that it becomes what is expected."""
        outcomes = [side.do(act, who) for side in self.sides_now]
        assert outcomes == [expected, expected], (outcomes, expected)
        type(self).steps[expected] += 1
        self.since, self.compared = self.since + 1, self.compared + 1

    def _one(self, kind: dict[str, Any], number: int) -> str:
        return sorted(kind)[number % len(kind)]

    @precondition(lambda self: len(self.model.projects) < MOST)
    @rule(who=WHO, words=WORDS)
    def add_project(self, who: str, words: str) -> None:
        number = len(self.model.projects)

        def act(session: Session, principal: Principal) -> None:
            own = session.scalars(select(Partner).order_by(Partner.key)).all()
            sub_projects.add_sub_project(
                session, principal, key=f"DP-{number}", title={"nb": words}, partners=[own[1 + number % 2], own[0]][: 1 + number % 2]
            )  # fmt: skip

        self.do(who, act, DONE if who == STAFF else NOT_PERMITTED)
        if who == STAFF:
            self.model.projects.append(words)
            for side in self.sides_now:
                side.know_leads()

    @precondition(lambda self: self.model.projects)
    @rule(who=WHO, number=NUMBERS, day=DAYS, state=STATES, words=WORDS, is_draft=st.booleans())
    def report(self, who: str, number: int, day: date, state: str, words: str, *, is_draft: bool) -> None:
        self._report(
            who, number % len(self.model.projects), day, state, words, "draft" if is_draft else "submitted", ""
        )

    @precondition(lambda self: self.model.updates)
    @rule(who=WHO, number=NUMBERS, later=st.integers(0, 40), words=WORDS)
    def correct(self, who: str, number: int, later: int, words: str) -> None:
        key = self._one(self.model.updates, number)
        update = self.model.updates[key]
        self._report(who, update.project, update.day + timedelta(later), "on_track", words, "submitted", key)

    def _report(self, who: str, project: int, day: date, state: str, words: str, step: str, corrects: str) -> None:
        key = f"{corrects}:k"[-190:] if corrects else f"DP-{project}:{day}"

        def act(session: Session, principal: Principal) -> None:
            report_status(
                session, principal, sub_project=find(session, SubProject, f"DP-{project}"), state=state, day=day,
                summary={"nb": words}, workflow=step, key=key,
                corrects=find(session, StatusUpdate, corrects) if corrects else None,
            )  # fmt: skip

        update = Update(project, day, state, Words(words), step, corrects)
        self.do(who, act, self.model.report(who, update, key))

    @precondition(lambda self: self.model.updates)
    @rule(who=WHO, number=NUMBERS, words=WORDS)
    def rewrite(self, who: str, number: int, words: str) -> None:
        key = self._one(self.model.updates, number)
        self.do(
            who,
            lambda session, principal: write_draft(
                session, principal, update=find(session, StatusUpdate, key), summary={"nb": words}
            ),
            self.model.rewrite(who, key, words),
        )

    @precondition(lambda self: self.model.updates)
    @rule(who=WHO, number=NUMBERS, words=WORDS)
    def translate(self, who: str, number: int, words: str) -> None:
        key = self._one(self.model.updates, number)
        self.do(
            who,
            lambda session, principal: texts.translate_text(
                session, principal, record=find(session, StatusUpdate, key), field="summary", language="sv", words=words
            ),
            self.model.translate(who, key, words),
        )

    @precondition(lambda self: self.model.updates)
    @rule(who=WHO, number=NUMBERS, wanted=st.sampled_from(["submitted", "submitted", "returned", "approved"]))
    def take_a_step(self, who: str, number: int, wanted: str) -> None:
        key = self._one(self.model.updates, number)

        def act(session: Session, principal: Principal) -> None:
            update = find(session, StatusUpdate, key)
            if wanted == "submitted":
                workflow.submit_status(session, principal, update=update)
            elif wanted == "approved":
                workflow.approve_status(session, principal, update=update)
            else:
                workflow.return_status(session, principal, update=update, comments={"summary": {"nb": "Hvor mange?"}})

        self.do(who, act, self.model.step(who, key, wanted))

    @precondition(lambda self: self.model.updates)
    @rule(who=WHO, number=NUMBERS)
    def throw_away(self, who: str, number: int) -> None:
        key = self._one(self.model.updates, number)
        self.do(
            who,
            lambda session, principal: remove_record(session, principal, record=find(session, StatusUpdate, key)),
            self.model.remove(who, key),
        )

    @rule(who=WHO, key=st.sampled_from(sorted(PERIODS)), is_locked=st.booleans())
    def lock(self, who: str, key: str, *, is_locked: bool) -> None:
        verb = periods.lock_period if is_locked else periods.open_period
        self.do(
            who,
            lambda session, principal: verb(session, principal, period=find(session, ReportingPeriod, key)),
            self.model.lock(who, key, is_locked),
        )

    @precondition(lambda self: self.model.projects and len(self.model.milestones) < MOST)
    @rule(who=WHO, number=NUMBERS, words=WORDS)
    def plan(self, who: str, number: int, words: str) -> None:
        project, key = number % len(self.model.projects), f"M{len(self.model.milestones)}"
        expected = DONE if self.model.leads(who, project) else NOT_PERMITTED
        self.do(
            who,
            lambda session, principal: milestones.add_milestone(
                session,
                principal,
                sub_project=find(session, SubProject, f"DP-{project}"),
                key=key,
                title={"nb": words},
                due=date(2026, 9, 1),
            ),
            expected,
        )
        if expected == DONE:
            self.model.milestones[key] = Milestone(project, [words])

    @precondition(lambda self: self.model.milestones)
    @rule(who=WHO, number=NUMBERS, day=DAYS, is_reached=st.booleans())
    def reach(self, who: str, number: int, day: date, *, is_reached: bool) -> None:
        key = self._one(self.model.milestones, number)
        own = self.model.milestones[key]

        def act(session: Session, principal: Principal) -> None:
            found = find(session, MilestoneRow, key)
            if is_reached:
                milestones.reach_milestone(session, principal, milestone=found, day=day)
            else:
                milestones.reopen_milestone(session, principal, milestone=found)

        refusal = INVALID if is_reached and day > TODAY else DONE
        expected = refusal if self.model.leads(who, own.project) else NOT_PERMITTED
        self.do(who, act, expected)
        if expected == DONE:
            own.done = day if is_reached else None

    @precondition(lambda self: self.model.milestones)
    @rule(who=WHO, number=NUMBERS, words=WORDS)
    def rename(self, who: str, number: int, words: str) -> None:
        key = self._one(self.model.milestones, number)
        own = self.model.milestones[key]
        if words == own.titles[-1]:
            return
        expected = DONE if self.model.leads(who, own.project) else NOT_PERMITTED
        self.do(
            who,
            lambda session, principal: texts.write_text(
                session, principal, record=find(session, MilestoneRow, key), field="title", language="nb", words=words
            ),
            expected,
        )
        if expected == DONE:
            own.titles.append(words)

    @precondition(lambda self: any(len(each.titles) > 1 for each in self.model.milestones.values()))
    @rule(who=WHO, number=NUMBERS)
    def undo(self, who: str, number: int) -> None:
        """Bring back what a milestone was called before, by the last step of its history that renamed it."""
        renamed = {key: each for key, each in self.model.milestones.items() if len(each.titles) > 1}
        key = self._one(renamed, number)

        def act(session: Session, principal: Principal) -> None:
            own = (Change.entity == "milestone", Change.key == key, Change.action == "changed")
            changes = session.scalars(select(Change).where(*own).order_by(Change.id.desc()))
            step = next(each.id for each in changes if "title" in each.values)
            home = find_consortium(session, principal, "hjem")
            history.restore(session, principal, home=home, kind=MilestoneRow, number=step, names=("title.nb",))

        expected = DONE if who == STAFF else "NotFound"
        self.do(who, act, expected)
        if expected == DONE:
            renamed[key].titles.append(renamed[key].titles[-2])

    @rule(who=WHO, number=st.integers(0, 2))
    def invite(self, who: str, number: int) -> None:
        key = f"p{number}"

        def act(session: Session, principal: Principal) -> None:
            partner = find(session, Partner, key)
            where = find(session, Gathering, "G")
            invitations.invite_guest(session, principal, gathering=where, organisation=partner.organisation)

        expected = NOT_PERMITTED if who != STAFF else INVALID if key in self.model.answers else DONE
        self.do(who, act, expected)
        if expected == DONE:
            self.model.answers[key] = "invited"

    @precondition(lambda self: self.model.answers)
    @rule(who=WHO, number=NUMBERS, state=st.sampled_from(sorted(ANSWERS)))
    def answer(self, who: str, number: int, state: str) -> None:
        key = self._one(self.model.answers, number)
        before = self.model.answers[key]

        def act(session: Session, principal: Principal) -> None:
            partner = find(session, Partner, key)
            own = select(Attendance).where(Attendance.organisation_id == partner.organisation_id)
            attendance.answer(session, principal, attendance=session.scalars(own).one(), state=state)

        can = DONE if state in ANSWERS[before] | {before} else INVALID
        expected = can if who == STAFF else NOT_PERMITTED
        self.do(who, act, expected)
        if expected == DONE:
            self.model.answers[key] = state

    @precondition(lambda self: self.model.snapshots < MOST)
    @rule(who=WHO)
    def take(self, who: str) -> None:
        key = f"s{self.model.snapshots}"

        def act(session: Session, principal: Principal) -> None:
            take_snapshot(session, principal, consortium=find_consortium(session, principal, "hjem"), key=key)

        self.do(who, act, DONE if who == STAFF else NOT_PERMITTED)
        self.model.snapshots += who == STAFF

    @precondition(lambda self: self.model.snapshots > 1 and self.compared >= self.between)
    @rule(number=NUMBERS)
    def compare(self, number: int) -> None:
        """Compare the first snapshot with a later one: what was kept is what was kept, on both sides."""
        later = 1 + number % (self.model.snapshots - 1)
        told = []
        for side in self.sides_now:
            with side.database.read() as session:
                home = find_consortium(session, side.principal(STAFF), "hjem")
                pair = [
                    find_snapshot(session, side.principal(STAFF), consortium=home, key=f"s{each}")
                    for each in (0, later)
                ]
                facts = compare(session, *pair)
                now = [(each.key, each.before is not None) for each in facts.sub_projects]
                told.append((now, [each.fingerprint for each in pair], facts_of(session, pair[1]).fingerprint))
        assert told[0] == told[1]
        type(self).steps["compared"] += 1
        self.compared = 0

    @invariant()
    def look_now_and_then(self) -> None:
        """Look, when some steps have been taken."""
        if self.since >= self.every:
            self.look()

    def look(self) -> None:
        """Insist that both sides tell the same facts, all of it as recorded, and what the model says."""
        self.since = 0
        one, two = (side.told() for side in self.sides_now)
        assert one == two
        for side in self.sides_now:
            assert side.findings() == []
            with side.database.read() as session:
                self._compare_with_model(session)

    def _compare_with_model(self, session: Session) -> None:
        model = self.model
        told = {each.key: _row(each) for each in session.scalars(select(StatusUpdate))}
        assert told == {
            key: (each.day, each.state, each.workflow, each.summary.nb, each.summary.sv, each.summary.state)
            for key, each in model.updates.items()
        }
        rows = session.execute(select(MilestoneRow.key, MilestoneRow.title, MilestoneRow.done))
        assert {row.key: (row.title.words("nb"), row.done) for row in rows} == {
            key: (each.titles[-1], each.done) for key, each in model.milestones.items()
        }
        counts = {
            SubProject: len(model.projects),
            StatusComment: sum(each.comments for each in model.updates.values()),
            Attendance: len(model.answers),
            Snapshot: model.snapshots,
        }
        for kind, count in counts.items():
            assert session.scalar(select(func.count()).select_from(kind)) == count, kind
        assert sorted(session.scalars(select(Attendance.state))) == sorted(model.answers.values())

    def teardown(self) -> None:
        """Look once more at the end."""
        if self.since:
            self.look()


def _row(update: StatusUpdate) -> tuple[Any, ...]:
    summary = update.summary
    words = summary.words("nb"), summary.words("sv") or "", summary.state("sv").value
    return update.day, update.state, update.workflow, *words
