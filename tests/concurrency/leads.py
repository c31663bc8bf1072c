"""Leads who edit the same records at once, through the admin as it is served, with all its pages of conflict."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from random import Random
from urllib.parse import urljoin

import requests

from consortium.models import Database
from consortium.services.people import give_capacity
from consortium.testing import Make
from consortium_admin.accounts.migrations import prepare
from tests.admin.desk import Fields
from tests.browser.serving import AS

#: a refused form is filled in again, so many times at most
PATIENCE = 200

SAVED, REFUSED = 303, 409


@dataclass
class Tally:
    """What became of what somebody sent.

    :ivar accepted: the words that were added, by the key of the record
    :ivar refused: forms that were shown again, with what is to be chosen
    :ivar strange: answers that nobody should get
    """

    accepted: list[tuple[str, str]] = field(default_factory=list)
    refused: int = 0
    strange: list[str] = field(default_factory=list)


@contextmanager
def served(database: Database, *more: str) -> Iterator[str]:
    """Serve ``database`` in a process of its own, and give its address."""
    url = database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.browser.serving", url, *more]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe, stderr=nowhere) as process:  # noqa: S603  # our own program
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def build(make: Make, *, leads: int, projects: int) -> None:
    """Make sub-projects with a milestone each, all of which are led by all of some people."""
    make.keep()
    prepare(make.database)
    people = [make.person(f"Leder {number}", key=f"leder{number}") for number in range(leads)]
    for number in range(projects):
        own = make.sub_project(key=f"DP{number}")
        make.milestone(own, key=f"M{number}", title={"nb": "Ord"})
        for person in people:
            give_capacity(
                make.session, make.operator, person=person, organisation=own.partners[0].organisation,
                role="project_manager", start=date(2025, 1, 1), sub_project=own,
            )  # fmt: skip
    make.keep()
    make.session.close()


def browser(who: str) -> requests.Session:
    """Open a browser in which somebody has signed in."""
    opened = requests.Session()
    opened.cookies.set(AS, who)
    return opened


def edit(address: str, who: str, *, edits: int, projects: int, seed: int) -> Tally:
    """Add a word to some of the milestones, one after the other; who comes second puts both together and saves again."""
    random, tally, own = Random(seed), Tally(), browser(who)  # noqa: S311  # no secret
    for number in range(edits):
        key = f"M{random.randrange(projects)}"
        page = f"{address}/milestones/edit/?id={key}"
        _add(own, page, key, f"{who}x{number}", tally)
    return tally


def _add(own: requests.Session, page: str, key: str, word: str, tally: Tally) -> None:
    answer = own.get(page)
    for _try in range(PATIENCE):
        fields = dict(Fields(answer.text).pairs)
        theirs = fields.get("theirs.title.nb", "")
        if answer.status_code == REFUSED:
            fields = {**fields, "pick.title.nb": "other", "title.nb": f"{theirs} {word}"}
        else:
            fields["title.nb"] = f"{fields.get('title.nb', '')} {word}"
        answer = own.post(page, data=fields, allow_redirects=False)
        if answer.status_code == SAVED:
            tally.accepted.append((key, word))
            return
        if answer.status_code != REFUSED:
            break
        tally.refused += 1
    tally.strange.append(f"{word}: {answer.status_code} {answer.text[-500:]}")


def edit_at_once(address: str, *, leads: int, edits: int, projects: int) -> Tally:
    """Let all leads edit at once."""
    with ThreadPoolExecutor(leads) as pool:
        tallies = pool.map(
            lambda number: edit(address, f"leder{number}", edits=edits, projects=projects, seed=number), range(leads)
        )
    whole = Tally()
    for each in tallies:
        whole.accepted += each.accepted
        whole.refused += each.refused
        whole.strange += each.strange
    return whole


def send_at_once(address: str, path: str, said: dict[str, str], *, times: int) -> list[tuple[int, str]]:
    """Open a form once, and send it so many times at once; return the answers, and where they lead."""
    own = browser("staff")
    fields = {**dict(Fields(own.get(urljoin(address, path)).text).pairs), **said}

    def send(_number: int) -> tuple[int, str]:
        one = browser("staff")
        one.cookies.update(own.cookies)
        answer = one.post(urljoin(address, path), data=fields, allow_redirects=False)
        return answer.status_code, answer.headers.get("Location", answer.text[-300:])

    with ThreadPoolExecutor(min(times, 50)) as pool:
        return list(pool.map(send, range(times)))
