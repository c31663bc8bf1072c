"""Who may not do something is told so by every service that does it, and nothing is done."""

import io
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import ImportRefused, NotPermitted
from consortium.models import (
    Attendance,
    Consortium,
    Database,
    Gathering,
    Indicator,
    Letter,
    Milestone,
    Organisation,
    Partner,
    Person,
    ReportingPeriod,
    StatusComment,
    StatusLink,
    StatusUpdate,
    SubProject,
    Theme,
)
from consortium.services import (
    attendance,
    consortia,
    editing,
    erasing,
    exporting,
    gatherings,
    indicators,
    invitations,
    letters,
    links,
    listing,
    milestones,
    overdue,
    overview,
    partners,
    people,
    periods,
    searching,
    series,
    snapshots,
    statements,
    statuses,
    sub_projects,
    switches,
    tasks,
    terms,
    texts,
    themes,
    unreported,
    verifying,
    workflow,
)
from consortium.services.answers import Answer, write_answers
from consortium.services.exporting.json_lines import write_lines
from consortium.services.facts import gather_facts
from consortium.services.policy import RULES, Principal, Role, Verb
from consortium.services.status_forms.sent import sent_status
from consortium.testing import TODAY, Make
from tests.services.asked import LATER, Asked
from tests.services.test_no_rule import prepare

WORDS = {"nb": "Ord"}


def _answer(on: Asked) -> None:
    row = on.one(Attendance)
    said = {row.id: (Answer(invited="", instead="", state="declined", reason=""), row.version)}
    write_answers(on.session, on.who, home=on.home, gathering=row.gathering, said=said)


def _written(on: Asked, workflow: str) -> StatusUpdate:
    found: StatusUpdate = on.one(StatusUpdate, StatusUpdate.workflow == workflow)
    return found


