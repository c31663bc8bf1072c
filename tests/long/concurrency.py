"""Many at once, in long: fifty leads, a hundred double submits, crossed units, and readers beside an import.

pytest tests/long/concurrency.py -s
"""

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from threading import Barrier, Event, Thread
from typing import Any

import pytest
import requests
from sqlalchemy import func, select

from consortium.errors import DatabaseBusy
from consortium.models import Attendance, Consortium, Database, Milestone, Organisation, Person
from consortium.services.people import add_person
from consortium.services.policy import operator
from consortium.testing import Make
from tests.admin.desk import Fields
from tests.concurrency.crossing import cross, impatient_of_deadlocks, milestones
from tests.concurrency.leads import browser, build, edit_at_once, send_at_once, served
from tests.concurrency.test_leads import check_all_are_kept
from tests.concurrency.writers import forks

LEADS, EDITS, PROJECTS = 50, 20, 10
TIMES, ROUNDS = 100, int(os.environ.get("CONSORTIUM_ROUNDS", "100"))
CROSSED = int(os.environ.get("CONSORTIUM_ROUNDS_CROSSED", "1000"))

#: how long an import holds its unit of work open, in seconds; ten minutes of it is what has to hold
IMPORT = int(os.environ.get("CONSORTIUM_IMPORT_SECONDS", "60"))


def test_fifty_leads_lose_nothing(make: Make, database: Database) -> None:
    build(make, leads=LEADS, projects=PROJECTS)

    with served(database) as address:
        began = time.monotonic()
        tally = edit_at_once(address, leads=LEADS, edits=EDITS, projects=PROJECTS)
        took = time.monotonic() - began

    print(
        f"\n{database.engine.dialect.name}: {len(tally.accepted)} accepted, {tally.refused} refused and merged, "
        f"{len(tally.strange)} strange, {took:.0f} s"
    )
    check_all_are_kept(database, tally, edits=LEADS * EDITS)
    assert forks(database).misfits == ()


def test_a_hundred_double_submits_make_one_row(make: Make, database: Database) -> None:
    build(make, leads=0, projects=1)
    said = {"name.nb": "Nytt", "country": "NO", "type": "municipality"}
    codes: Counter[int] = Counter()

    with served(database) as address:
        for each in range(ROUNDS):
            answers = send_at_once(address, "/organisations/new/", {**said, "key": f"nytt{each}"}, times=TIMES)
            codes.update(code for code, _where in answers)
            assert len({where for _code, where in answers}) == 1

    print(f"\n{database.engine.dialect.name}: {ROUNDS} rounds of {TIMES}: {dict(codes)}")
    assert set(codes) == {303}
    with database.read() as session:
        query = select(func.count()).select_from(Organisation).where(Organisation.key.like("nytt%"))
        assert session.scalar(query) == ROUNDS


def test_a_hundred_forms_of_one_invitation_make_one_attendance(make: Make, database: Database) -> None:
    make.gathering(key="G")
    make.organisation("Vidda", key="vidda")
    build(make, leads=0, projects=1)
    barrier = Barrier(TIMES)

    def invite(_number: int) -> int:
        own = browser("staff")
        page = f"{address}/attendance/new/"
        said = {"gathering": "G", "organisation": "vidda", "state": "invited"}
        fields = {**dict(Fields(own.get(page).text).pairs), **said}
        barrier.wait()
        return own.post(page, data=fields, allow_redirects=False).status_code

    with served(database) as address, ThreadPoolExecutor(TIMES) as pool:
        codes = Counter(pool.map(invite, range(TIMES)))

    print(f"\n{database.engine.dialect.name}: {dict(codes)}")
    assert codes[303] == 1
    assert max(codes) < 500
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Attendance)) == 1


