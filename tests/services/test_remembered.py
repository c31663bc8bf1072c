"""What takes long to gather is remembered until something has changed, and never longer."""

from datetime import date
from itertools import count

import pytest
from sqlalchemy.orm import Session

from consortium.models import Database, Organisation, StatusUpdate
from consortium.models.recording import UnsignedWrite
from consortium.services.consortia import find_consortium
from consortium.services.overview import Filter, Overview, overview
from consortium.services.policy import operator
from consortium.services.remembered import MOST, Memory
from consortium.testing import TODAY, Make, counted

OPERATOR = operator("O")


def look(database: Database, **given: object) -> Overview:
    with database.read() as session:
        home = find_consortium(session, OPERATOR)
        return overview(session, OPERATOR, consortium=home, day=TODAY, language="nb", **given)  # type: ignore[arg-type]  # options of the overview's own


def test_nothing_is_gathered_twice_while_nothing_changes(example: Database) -> None:
    memory, times = Memory(), count(1)
    for _ in range(3):
        with example.read() as session:
            found = memory.recall(session, "key", lambda: next(times))

    assert found == 1


def test_a_change_of_another_kind_is_no_reason_to_gather_anew(make: Make) -> None:
    memory, times = Memory(), count(1)
    project = make.sub_project(partners=[make.partner()])
    make.keep()

    def recall(kind: type[Organisation | StatusUpdate]) -> int:
        with make.database.read() as session:
            return memory.recall(session, kind.__name__, lambda: next(times), of=(kind,))

    first = recall(Organisation), recall(StatusUpdate)
    make.status(project)
    make.keep()

    assert (first, recall(Organisation), recall(StatusUpdate)) == ((1, 2), 1, 3)


def test_a_unit_that_writes_remembers_nothing(example: Database) -> None:
    memory, times = Memory(), count(1)
    with example.write() as session:
        found = [memory.recall(session, "key", lambda: next(times)) for _ in range(2)]

    assert found == [1, 2]


def test_what_nobody_has_asked_for_the_longest_is_forgotten(example: Database) -> None:
    memory, times = Memory(), count(1)
    with example.read() as session:
        for key in (*range(MOST + 1), 0):
            found = memory.recall(session, key, lambda: next(times))

    assert found == MOST + 2


def test_words_are_sought_once_for_all_pages_of_a_list_and_anew_after_a_change(make: Make) -> None:
    partner, only = make.partner(), Filter(words="åpen")
    for number in range(5):
        make.sub_project(f"Åpen stue {number}", partners=[partner])
    make.keep()

    with counted(make.database) as first:
        page = look(make.database, only=only, size=2).page
    with counted(make.database) as second:
        after = look(make.database, only=only, size=2, after=page.next).page
    make.sub_project("En åpen dør", partners=[partner])
    make.keep()

    assert [sum("stems" in each or "text_search" in each for each in sent) for sent in (first, second)] == [1, 0]
    assert (page.count, len(after.records), look(make.database, only=only).page.count) == (5, 2, 6)


def test_the_overview_counts_a_status_as_soon_as_it_is_kept(make: Make) -> None:
    project = make.sub_project(partners=[make.partner()])
    make.status(project, day=date(2026, 5, 1), state="on_track")
    make.keep()
    before = look(make.database).states
    make.status(project, day=date(2026, 6, 1), state="delayed")
    make.keep()

    assert (before, look(make.database).states) == ({"on_track": 1}, {"delayed": 1})


def test_a_page_of_many_partners_is_the_same_forwards_and_backwards(make: Make) -> None:
    for number in range(150):
        make.sub_project(key=f"P{number}", partners=[make.partner(f"Kommune {number * 37 % 150}")])
    make.keep()
    pages: list[list[str]] = []
    place = ""
    while not pages or place:
        found = look(make.database, after=place, size=20).page
        pages.append([each.key for each in found.records])
        place = found.next
    place, back = found.previous, [pages[-1]]
    while place:
        found = look(make.database, before=place, size=20).page
        back.insert(0, [each.key for each in found.records])
        place = found.previous

    assert len({key for page in pages for key in page}) == 150
    assert pages == back


def test_a_state_that_few_are_in_is_found_far_from_the_first_partners(make: Make) -> None:
    for number in range(150):
        state = "delayed" if number == 149 else "on_track"
        make.status(make.sub_project(key=f"P{number}", partners=[make.partner(f"Kommune {number}")]), state=state)
    make.keep()

    assert [each.key for each in look(make.database, only=Filter(state="delayed")).page.records] == ["P149"]


def test_a_unit_that_only_reads_cannot_keep_anything(make: Make) -> None:
    make.organisation(key="o1")
    make.keep()

    def commit(session: Session) -> None:
        session.commit()

    with make.database.read() as session, pytest.raises(UnsignedWrite, match="only reads"):
        commit(session)
