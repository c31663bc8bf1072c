"""An admin that is struck down while somebody saves a status again and again, and starts anew on what it left."""

import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event, Thread
from urllib.parse import urlencode

from sqlalchemy import select

from consortium.errors import ConsortiumError
from consortium.models import Database, StatusUpdate
from tests.jobs.server import free_port
from tests.long.grounds import Ground, bring, fill_world, settled
from tests.long.promises import broken
from tests.long.stage import Play, begun, said_in

#: who saves; the admin believes them
LEAD = "liv"

#: where a status is reported
FORM = "/status/DP-1/"

#: seconds that are granted to a start
PATIENCE = 120.0

#: days of statuses, each another one
_DAYS = count()

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Saved:
    """What came of saves in an admin that was struck down.

    :ivar tried: words that were sent
    :ivar acknowledged: words that were answered as kept
    :ivar unsaid: words that are there, although nobody heard so
    :ivar slowest: seconds from the start, with everything imported, to the first answer
    """

    killed: int = 0
    tried: int = 0
    acknowledged: int = 0
    lost: int = 0
    unsaid: int = 0
    slowest: float = 0
    wrong: list[str] = field(default_factory=list)


def fill_with_lead(database: Database) -> None:
    """Let somebody lead a sub-project."""
    fill_world(database)
    lead = {
        "person": LEAD,
        "organisation": "a",
        "role": "project_manager",
        "sub_project": "DP-1",
        "start": "2025-01-01",
    }
    bring(database, {"capacities": [lead]})


def strike_saves(ground: Ground, *, kills: int, seed: int) -> Saved:
    """Strike the admin down ``kills`` times while two save, and let it start anew on what it left each time."""
    chance, saved = random.Random(seed), Saved()  # noqa: S311  # the same moments every time
    acknowledged: set[str] = set()
    ground.reset()
    while saved.killed < kills:
        sent, kept = _one_life(ground, saved, round_=saved.killed, seconds=chance.random() * LONGEST)
        acknowledged |= kept
        saved.killed, saved.tried = saved.killed + 1, saved.tried + len(sent)
        present, wrong = look(ground)
        saved.lost += len(kept - present)
        saved.unsaid += len((sent - kept) & present)
        saved.wrong += wrong
    present, wrong = look(ground)
    saved.acknowledged, saved.lost = len(acknowledged), saved.lost + len(acknowledged - present)
    return saved


#: seconds that an admin lives at most, once something was kept
LONGEST = 0.8


def _one_life(ground: Ground, saved: Saved, *, round_: int, seconds: float) -> tuple[set[str], set[str]]:
    """Serve, let two save, and strike the admin down; returns the words that were sent, and those that were kept."""
    sent: set[str] = set()
    kept: set[str] = set()
    work = Play((ground.url, str(port := free_port())), ground.folder.parent / "log")
    with begun(work, serve) as (process, _told):
        start = time.monotonic()
        wait_for(port, start + PATIENCE)
        saved.slowest = max(saved.slowest, time.monotonic() - start)
        over, ready = Event(), [Event(), Event()]
        savers = [
            Thread(target=_save, args=(port, f"{round_}-{each}", sent, kept, over, ready[each])) for each in range(2)
        ]
        for saver in savers:
            saver.start()
        for each in ready:
            each.wait(PATIENCE)
        time.sleep(seconds)
        process.kill()
        over.set()
        for saver in savers:
            saver.join()
    if "Traceback" in said_in(work) or '"fault"' in said_in(work):
        saved.wrong.append(said_in(work)[-2000:])
    return sent, kept


def serve(work: Play) -> int:
    """Serve the admin to whoever says that they are somebody."""
    from consortium.testing import TODAY
    from consortium_admin.app import create_app
    from consortium_admin.server import open_server, run
    from tests.browser.serving import BY_PASSWORD, Believing

    url, port = work.arguments
    app = create_app(Database(url).require(), settings=BY_PASSWORD, keeper=Believing(), day=TODAY)
    run(open_server(app, int(port)))
    return 0


def save_once(work: Play) -> int:
    """Fill in the form of a status and send it, without a server; returns the exit code that a command would have."""
    from tests.admin.keeping import as_person
    from tests.admin.page import Page
    from tests.admin.sending import visitor_of

    try:
        database = Database(work.arguments[0])
        client = visitor_of(database, as_person(database, LEAD))
        token = Page(client.get(FORM)).value_of("csrf_token")
        answer = client.post(FORM, data={**filled_in("Ord."), "day": "2024-12-31", "csrf_token": token})
    except ConsortiumError as fault:  # before there is a site that could say so
        print(fault)
        return 3
    print("Kept." if answer.status_code == 303 else f"{answer.status_code}: {answer.text[-400:]}")
    return {303: 0, 503: 3}.get(answer.status_code, answer.status_code % 256)


def _save(port: int, name: str, sent: set[str], kept: set[str], over: Event, ready: Event) -> None:
    """Save new words again and again, and note which were sent and which were kept."""
    try:
        with connected(port) as connection:
            answer = ask(connection, "GET", FORM, {"Cookie": f"as={LEAD}"})
            cookie = f"as={LEAD}; " + answer.cookie
            token = token_of(answer)
            number = 0
            while token and not over.is_set():
                number += 1
                words = f"Ord{name}-{number}."
                sent.add(words)
                said = ask(connection, "POST", FORM, {"Cookie": cookie}, {**filled_in(words), "csrf_token": token})
                if said.status == 303:
                    kept.add(words)
                    ready.set()
                elif said.status != 503:
                    raise AssertionError(f"{said.status} for {words}")
    except (OSError, HTTPException):
        pass  # it was struck down
    finally:
        ready.set()


@dataclass(frozen=True)
class Answer:
    """What the admin answered."""

    status: int
    words: str
    cookie: str


def filled_in(words: str) -> dict[str, str]:
    """Fill in the form of a status, of a day of its own: there is one of each day."""
    day = date(2024, 12, 31) - timedelta(days=next(_DAYS))
    return {"do": "send", "state": "on_track", "language": "nb", "day": f"{day}", "summary": words}


def token_of(answer: "Answer") -> str:
    """Find the token of the form on a page; nothing where there is none."""
    found = _TOKEN.search(answer.words)
    return found.group(1) if found else ""


def ask(
    connection: HTTPConnection, method: str, path: str, headers: dict[str, str], fields: dict[str, str] | None = None
) -> Answer:
    """Ask the admin for a page, or send it a form."""
    body = urlencode(fields) if fields else None
    form = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    connection.request(method, path, body, {**headers, **form})
    response = connection.getresponse()
    cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
    return Answer(response.status, response.read().decode(), cookie)


@contextmanager
def connected(port: int) -> Iterator[HTTPConnection]:
    """Open a connection to the admin."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        yield connection
    finally:
        connection.close()


def wait_for(port: int, end: float) -> None:
    """Wait until the admin answers that it and its database are there."""
    while True:
        try:
            with connected(port) as connection:
                if ask(connection, "GET", "/healthz", {}).status == 200:
                    return
        except OSError:
            pass
        if time.monotonic() > end:
            raise TimeoutError("the admin does not start again")
        time.sleep(0.01)


def look(ground: Ground) -> tuple[set[str], list[str]]:
    """Read which words are there, and what is broken."""
    database = settled(ground)
    with database.read() as session:
        found = {each.words("nb") or "" for each in session.scalars(select(StatusUpdate.summary))}
    wrong = broken(database)
    database.engine.dispose()
    return found, wrong