#: what an auditor, who sees all, may not do
CHANGING: Mapping[str, Callable[[Asked, Any, Any], Any]] = {
    "answers": lambda on, _s, _w: _answer(on),
    "answer": lambda on, s, w: attendance.answer(s, w, attendance=on.one(Attendance), state="declined"),
    "correct_answer": lambda on, s, w: attendance.correct_answer(s, w, attendance=on.one(Attendance), state="declined"),
    "substitute": lambda on, s, w: attendance.substitute(s, w, attendance=on.one(Attendance), person=on.one(Person)),
    "found_consortium": lambda on, s, w: consortia.found_consortium(s, w, key="ny", name=WORDS, languages="nb"),
    "remove_record": lambda on, s, w: editing.remove_record(s, w, record=on.one(Milestone)),
    "save_record": lambda on, s, w: editing.save_record(
        s, w, home=on.home, kind=Milestone, key=on.one(Milestone).key, said={"due": "en dag"}),
    "add_gathering": lambda on, s, w: gatherings.add_gathering(
        s, w, key="ny", title=WORDS, kind="project_gathering", start=TODAY, **on.there),
    "add_agenda_item": lambda on, s, w: gatherings.add_agenda_item(s, w, gathering=on.one(Gathering), title=WORDS),
    "add_indicator": lambda on, s, w: indicators.add_indicator(
        s, w, sub_project=on.one(SubProject), key="ny", name=WORDS, level="output"),
    "read_indicator": lambda on, s, w: indicators.read_indicator(
        s, w, indicator=on.one(Indicator), value=Decimal(7), day=TODAY - timedelta(days=3)),
    "invite": lambda on, s, w: invitations.invite(s, w, gathering=on.one(Gathering), partners=on.one(SubProject).partners),
    "invite_guest": lambda on, s, w: invitations.invite_guest(
        s, w, gathering=on.one(Attendance).gathering, organisation=on.one(Attendance).organisation),
    "queue_letter": lambda on, s, w: letters.queue_letter(s, w, new=letters.NewLetter(
        "account", "nb", "Hei", "Hei", "a@example.org"), **on.there),
    "retry_letter": lambda on, s, w: letters.retry_letter(s, w, letter=on.one(Letter)),
    "issue_link": lambda on, s, w: links.issue_link(s, w, sub_project=on.one(SubProject), person=on.lead),
    "revoke_link": lambda on, s, w: links.revoke_link(s, w, link=on.one(StatusLink)),
    "add_milestone": lambda on, s, w: milestones.add_milestone(
        s, w, sub_project=on.one(SubProject), key="ny", title=WORDS, due=TODAY),
    "reach_milestone": lambda on, s, w: milestones.reach_milestone(s, w, milestone=on.one(Milestone)),
    "reopen_milestone": lambda on, s, w: milestones.reopen_milestone(s, w, milestone=on.one(Milestone)),
    "add_organisation": lambda on, s, w: partners.add_organisation(
        s, w, key="ny", name=WORDS, type="municipality", country="NO", **on.there),
    "take_in": lambda on, s, w: partners.take_in(s, w, organisation=on.apart, joined=TODAY),
    "give_role": lambda on, s, w: partners.give_role(s, w, partner=on.one(Partner), role="lead_partner", start=TODAY),
    "add_person": lambda on, s, w: people.add_person(s, w, key="ny", name="Ny", **on.there),
    "give_capacity": lambda on, s, w: people.give_capacity(
        s, w, person=on.one(Person), organisation=on.one(Organisation), role="contact", start=TODAY),
    "erase_person": lambda on, s, w: erasing.erase_person(s, w, home=on.home, key=on.one(Person).key),
    "plan_periods": lambda on, s, w: periods.plan_periods(s, w, **on.there),
    "add_period": lambda on, s, w: periods.add_period(s, w, key="ny", start=LATER, end=LATER, **on.there),
    "lock_period": lambda on, s, w: periods.lock_period(s, w, period=on.one(ReportingPeriod)),
    "open_period": lambda on, s, w: periods.open_period(s, w, period=on.one(ReportingPeriod)),
    "move_due": lambda on, s, w: periods.move_due(s, w, period=on.one(ReportingPeriod), due=LATER),
    "add_series": lambda on, s, w: series.add_series(s, w, key="ny", name=WORDS, kind="project_gathering", **on.there),
    "take_snapshot": lambda on, s, w: snapshots.take_snapshot(s, w, **on.there),
    "record_statement": lambda on, s, w: statements.record_statement(
        s, w, gathering=on.one(Gathering), organisation=on.one(Organisation), kind="success", words=WORDS),
    "report_status": lambda on, s, w: statuses.report_status(
        s, w, sub_project=on.one(SubProject), state="on_track", summary=WORDS, day=TODAY - timedelta(days=3)),
    "write_draft": lambda on, s, w: statuses.write_draft(s, w, update=_written(on, "draft"), state="delayed"),
    "sent_status": lambda on, s, w: sent_status(s, w, home=on.home, key=_written(on, "submitted").key),
    "add_sub_project": lambda on, s, w: sub_projects.add_sub_project(s, w, key="ny", title=WORDS, partners=[on.one(Partner)]),
    "switch": lambda on, s, w: switches.switch(s, w, plugin="norway", is_on=False, **on.there),
    "add_term": lambda on, s, w: terms.add_term(s, w, key="ny", words=WORDS, **on.there),
    "write_text": lambda on, s, w: texts.write_text(
        s, w, record=on.one(SubProject), field="title", language="nb", words="Nytt"),
    "translate_text": lambda on, s, w: texts.translate_text(
        s, w, record=on.one(SubProject), field="title", language="sv", words="Nytt"),
    "review_text": lambda on, s, w: texts.review_text(s, w, record=on.one(SubProject), field="title", language="nb"),
    "add_theme": lambda on, s, w: themes.add_theme(s, w, key="ny", name=WORDS, **on.there),
    "assess": lambda on, s, w: themes.assess(
        s, w, theme=on.one(Theme), sub_project=on.one(SubProject), degree="high", day=TODAY - timedelta(days=3)),
    "verify_history": lambda _on, s, w: verifying.verify_history(s, w),
    "submit_status": lambda on, s, w: workflow.submit_status(s, w, update=_written(on, "draft")),
    "return_status": lambda on, s, w: workflow.return_status(
        s, w, update=_written(on, "submitted"), comments={"summary": WORDS}),
    "approve_status": lambda on, s, w: workflow.approve_status(s, w, update=_written(on, "submitted")),
}  # fmt: skip

#: what somebody of another consortium may not read
READING: Mapping[str, Callable[[Asked, Any, Any], Any]] = {
    "export_records": lambda on, s, w: exporting.export_records(s, w, path=Path("never.jsonl"), **on.there),
    "gather_facts": lambda on, s, w: gather_facts(s, w, day=TODAY, **on.there),
    "list_records": lambda on, s, w: listing.list_records(s, w, kind=Gathering, language="nb", **on.there),
    "overdue": lambda on, s, w: overdue.overdue(s, w, day=TODAY, **on.there),
    "overview": lambda on, s, w: overview.overview(s, w, day=TODAY, language="nb", **on.there),
    "search": lambda on, s, w: searching.search(s, w, words="Mitt", language="nb", **on.there),
    "tasks_of": lambda on, s, w: tasks.tasks_of(s, w, day=TODAY, language="nb", **on.there),
    "unreported": lambda on, s, w: unreported.unreported(s, w, day=TODAY, **on.there),
}


