"""What is asked at each door: for its own row, a sibling's, a foreign one, an archived one and one that is not there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from consortium.plugins import front_desk
from consortium.plugins.described import describe
from consortium.services.pages import pages_for
from tests.matrix.world import ALL, OLGA, OVERSEERS, World

#: the kind of record behind each view of records, and the rows that are asked for: the owner, and who may see it
SUB_PROJECTS = ("A1", "A2", "B1", "A3")
VIEWS: Mapping[str, str] = {
    "agenda": "agenda_item",
    "assessments": "assessment",
    "attendance": "attendance",
    "capacities": "capacity",
    "consortium": "consortium",
    "gatherings": "gathering",
    "groups": "group",
    "indicator_values": "indicator_value",
    "indicators": "indicator",
    "milestones": "milestone",
    "organisations": "organisation",
    "partners": "partner",
    "people": "person",
    "registers": "register",
    "reporting_periods": "period",
    "roles": "role",
    "series": "series",
    "statements": "statement_risk",
    "sub_projects": "sub_project",
    "terms": "term",
    "themes": "theme",
}

#: kinds of which a row belongs to a sub-project
OF_SUB_PROJECT = frozenset({"assessment", "indicator_value", "indicator", "milestone", "sub_project"})

#: kinds that leads write for what they lead
REPORTED = frozenset({"assessment", "indicator_value", "milestone"})

#: kinds that only overseers see
GUARDED = frozenset({"person", "capacity", "statement_risk"})

#: fields that no form has; each is sent with each form
NOT_OURS = {
    "id": "1",
    "key": "kapret",
    "consortium": "fremmed",
    "consortium_id": "2",
    "sub_project_id": "4",
    "partner_id": "2",
    "person_id": "1",
    "changed_at": "2020-01-01",
    "workflow": "approved",
    "role": "administrator",
    "password": "overtatt",
    "__class__": "x",
}


#: the first row of each kind: what does not depend on the row is asked for these alone
FIRST = frozenset({"A1", ALL, "A", "lead"})


@dataclass(frozen=True)
class Ask:
    """A request: the row it is about, for whom that row is, and what is sent.

    :ivar audience: for whom the row is; empty for one that is not there
    """

    row: str
    audience: str
    path: str
    form: Mapping[str, str] = field(default_factory=dict)


def asks(world: World, endpoint: str, address: str) -> Iterator[Ask]:
    """Walk what is asked at a door: ``address`` is its rule in the url map."""
    view, _dot, name = endpoint.partition(".")
    if view in VIEWS and name != "index_view":
        return _of_records(world, VIEWS[view], name, address)
    if view == "approvals" and name == "status":
        return _of_approvals(world, address)
    special = {
        "reports": _of_reports,
        "search": _of_search,
        "periods": _of_periods,
        "pages": _of_pages,
        "plugins": _of_plugins,
    }
    if view in special:
        return special[view](world, address, name)
    if "<" in address:
        return _of_parts(world, view, address)
    return iter((Ask("own", ALL, address, {"only": "DP-B1", "id": "DP-B1", "day": "2026-06-15", "key": "nytt"}),))


def _of_parts(world: World, view: str, address: str) -> Iterator[Ask]:
    """Ask at addresses with a place for a key or a token."""
    if "<token>" in address:
        yield Ask("missing", "", address.replace("<token>", "0" * 40), _status())
    for ask in _rows(world, "status_submitted" if view == "sent" else "sub_project") if "<path:key>" in address else ():
        yield Ask(ask.row, ask.audience, address.replace("<path:key>", ask.path), _status())
    if "<name>" in address:
        yield Ask("own", ALL, address.replace("<name>", "consortium.css"))


def _of_approvals(world: World, address: str) -> Iterator[Ask]:
    decisions = ({"decision": "approve"}, {"decision": "return", "language": "nb", "ask.achieved": "Hvor mange?"})
    for ask in _rows(world, "status_submitted"):
        for decision in decisions:
            yield Ask(ask.row, ask.audience, f"{address}?id={ask.path}", {**decision, "version": "1"})


def _of_search(world: World, address: str, _name: str) -> Iterator[Ask]:
    """Ask for a word that many texts have, and for canaries themselves, so that nobody learns by counting."""
    return (Ask(word, ALL, f"{address}?q={word}") for word in ("ord", *list(world.canaries)[::12]))


def _of_periods(_world: World, address: str, name: str) -> Iterator[Ask]:
    plan = {"year": "2027", "months": "6", "day": "2026-06-15", "due": "2026-08-01"}
    keys = (("2026-1", ALL), ("finnes-ikke", "")) if name in {"lock", "open", "due"} else (("", ALL),)
    for key, audience in keys:
        yield Ask(key, audience, f"{address}?id={key}", plan)


def _of_pages(_world: World, address: str, name: str) -> Iterator[Ask]:
    """Ask for the pages that plugins bring."""
    wish = "?format=json" if name == "download" else ""
    keys = [(each.key, ALL) for each in pages_for(OLGA)] + [("finnes-ikke", "")] if "<key>" in address else [("", ALL)]
    return (Ask(key or "own", audience, address.replace("<key>", key) + wish) for key, audience in keys)


def _of_plugins(_world: World, address: str, name: str) -> Iterator[Ask]:
    """Ask for the plugins that can be switched."""
    names = [(each.plugin.name, ALL) for each in describe(front_desk()) if each.is_switched] + [("finnes-ikke", "")]
    form = {"thing": "", "place": "", "state": "off"}
    asked = names if name == "switch" else [("", ALL)]
    return (Ask(each or "own", audience, f"{address}?id={each}", form) for each, audience in asked)


def _of_records(world: World, kind: str, name: str, address: str) -> Iterator[Ask]:
    for ask in _rows(world, kind):
        form = {**NOT_OURS, **_fields(world, ask.row), "version": "1"}
        key = ask.path
        if name == "create_view":
            yield Ask(ask.row, ask.audience, address, form)
        elif name == "restore_view":
            steps = ("1", "20", "99999") if ask.row in FIRST else ("1",)
            yield from (Ask(ask.row, ask.audience, f"{address}?id={key}&step={step}", form) for step in steps)
        elif name == "ajax_lookup" and ask.row in FIRST:
            named = ("sub_project", "organisation", "person", "partner", "gathering", "parent", "partners", "indicator")
            yield from (Ask(ask.row, ALL, f"{address}?name={each}&query=zq") for each in named)
        elif name == "ajax_lookup":
            continue
        elif name in {"all_view", "round_view"}:
            yield Ask(ask.row, ALL if key == "samling" else "", f"{address}?id={key}", form)
        else:
            yield Ask(ask.row, ask.audience, f"{address}?id={key}", form)


def _rows(world: World, kind: str) -> Iterator[Ask]:
    """Walk the rows of a kind, and one that is not there; the path of each is its key."""
    rows = {owner: key for (each, owner), key in world.keys.items() if each == kind}
    for owner, key in rows.items():
        if owner != "X":
            yield Ask(owner, _audience(kind, owner), key)
    yield Ask("another consortium's", "", rows.get("X", "fremmed-partner"))
    yield Ask("missing", "", "finnes-ikke")


def _audience(kind: str, owner: str) -> str:
    if kind in {"status_draft", "status_returned", "comment"}:
        return f"lead:{owner}"
    if owner in SUB_PROJECTS:
        return f"sub:{owner}"
    return OVERSEERS if kind in GUARDED else ALL


def _fields(world: World, row: str) -> dict[str, str]:
    """Fill in what new records of any kind need; what they belong to is that of the row that is asked for."""
    owner = "X" if row == "another consortium's" else row
    is_ours = ("sub_project", row) in world.keys
    return {
        "title.nb": "Nytt",
        "name.nb": "Nytt",
        "words.nb": "Nytt",
        "name": "Nytt",
        "sub_project": world.keys.get(("sub_project", owner), "finnes-ikke"),
        "indicator": world.keys["indicator", owner] if is_ours else "finnes-ikke",
        "organisation": "partner-b",
        "partner": "partner-b",
        "partners": "partner-b",
        "person": "other_lead",
        "gathering": "samling",
        "theme": "tema",
        "language": "nb",
        "level": "output",
        "degree": "high",
        "country": "NO",
        "type": "municipality",
        "state": "attended",
        "place": "7",
        "value": "4",
        "day": "2026-06-14",
        "due": "2026-09-01",
        "start": "2026-07-01",
        "end": "2026-12-31",
        "joined": "2026-01-01",
    }


def _status() -> dict[str, str]:
    return {"state": "on_track", "summary": "Nytt", "summary.nb": "Nytt", "action": "send", "wish": "send", **NOT_OURS}


def _of_reports(_world: World, address: str, name: str) -> Iterator[Ask]:
    """Ask for reports of everything and of parts, and for files of each kind."""
    wishes = [f"scope={scope}" for scope in ("", "partner:partner-b", "theme:tema", "partner:fremmed-partner")]
    wishes += ["since=bilde", "missing=mark", "snapshot=bilde", "missing=block"]
    if name == "download":
        wishes = [f"format={kind}" for kind in ("html", "json", "md", "xlsx", "docx")]
        yield Ask("snapshot", OVERSEERS, f"{address}?format=json&since=bilde")
    yield from (Ask(wish, ALL, f"{address}?{wish}") for wish in wishes)
