"""Bad input in every form: each field that a page shows is sent back with strings of every collection."""

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import cycle, islice

import pytest
from werkzeug.test import TestResponse

from tests.admin.desk import Fields
from tests.matrix.asking import asks
from tests.matrix.conftest import IS_WHOLE, ONCE, Stage
from tests.matrix.corpora import everything, own, written
from tests.matrix.shape import faults
from tests.matrix.test_bad_queries import usual_address
from tests.matrix.test_matrix import doors

Pairs = list[tuple[str, str]]

NUMBER = re.compile("[0-9]+")


class OwnFields(Fields):
    """Reads the fields of the forms on a page that are sent to the page itself, whether they say so or not."""

    def __init__(self, words: str, path: str) -> None:
        self.path = path
        super().__init__(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = [
            (name, value) for name, value in attrs if name != "action" or (value or "").partition("?")[0] != self.path
        ]
        super().handle_starttag(tag, own if tag == "form" else attrs)


#: strings for each field by itself, and how often all fields are bad at once
ALONE, TOGETHER = (2, 4) if IS_WHOLE else (1, 2)

#: on PostgreSQL one field in so many is tried by itself
SHARE = 2

#: forms that a page shows only in a state in which the world is not, or that no page shows
OTHERS: dict[str, Pairs] = {
    "account.sign_in": [("address", "staff@example.org"), ("password", "feil"), ("next", "/"), ("kept", "")],
    "account.forgotten_password": [("address", "staff@example.org")],
    "account.new_password": [("password", "fire grønne tog"), ("again", "fire grønne tog")],
    "account.second_step": [("code", "123456"), ("next", "/")],
    "account.recovery_code": [("code", "abcd-efgh"), ("next", "/")],
    "account.sign_in_with_passkey": [("answer", "{}"), ("next", "/")],
    "account.second_step_with_passkey": [("answer", "{}"), ("next", "/")],
    "account.passkeys": [("name", "Nøkkel"), ("answer", "{}")],
    "account.remove_passkey": [("passkey", "1")],
    "account.end_sign_in": [("sign_in", "1")],
    "account.take_up_second_factor": [("code", "123456")],
    "unreported.send": [("only", "DP-B1")],
    "unreported.link": [("id", "DP-B1"), ("next", "/sub-projects/")],
    "language.choose": [("language", "sv"), ("next", "/")],
    "approvals.status": [
        ("decision", "return"), ("version", "1"), ("language", "nb"), ("asked-state", ""), ("asked-summary", "Hva?"),
        ("asked-achieved", ""), ("asked-next_steps", ""), ("asked-support_needs", ""),
    ],
}  # fmt: skip

#: forms with several buttons are sent by each of them
BUTTONS = {"status.index": ("send", "draft", "keep", "foretell")}


def send(stage: Stage, who: str, address: str, pairs: Pairs) -> TestResponse:
    """Send a form as a careless program does, which lets through what a browser would mend."""
    body = "&".join(f"{written(name)}={written(words)}" for name, words in pairs)
    kind = "application/x-www-form-urlencoded"
    return stage.browser(who).post(address, data=body, content_type=kind, buffered=True)


def forms(stage: Stage, who: str) -> Iterator[tuple[str, Pairs, bool]]:
    """Walk all forms: where each is sent, what stands in it before anybody has done harm, and whether a page shows it."""
    for rule, endpoint, method in doors(stage):
        if method != "POST" or endpoint in {"csp_reports", "account.sign_out"}:
            continue
        address = shown_at(stage, who, endpoint, rule)
        page = stage.browser(who).get(address, buffered=True)
        if who != "staff" and page.status_code == 404:
            continue
        shown = OwnFields(page.text, address.partition("?")[0]).pairs if page.status_code == 200 else []
        known = [*shown, *OTHERS.get(endpoint, [])]
        pairs = known or next((list(each.form.items()) for each in asks(stage.world, endpoint, rule)), [])
        for button in BUTTONS.get(endpoint, ("",)):
            yield address, [*pairs, ("do", button)] if button else pairs, bool(known)


def shown_at(stage: Stage, who: str, endpoint: str, rule: str) -> str:
    """Return the address at which a page shows a form."""
    if endpoint.endswith((".all_view", ".round_view")):
        return f"{rule}?id=samling"
    address = usual_address(stage, endpoint, rule)
    if endpoint == "approvals.status":
        return next(each.path for each in asks(stage.world, endpoint, rule) if each.row == "B1")
    if endpoint.endswith(".restore_view"):
        history = stage.browser(who).get(address.replace("/restore/", "/"), buffered=True)
        ways = (unescape(each) for each in re.findall(r'href="(/[^"]*/restore/[^"]*)"', history.text))
        return next(ways, address)
    return address


def bad(pairs: Pairs, names: list[str], strings: Iterator[str], share: int) -> Iterator[tuple[Pairs, tuple[str, ...]]]:
    """Walk versions of a form in which fields hold bad words: some names each by itself, then all fields."""
    for name in names[::share]:
        for words in islice(strings, ALONE):
            yield [*((each, kept) for each, kept in pairs if each != name), (name, words)], (words,)
    for _time in range(0, TOGETHER, share):
        spoilt = [(name, next(strings)) for name, _words in pairs if name not in {"do", "id"}]
        yield (
            [*spoilt, *((name, words) for name, words in pairs if name == "do")],
            tuple(words for _name, words in spoilt),
        )


def alone(pairs: Pairs) -> list[str]:
    """Name the fields that are tried by themselves; of the same field in many lines the first."""
    return list(
        {NUMBER.sub("", name): name for name, _words in reversed(pairs) if not name.startswith("was.")}.values()
    )


@pytest.mark.parametrize("who", ["lead", "staff"])
def test_no_form_is_answered_with_a_fault_or_with_what_stands_in_it(stage: Stage, who: str) -> None:
    strings, found, count, fields = cycle(everything()), [], 0, 0
    shown = 0
    for address, pairs, is_shown in forms(stage, who):
        shown += is_shown
        for spoilt, said in bad(pairs, alone(pairs) if is_shown else [], strings, stage.share(SHARE)):
            count, fields = count + 1, fields + len(said)
            found += [f"{address} {said}: {each}" for each in faults(send(stage, who, address, spoilt), said)]

    assert found == []
    assert count > 100
    assert fields > count
    assert shown > (10 if who == "lead" else 80)
    print(f"{shown} forms sent {count} times, {fields} strings in them")  # a figure for whoever asks


@ONCE
@pytest.mark.parametrize("words", [*own("headers")[:8], *own("signs")[-120::12], "\ud800", "[" * 20_000])
def test_what_a_page_of_signing_in_carries_along_may_be_anything(stage: Stage, words: str) -> None:
    carried = json.dumps(["/milestones/new/", [["title.nb", words], [words, "x"]]])

    for kept in (carried, json.dumps([words, []]), words):
        answer = send(stage, "nobody", "/sign-in/", [("address", words), ("password", "feil"), ("kept", kept)])

        assert list(faults(answer, (words,))) == []


@ONCE
@pytest.mark.parametrize("header", ["Origin", "Referer"])
@pytest.mark.parametrize("words", ["http://[evil", "//\u2100", "null", "http://localhost@evil.example"])
def test_a_form_that_comes_from_nowhere_is_not_carried_along(stage: Stage, header: str, words: str) -> None:
    said = words.encode().decode("latin-1")

    answer = stage.app.test_client().post("/milestones/new/", data={"title.nb": "hemmelig"}, headers={header: said})

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in/")


@ONCE
@pytest.mark.parametrize("words", everything()[::20], ids=ascii)
def test_what_a_browser_reports_may_be_anything(stage: Stage, words: str) -> None:
    said = {"effective-directive": words, "document-uri": f"http://localhost/{words}", "blocked-uri": f"http://{words}"}

    for body in (json.dumps({"csp-report": said}), json.dumps([said, words]), words.encode("utf-8", "surrogatepass")):
        assert stage.app.test_client().post("/csp-reports", data=body).status_code in {204, 400}


@ONCE
def test_the_logbook_takes_no_words_from_a_report(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ("<b>evil</b>", "a b", "\u202emoc.live", "\x1b[31mevil", "a" * 200):
        said = {"effective-directive": words, "blocked-uri": f"http://{words}/"}
        stage.app.test_client().post("/csp-reports", data=json.dumps({"csp-report": said}))

    noted = [json.loads(line) for line in capsys.readouterr().err.splitlines() if "csp report" in line]
    assert {(each["directive"], each["blocked"]) for each in noted} == {("other", "other")}


@ONCE
def test_too_much_is_refused_before_it_is_read(stage: Stage) -> None:
    much = "å" * 2_500_000

    for address, name in (
        ("/milestones/edit/?id=m-B1", "title.nb"),
        ("/status/DP-B1/", "summary"),
        ("/sign-in/", "kept"),
    ):
        assert send(stage, "staff", address, [(name, much)]).status_code == 413


@ONCE
@pytest.mark.parametrize(
    "address", ["/search/", "/sub-projects/", "/milestones/", "/reports/", "/approvals/", "/sign-in/"]
)
def test_a_long_address_is_answered_soon(stage: Stage, address: str) -> None:
    browser = stage.browser("staff")

    for words in ("a" * 100_000, "a " * 50_000, "(" * 100_000, "%00" * 30_000, "&q=".join("ab" * 20_000)):
        names = ("q", "after", "next", "id", "first", "scope")
        answer = browser.get(f"{address}?{'&'.join(f'{name}={words}' for name in names)}", buffered=True)

        assert list(faults(answer)) == []