def permitted(
    database: Database, home: int, who: Principal, verbs: Mapping[str, Callable[[Asked, Any, Any], Any]]
) -> set[str]:
    """Do everything, each in a unit of its own; return what was not refused for whoever does it."""
    found = set()
    for name, do in verbs.items():
        with Session(database.engine.execution_options(consortium_writing=True)) as session:
            try:
                do(Asked(session, who, session.get_one(Consortium, home)), session, who)
            except NotPermitted:
                continue
            found.add(name)
    return found


def test_an_auditor_changes_nothing(make: Make) -> None:
    home = prepare(make)

    assert permitted(make.database, home, Principal("Rita", Role.AUDITOR, home), CHANGING) == set()


@pytest.mark.parametrize(
    ("name", "verb", "kind"),
    [
        ("write_draft", Verb.TRANSLATE, StatusUpdate),
        ("write_draft", Verb.EDIT, StatusUpdate),
        ("sent_status", Verb.TRANSLATE, StatusUpdate),
        ("return_status", Verb.APPROVE, StatusUpdate),
        ("return_status", Verb.ADD, StatusComment),
    ],
)
def test_what_needs_two_rules_is_done_by_nobody_without_one_of_them(
    make: Make, monkeypatch: pytest.MonkeyPatch, name: str, verb: Verb, kind: type
) -> None:
    home = prepare(make)
    monkeypatch.delitem(RULES, (verb, kind))

    assert permitted(make.database, home, make.operator, {name: CHANGING[name]}) == set()


def test_staff_of_another_consortium_read_nothing(make: Make) -> None:
    home = prepare(make)

    assert permitted(make.database, home, Principal("Ute", Role.STAFF, home + 1), READING) == set()


def test_nobody_chooses_what_they_may_not_see(make: Make) -> None:
    mine, foreign = make.sub_project("Mitt"), make.sub_project("Fremmed")
    make.session.flush()
    lead = make.principal(Role.LEAD, leads=frozenset({mine.id}))
    said = {"key": "M", "sub_project": foreign.key, "title.nb": "Avtale", "due": "2026-12-24"}

    with pytest.raises(editing.FormRefused):
        editing.save_record(make.session, lead, home=make.home, kind=Milestone, key="", said=said)


@pytest.fixture
def lines(make: Make, tmp_path: Path) -> Path:
    """Export a consortium with one partner."""
    make.partner()
    write_lines(make.session, make.operator, consortium=make.home, file=(file := io.BytesIO()))
    path = tmp_path / "export.jsonl"
    path.write_bytes(file.getvalue())
    return path


def test_an_auditor_imports_no_lines(make: Make, lines: Path) -> None:
    with pytest.raises(NotPermitted):
        exporting.import_lines(make.session, make.principal(Role.AUDITOR), path=lines)


def test_staff_begin_no_consortium_by_a_file(make: Make, lines: Path) -> None:
    lines.write_bytes(lines.read_bytes().replace(make.home.key.encode(), b"another").replace(b'"country"', b'"land"'))

    with pytest.raises(NotPermitted):
        exporting.import_lines(make.session, make.principal(Role.STAFF), path=lines, new=True)


def test_who_may_begin_none_is_told_so_before_what_is_wrong_with_the_file(make: Make, lines: Path) -> None:
    head, first, *_others = lines.read_bytes().replace(make.home.key.encode(), b"another").splitlines(keepends=True)
    lines.write_bytes(head + first.replace(b'"languages"', b'"tongues"'))

    with pytest.raises(ImportRefused, match="was not imported"):
        exporting.import_lines(make.session, make.operator, path=lines, new=True)
    with pytest.raises(NotPermitted):
        exporting.import_lines(make.session, make.principal(Role.STAFF), path=lines, new=True)


@pytest.mark.parametrize("verb", [Verb.ADD, Verb.EDIT])
def test_a_file_brings_nothing_that_one_may_not_add_or_change(
    make: Make, lines: Path, monkeypatch: pytest.MonkeyPatch, verb: Verb
) -> None:
    key = make.session.scalars(select(Organisation.key)).first() or ""
    told = lines.read_bytes()
    lines.write_bytes(
        told.replace(b'"country":"NO"', b'"country":"SE"') if verb is Verb.EDIT else told.replace(key.encode(), b"ny")
    )
    monkeypatch.delitem(RULES, (verb, Organisation))

    with pytest.raises(NotPermitted, match="may not"):
        exporting.import_lines(make.session, make.operator, path=lines)


def test_a_file_of_a_consortium_that_one_may_not_see_is_of_none(make: Make, lines: Path) -> None:
    away = make.consortium("Et annet sted")
    make.session.flush()

    with pytest.raises(ImportRefused, match="There is no consortium"):
        exporting.import_lines(make.session, Principal("Ute", Role.STAFF, away.id), path=lines)
