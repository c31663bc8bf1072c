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
from tests.matrix.conftest import Stage
from tests.matrix.expected import BY_ROLE, is_let_in, is_open, may_ask
from tests.matrix.world import PRINCIPALS, may_be_shown

CANARY = re.compile(rb"zq[0-9]+zq")

#: what differs between two refusals that say the same: secrets of forms, and the address that was asked for
VARYING = re.compile(r'value="[^"]*"|name="was[^"]*"|href="[^"]*"')

#: an answer to somebody who may not come in: led to where one signs in, or told that there is nothing
LED_IN, NOTHING = {302, 303, 401}, {404}


def doors(stage: Stage) -> Iterator[tuple[str, str, str]]:
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


def wrong(stage: Stage, who: str, door: tuple[str, str, str], wanted: Ask) -> Iterator[str]:
    """Say what is wrong with the answer to a request."""
    _address, endpoint, method = door
    response = ask(stage, who, method, wanted)
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


@pytest.mark.parametrize("who", PRINCIPALS)
def test_nobody_is_shown_or_changes_what_is_not_theirs(stage: Stage, who: str) -> None:
    cases = 0
    found: list[str] = []
    for door in doors(stage):
        for wanted in asks(stage.world, door[1], door[0]):
            found += wrong(stage, who, door, wanted)
            cases += 1

    assert not found, "\n".join(found)
    assert cases > 700


@pytest.mark.parametrize("who", ["auditor", "member_a", "lead", "staff"])
def test_a_foreign_row_is_refused_like_one_that_is_not_there(stage: Stage, who: str) -> None:
    differing = []
    for address, endpoint, method in doors(stage):
        if is_open(endpoint) or not is_let_in(endpoint, method, who):
            continue
        answers = {
            wanted.row: VARYING.sub("", ask(stage, who, method, wanted).text)
            for wanted in asks(stage.world, endpoint, address)
            if not may_ask(endpoint, method, who, wanted) and "create_view" not in endpoint
        }
        if len(set(answers.values())) > 1:
            differing.append((endpoint, method, sorted(answers)))

    assert differing == []


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
