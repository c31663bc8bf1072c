"""Everybody asks at every door for every row: nobody is shown or changes what is not theirs."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from consortium.services.policy import Principal, Role
from consortium_admin import walls
from tests.matrix.asking import Ask, asks
from tests.matrix.conftest import IS_WHOLE, Stage
from tests.matrix.expected import BY_ROLE, is_let_in, is_open, may_ask
from tests.matrix.world import PRINCIPALS, may_be_shown

#: the rule of an address, the endpoint, and the method
Door = tuple[str, str, str]

CANARY = re.compile(rb"zq[0-9]+zq")

#: what differs between two refusals that say the same: secrets of forms, and the address that was asked for
VARYING = re.compile(r'value="[^"]*"|name="was[^"]*"|href="[^"]*"')

#: an answer to somebody who may not come in: led to where one signs in, or told that there is nothing
LED_IN, NOTHING = {302, 303, 401}, {404}

#: on PostgreSQL each of the principals comes to one door in so many
SHARE = 4

#: requests that the least of the principals sends to a quarter of the doors
FEWEST = 40


def doors(stage: Stage) -> Iterator[Door]:
    """Walk all doors that answer: the rule of the address, the endpoint, the method."""
    rules = stage.app.extensions[walls.RULES]
    for rule in stage.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if (rule.endpoint, method) in rules:
                yield rule.rule, rule.endpoint, method


def ask(stage: Stage, who: str, method: str, wanted: Ask) -> TestResponse:
    client = stage.browser(who)
    stage.database.written.clear()
    response = client.get(wanted.path) if method == "GET" else client.post(wanted.path, data=dict(wanted.form))
    response.get_data()
    response.close()
    return response


def shown(response: TestResponse) -> set[bytes]:
    """Collect the canaries in an answer: its headers, its body, and what is packed in it."""
    parts = [str(response.headers).encode(), response.data]
    if response.data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(response.data)) as packed:
            parts += [packed.read(name) for name in packed.namelist()]
    return {canary for part in parts for canary in CANARY.findall(part)}


def wrong(stage: Stage, who: str, door: Door, wanted: Ask, response: TestResponse) -> Iterator[str]:
    """Say what is wrong with the answer to a request."""
    _address, endpoint, method = door
    about = f"{who} {method} {wanted.path} ({wanted.row}): {response.status_code}"
    asked = CANARY.findall(wanted.path.encode())
    foreign = {canary for canary in shown(response) if not may_be_shown(stage.world.canaries[canary.decode()], who)}
    if response.status_code >= 500:
        yield about
    if foreign - set(asked):
        yield f"{about} shows {sorted(foreign)}"
    if is_open(endpoint):
        return
    if may_ask(endpoint, method, who, wanted):
        # whether a step is one of the record's is for the tests of the history
        if is_refused(response) and not endpoint.endswith(".restore_view"):
            yield f"{about} though it may"
    else:
        yield from wrongly_let_in(stage, who, endpoint, method, response, about)


def is_refused(response: TestResponse) -> bool:
    return response.status_code in {401, 404} or "/sign-in/" in response.headers.get("Location", "")


def wrongly_let_in(
    stage: Stage, who: str, endpoint: str, method: str, response: TestResponse, about: str
) -> Iterator[str]:
    """Say what is wrong with the answer to somebody who may not come in."""
    expected = LED_IN if who in {"anonymous", "disabled"} else NOTHING
    is_form = method == "POST" and endpoint.endswith(".create_view")
    if response.status_code not in ({*expected, 422} if is_form else expected):
        yield f"{about} though it may not"
    if stage.database.written:
        yield f"{about} wrote {stage.database.written[:2]}"


def visited(stage: Stage, who: str) -> Iterator[tuple[Door, list[Ask]]]:
    """Walk the doors that somebody comes to, and what they ask there.

    A rule knows who asks and nothing about the row, so whoever is let in nowhere behind a door asks for one row there. On
    PostgreSQL each principal comes to other doors. In a long run everybody asks everywhere for everything.
    """
    share = stage.share(SHARE)
    for number, door in enumerate(doors(stage)):
        address, endpoint, method = door
        wanted = list(asks(stage.world, endpoint, address))
        is_met = IS_WHOLE or is_open(endpoint) or is_let_in(endpoint, method, who)
        if number % share == PRINCIPALS.index(who) % share:
            yield door, wanted if is_met else wanted[:1]


@pytest.mark.parametrize("who", PRINCIPALS)
def test_nobody_is_shown_or_changes_what_is_not_theirs_or_learns_that_it_is_there(stage: Stage, who: str) -> None:
    cases = 0
    found: list[str] = []
    for door, asked in visited(stage, who):
        refusals: dict[str, str] = {}
        for wanted in asked:
            response = ask(stage, who, door[2], wanted)
            found += wrong(stage, who, door, wanted, response)
            if is_hidden(door, who, wanted):
                refusals[wanted.row] = VARYING.sub("", response.text)
            cases += 1
        if len(set(refusals.values())) > 1:
            found.append(f"{who} can tell apart at {door}: {sorted(refusals)}")

    assert not found, "\n".join(found)
    assert cases > FEWEST


def is_hidden(door: Door, who: str, wanted: Ask) -> bool:
    """Tell whether a row must look like one that is not there to somebody who is let in for others."""
    _address, endpoint, method = door
    if is_open(endpoint) or endpoint.endswith(".create_view") or not is_let_in(endpoint, method, who):
        return False
    return not may_ask(endpoint, method, who, wanted)


def test_every_door_has_a_rule_and_every_rule_a_door(stage: Stage) -> None:
    rules = stage.app.extensions[walls.RULES]
    known = {(endpoint, method) for _address, endpoint, method in doors(stage)}
    methods = {
        (rule.endpoint, method)
        for rule in stage.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert methods - set(rules) == set(), "these endpoints have no rule"
    assert set(BY_ROLE) <= known


def test_the_rules_say_what_is_expected_of_them(stage: Stage) -> None:
    roles = {"auditor": Role.AUDITOR, "staff": Role.STAFF, "lead": Role.LEAD, "other_lead": Role.LEAD}
    rules = stage.app.extensions[walls.RULES]
    different = [
        (endpoint, method, who)
        for _address, endpoint, method in doors(stage)
        for who in PRINCIPALS[2:]
        if not is_open(endpoint)
        if rules[endpoint, method](Principal(who, roles.get(who, Role.MEMBER), 1)) != is_let_in(endpoint, method, who)
    ]

    assert different == []
