"""Bad input in every address: each parameter of each page is asked with strings of every collection."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any
from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from consortium.services.editing import form_of
from consortium.services.importing.layout import Kind
from consortium_admin.views import VIEWS as OUR_VIEWS
from consortium_admin.views.record import RecordView
from tests.matrix.asking import VIEWS, asks
from tests.matrix.conftest import IS_WHOLE, ONCE, Stage
from tests.matrix.corpora import everything, own, written
from tests.matrix.shape import faults
from tests.matrix.test_matrix import doors

Groups = tuple[tuple[str, ...], ...]

#: the parameters of the pages that all kinds of records have; those in one group are asked at once
OF_RECORDS: Mapping[str, Groups] = {
    "index_view": (("q",), ("after",), ("before",), ("q", "after")),
    "details_view": (("id",),),
    "edit_view": (("id",), ("next",)),
    "create_view": (("next",),),
    "delete_view": (("id",), ("next",)),
    "erase_view": (("id",),),
    "history_view": (("id",), ("before",)),
    "restore_view": (("id",), ("step",), ("field",)),
    "ajax_lookup": (("name",), ("query",), ("name", "query")),
    "all_view": (("id",),),
    "round_view": (("id",),),
}

REPORT: Groups = (
    ("report",), ("first",), ("second",), ("scope",), ("day",), ("since",), ("since_day",), ("missing",), ("snapshot",),
    ("report", "first", "second", "scope", "day", "since", "missing", "snapshot", "colour"),
)  # fmt: skip

#: those of the other pages; a place in the path is a parameter too
OF_OTHERS: Mapping[str, Groups] = {
    "sub_projects.index_view": (
        ("state", "country", "partner", "workflow", "overdue", "by"), ("partner",), ("q",), ("after",), ("before",),
    ),
    "search.index": (("q",), ("kind",), ("after",), ("before",), ("q", "kind", "after", "before")),
    "status.index": (("key",), ("status",), ("corrects",)),
    "sent.index": (("key",),),
    "approvals.index": (("after",),),
    "approvals.status": (("id",), ("read",)),
    "periods.lock": (("id",),),
    "periods.open": (("id",),),
    "periods.due": (("id",),),
    "pages.show": (("key",),),
    "pages.download": (("key",), ("format",)),
    "plugins.switch": (("id",), ("thing", "place", "state")),
    "unreported.index": (("period",),),
    "unreported.letters": (("only",),),
    "reports.index": REPORT,
    "reports.download": (("format",), REPORT[-1]),
    "snapshots.index": (("check",),),
    "look.file": (("name",),),
    "status_link.index": (("token",),),
    "status_link.sent": (("token",),),
    "account.open_reset": (("token",),),
    "account.open_invitation": (("token",),),
    "account.sign_in": (("next",),),
    "account.second_step": (("next",),),
    "account.recovery_code": (("next",),),
    "account.confirm": (("next",),),
    "account.sign_in_elsewhere": (("next", "again"),),
    "account.back_from_elsewhere": (("state", "code", "error", "iss"),),
}  # fmt: skip

#: as many strings for each group of a page of its own, and of one that twenty kinds have alike or that takes long to make
MANY, SOME = (31, 8) if IS_WHOLE else (14, 2)

#: of which one in so many on PostgreSQL
SHARE = 2

#: the kind of record behind each view
KINDS = {each.at: each.kind for each in OUR_VIEWS if issubclass(each, RecordView)}

#: beside the parameter that is tried
FIXED = {"restore_view": {"step": "1"}, "download": {"format": "json"}, "ajax_lookup": {"name": "organisation"}}


def groups(endpoint: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Walk the groups of parameters of a page, and how many strings each gets."""
    view, _dot, name = endpoint.partition(".")
    if endpoint in OF_OTHERS:
        yield from ((group, SOME if view == "reports" else MANY) for group in OF_OTHERS[endpoint])
    elif view in VIEWS:
        yield from ((group, SOME) for group in OF_RECORDS.get(name, ()))
        if name == "create_view":
            yield tuple(each.machine_name for each in form_of(KINDS[view], ("nb", "sv")) if each.kind is Kind.ONE), SOME
    else:
        yield ("q", "id", "page", "sort", "lang"), SOME