def test_units_that_cross_are_begun_again_and_nobody_is_told(make: Make, database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        pytest.skip("its writers come one after the other")
    impatient_of_deadlocks(database)
    milestones(make)
    counts: Counter[int] = Counter()

    with ThreadPoolExecutor(2) as pool:
        for each in range(CROSSED):
            meet = Barrier(2)
            one = pool.submit(cross, database, ("M0", "M1"), meet, f"a{each}")
            two = pool.submit(cross, database, ("M1", "M0"), meet, f"b{each}")
            counts.update((one.result(), two.result()))

    print(f"\n{CROSSED} rounds: units by how often they were begun: {dict(counts)}")
    assert sum(number * (begun - 1) for begun, number in counts.items()) >= CROSSED
    with database.read() as session:
        for title in session.scalars(select(Milestone.title)):
            assert len((title.words("nb") or "").split()) == 1 + 2 * CROSSED


def test_readers_do_not_wait_for_an_import(make: Make, database: Database) -> None:
    """A slow import: one unit of work that writes all the time, as one of many thousand rows does."""
    make.person()
    build(make, leads=2, projects=10)
    ended, told, brought = Event(), list[str](), list[int]()

    with served(database) as address, ThreadPoolExecutor(1) as pool:
        importing = pool.submit(bring, database, ended, brought)
        times, codes = read_until(address, ended, told)
        importing.result()

    with database.read() as session:
        kept = session.scalar(select(func.count()).select_from(Person).where(Person.key.like("i%"))) or 0
    p95 = quantiles(times, n=20)[18] * 1000
    print(
        f"\n{database.engine.dialect.name}: import of {kept} rows in {IMPORT} s; {len(times)} pages read, "
        f"p50 {quantiles(times, n=2)[0] * 1000:.0f} ms, p95 {p95:.0f} ms, max {max(times) * 1000:.0f} ms, {dict(codes)}; "
        f"writers meanwhile: {Counter(told)}"
    )
    assert kept == len(brought)
    assert set(codes) == {200}
    assert "locked" not in " ".join(told)


def bring(database: Database, ended: Event, brought: list[int]) -> None:
    """Add people for a while, all in one unit of work."""
    until = time.monotonic() + IMPORT
    try:
        with database.write() as session:
            home = session.scalars(select(Consortium)).one()
            while time.monotonic() < until:
                key = f"i{len(brought)}"
                add_person(session, operator("Import"), consortium=home, key=key, name=key)
                brought.append(1)
                time.sleep(0.005)
    finally:
        ended.set()


def read_until(address: str, ended: Event, told: list[str]) -> tuple[list[float], "Counter[int]"]:
    """Read pages one after the other, and let somebody save now and then, until the import has ended."""
    own, times, codes = browser("leder0"), [], Counter[int]()
    writer = Thread(target=save_until, args=(address, ended, told))
    writer.start()
    paths = ("/sub-projects/", "/milestones/", "/milestones/edit/?id=M1", "/search/?q=ord", "/")
    while not ended.is_set():
        for path in paths:
            began = time.monotonic()
            answer = own.get(f"{address}{path}")
            times.append(time.monotonic() - began)
            codes[answer.status_code] += 1
            time.sleep(0.02)
    writer.join()
    return times, codes


def save_until(address: str, ended: Event, told: list[str]) -> None:
    """Save a milestone again and again; note each answer, and what it says where it is no yes."""
    own, page = browser("leder1"), f"{address}/milestones/edit/?id=M0"
    number = 0
    while not ended.is_set():
        fields = {**dict(Fields(own.get(page).text).pairs), "title.nb": f"Ord {number}"}
        answer: Any = own.post(page, data=fields, allow_redirects=False)
        is_plain = "import" in answer.text or answer.status_code == requests.codes.see_other
        told.append(f"{answer.status_code}" if is_plain else answer.text[-400:])
        number += 1


def test_an_impatient_unit_gives_up_at_once(sqlite: Database) -> None:
    with sqlite.write() as one:
        one.connection()
        began = time.monotonic()
        with pytest.raises(DatabaseBusy), sqlite.write(is_patient=False) as two:
            two.connection()
        assert time.monotonic() - began < 1