def addresses(stage: Stage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Walk all addresses that are asked, with the strings in them."""
    strings, share = cycle(everything()), stage.share(SHARE)
    for rule, endpoint, method in doors(stage):
        if method != "GET":
            continue
        usual = usual_address(stage, endpoint, rule).partition("?")
        given = dict(each.split("=", 1) for each in usual[2].split("&") if each)
        given |= FIXED.get(endpoint.partition(".")[2], {})
        for group, count in groups(endpoint):
            for _number in range(0, count, share):
                yield (
                    _address(rule, usual[0], given, said := {name: next(strings) for name in group}),
                    tuple(said.values()),
                )


def usual_address(stage: Stage, endpoint: str, rule: str) -> str:
    """Return the address of a page as somebody asks who means well."""
    if endpoint.startswith("consortium."):
        return f"{rule}?id=hjem"
    return next((each.path for each in asks(stage.world, endpoint, rule)), rule)


def _address(rule: str, usual: str, given: Mapping[str, str], said: Mapping[str, str]) -> str:
    """Write an address in which the parameters say something else than usual."""
    path = usual
    for name, words in said.items():
        for place in (f"<{name}>", f"<path:{name}>"):
            path = rule.replace(place, written(words)) if place in rule else path
    query = {**given, **{name: words for name, words in said.items() if f"{name}>" not in rule}}
    return f"{path}?{'&'.join(f'{name}={written(words)}' for name, words in query.items())}"


def test_no_address_is_answered_with_a_fault_or_with_what_stands_in_it(stage: Stage) -> None:
    browser = stage.browser("staff")
    stage.database.written.clear()
    found, uses, count = [], Counter[str](), 0
    for address, said in addresses(stage):
        count += 1
        uses.update(said)
        found += [f"{address[:200]}: {each}" for each in faults(browser.get(address, buffered=True), said)]

    assert found == []
    assert not stage.database.written or all("sign_in" in each for each in stage.database.written)
    assert stage.share(SHARE) > 1 or set(uses) == set(everything())
    assert count > 600
    print(f"{count} requests, {uses.total()} strings in them, {len(uses)} different")  # a figure for whoever asks


class Noting(ImmutableMultiDict[str, str]):
    """The parameters of an address, which note what is looked for in them."""

    asked: set[str] = set()  # noqa: RUF012  # of all of them together

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: Any) -> bool:
        self.asked.add(name)
        return super().__contains__(name)

    def getlist(self, name: Any, type: Any = None) -> list[Any]:
        self.asked.add(name)
        return super().getlist(name, type) if type else super().getlist(name)


@ONCE
def test_every_parameter_that_a_page_looks_for_is_tried(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = property(lambda request: Noting(parse_qsl(request.query_string.decode())))
    monkeypatch.setattr(stage.app.request_class, "args", noted)
    browser, untried = stage.browser("staff"), defaultdict(set)
    for rule, endpoint, method in doors(stage):
        if method != "GET" or endpoint.startswith("account."):
            continue
        Noting.asked = set()
        browser.get(usual_address(stage, endpoint, rule), buffered=True)
        tried = {name for group, _count in groups(endpoint) for name in group}
        untried[endpoint] = Noting.asked - tried

    # a form that is opened asks for its own fields, and a page that is not there for nothing
    assert {endpoint: names for endpoint, names in untried.items() if names} == {}


@ONCE
@pytest.mark.parametrize("name", ["Accept-Language", "Cookie", "User-Agent", "Referer", "X-Forwarded-Host", "Origin"])
def test_no_header_is_answered_with_a_fault(stage: Stage, name: str) -> None:
    browser, found = stage.app.test_client(), []
    for words in everything()[:: 8 if name in {"Accept-Language", "Cookie"} else 40]:
        sent = words.encode("utf-8", "surrogatepass").translate(None, b"\r\n\0").decode("latin-1")
        value = f"language={sent}; visit={sent}; session={sent}" if name == "Cookie" else sent
        found += [f"{words!r}: {each}" for each in faults(browser.get("/sign-in/", headers={name: value}), (words,))]

    assert found == []


@ONCE
@pytest.mark.parametrize("words", own("redirects"), ids=ascii)
def test_no_way_back_leads_away(stage: Stage, words: str) -> None:
    browser, next_ = stage.browser("staff"), written(words)
    answers = [
        browser.post("/language/", data=f"language=sv&next={next_}", content_type="application/x-www-form-urlencoded"),
        browser.get(f"/milestones/edit/?id=m-B1&next={next_}"),
        browser.get(f"/milestones/delete/?id=m-B1&next={next_}"),
        browser.post(
            "/milestones/edit/?id=m-B1",
            data=f"version=1&title.nb=Nytt&next={next_}",
            content_type="application/x-www-form-urlencoded",
        ),
        stage.app.test_client().post(
            "/sign-in/",
            data=f"address=staff%40example.org&password=feil&next={next_}",
            content_type="application/x-www-form-urlencoded",
        ),
    ]

    assert [fault for answer in answers for fault in faults(answer)] == []
    assert answers[0].status_code == answers[3].status_code == 303
