"""Records of every kind: listed, shown, added, changed and removed through one view."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from consortium.models import Change, Consortium, Member, Milestone, Organisation, SubProject
from consortium.services.importing.keeping import MODELS
from consortium.services.policy import Role
from consortium.testing import Make, counted
from consortium_admin.views import VIEWS
from consortium_admin.views.record import RecordView
from tests.admin.desk import Desk, desk_of, kept
from tests.admin.page import Page

CANARY = "Kanarifugl"

#: for each address, what makes a new record there, what then changes it, and under which key it is found
KINDS: Mapping[str, tuple[dict[str, str], dict[str, str], str]] = {
    "groups": ({"name.nb": "Vest"}, {"name.sv": "Väst"}, "vest"),
    "organisations": (
        {"name.nb": "Elvhavn kommune", "type": "municipality", "country": "NO"},
        {"country": "SE"},
        "elvhavn-kommune",
    ),
    "partners": ({"organisation": "o", "joined": "2026-01-01"}, {"left": "2026-12-31"}, "o"),
    "roles": (
        {"partner": "p", "role": "project_owner", "start": "2026-01-01"},
        {"end": "2026-12-31"},
        "p:project_owner:2026-01-01",
    ),
    "people": ({"name": "Ida Ås", "language": "nb"}, {"email": "ida@example.org"}, "ida-as"),
    "capacities": (
        {"person": "liv", "organisation": "o", "role": "contact", "start": "2026-01-01"},
        {"end": "2026-12-31"},
        "liv:contact:o:2026-01-01",
    ),
    "themes": ({"name.nb": "Håp"}, {"question.nb": "I hvilken grad?"}, "hap"),
    "reporting-periods": (
        {"key": "2026-1", "start": "2026-01-01", "end": "2026-06-30", "due": "2026-07-31"},
        {"due": "2026-08-15"},
        "2026-1",
    ),
    "sub-projects": ({"key": "DP-9", "title.nb": "Nytt", "partners": "p"}, {"title.sv": "Nytt namn"}, "DP-9"),
    "milestones": ({"sub_project": "DP", "title.nb": "Klar", "due": "2026-09-01"}, {"due": "2026-10-01"}, "klar"),
    "indicators": (
        {"sub_project": "DP", "level": "output", "name.nb": "Deltakere"},
        {"unit.nb": "personer"},
        "deltakere",
    ),
    "indicator-values": (
        {"indicator": "I", "kind": "reading", "day": "2026-06-01", "value": "12,5"},
        {"value": "13"},
        "I:reading:2026-06-01",
    ),
    "assessments": (
        {"theme": "T", "sub_project": "DP", "day": "2026-06-01", "degree": "high"},
        {"degree": "some"},
        "T:DP:2026-06-01",
    ),
    "series": ({"name.nb": "Råd", "kind": "council"}, {"per_year": "4"}, "rad"),
    "gatherings": (
        {"title.nb": "Samling", "kind": "project_gathering", "start": "2026-05-01", "end": "2026-05-02"},
        {"place": "Røros"},
        "samling",
    ),
    "agenda": ({"gathering": "G", "place": "1", "title.nb": "Velkommen"}, {"minutes": "30"}, "G:1"),
    "attendance": ({"gathering": "G", "organisation": "o", "state": "invited"}, {"state": "accepted"}, "G:o"),
    "statements": (
        {"gathering": "G", "organisation": "o", "kind": "success", "words.nb": "Det gikk."},
        {"words.sv": "Det gick."},
        "G:o:success",
    ),
    "registers": (
        {"kind": "no-orgnr", "code": "974760673", "name": "Brønnøysund", "start": "2020-01-01"},
        {"end": "2025-12-31"},
        "no-orgnr:974760673:2020-01-01",
    ),
    "terms": ({"kind": "term", "words.nb": "samhandling"}, {"words.sv": "samverkan"}, "samhandling"),
}


def world(make: Make) -> Desk:
    """Make one record of each kind that others refer to, and somebody on the staff."""
    make.organisation("Nordmyr", key="o")
    make.person(key="liv")
    sub_project = make.sub_project("Delprosjekt", key="DP", partners=[make.partner("Fjellvik", key="p")])
    make.indicator(sub_project, key="I")
    make.theme(key="T")
    make.gathering(key="G")
    return desk_of(make)


def kind_at(at: str) -> type[Member]:
    """Tell of which kind the records at an address are."""
    return MODELS[{"reporting-periods": "periods"}.get(at, at.replace("-", "_"))]


@pytest.mark.parametrize("at", KINDS)
def test_every_kind_is_added_changed_and_removed(make: Make, at: str) -> None:
    desk = world(make)
    first, then, key = KINDS[at]

    added = desk.write(f"/{at}/new/", first)
    assert added.status_code == 303, Page(added).text
    made = kept(make, kind_at(at), key)
    assert made is not None

    changed = desk.write(f"/{at}/edit/?id={key}", then)
    assert changed.status_code == 303, Page(changed).text
    again = kept(make, kind_at(at), key)
    assert again is not None
    assert again.version == 2

    assert desk.client.get(f"/{at}/details/?id={key}").status_code == 200
    assert desk.write(f"/{at}/delete/?id={key}", {}).status_code == 303
    assert kept(make, kind_at(at), key) is None


@pytest.mark.parametrize("at", KINDS)
def test_lists_and_forms_ask_the_database_little(make: Make, at: str) -> None:
    desk = world(make)
    first, _then, key = KINDS[at]
    desk.write(f"/{at}/new/", first)
    most = {"/": 3, "/new/": 4, f"/edit/?id={key}": 4}

    for path in () if at == "sub-projects" else ("/",):
        with counted(make.database) as sent:
            assert desk.client.get(f"/{at}{path}").status_code == 200
        assert len(sent) <= most[path], sent
    for path in ("/new/", f"/edit/?id={key}"):
        with counted(make.database) as sent:
            assert desk.client.get(f"/{at}{path}").status_code == 200
        assert len(sent) <= most[path], sent


def test_every_kind_that_a_workbook_has_can_be_edited_but_statuses_and_comments() -> None:
    edited = {view.kind for view in VIEWS if issubclass(view, RecordView)}

    assert {*MODELS.values()} - edited == {MODELS["status_updates"], MODELS["comments"]}


@pytest.mark.parametrize("at", KINDS)
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MEMBER])
def test_who_only_reads_is_given_no_form(make: Make, at: str, role: Role) -> None:
    client = desk_of(make, role).client

    for page in ("new", "edit", "delete", "ajax/lookup"):
        assert client.get(f"/{at}/{page}/?id=x").status_code == 404
    assert client.post(f"/{at}/delete/?id=x").status_code in {400, 404}


def lead(make: Make, sub_project: SubProject) -> Desk:
    return desk_of(make, Role.LEAD, leads=frozenset({sub_project.id}))


def test_a_lead_edits_milestones_of_the_own_sub_project_alone(make: Make) -> None:
    own = make.milestone(key="own")
    make.milestone(key="foreign")
    desk = lead(make, own.sub_project)
    said = {"due": "2026-09-01"}

    assert desk.write("/milestones/edit/?id=own", said).status_code == 303
    sheet = desk.open("/milestones/edit/?id=own")
    assert desk.client.get("/milestones/edit/?id=foreign").status_code == 404
    assert desk.client.post("/milestones/edit/?id=foreign", data={**sheet.values, **said}).status_code == 404
    foreign = kept(make, Milestone, "foreign")
    assert foreign is not None
    assert foreign.version == 1


def test_who_shares_a_sub_project_reads_its_milestones_and_edits_none(make: Make) -> None:
    milestone = make.milestone(key="shared")
    partner = milestone.sub_project.participations[0].partner_id
    desk = desk_of(make, Role.LEAD, leads=frozenset({make.sub_project().id}), partners=frozenset({partner}))

    assert desk.client.get("/sub-projects/details/", query_string={"id": milestone.sub_project.key}).status_code == 200
    assert desk.client.get("/milestones/edit/?id=shared").status_code == 404


@pytest.mark.parametrize(("role", "is_offered"), [(Role.STAFF, True), (Role.AUDITOR, False)])
def test_a_list_and_a_page_offer_to_add_and_to_change_to_those_who_may(
    make: Make, role: Role, is_offered: bool
) -> None:
    partner = make.partner()
    desk = desk_of(make, role)

    shown = Page(desk.client.get("/partners/details/", query_string={"id": partner.key})).links()
    listed = Page(desk.client.get("/partners/")).links()

    ways = {link.split("?")[0] for link in (*shown, *listed)}
    doors = ("/roles/new/", "/roles/edit/", "/partners/new/")
    assert [door in ways for door in doors] == [is_offered] * len(doors)


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR])
def test_a_page_shows_only_the_ways_that_are_open(make: Make, role: Role) -> None:
    milestone = make.milestone(key="own")
    number = milestone.sub_project_id
    desk = desk_of(make, role, leads=frozenset({number} if role is Role.LEAD else ()))

    links = Page(desk.client.get("/milestones/details/?id=own")).links()

    ways = {link.split("/")[2] for link in links if link.startswith("/milestones/") and "id=own" in link}
    assert ways == ({"edit"} if role is Role.LEAD else {"history"})


def test_staff_changes_the_consortium_itself(make: Make) -> None:
    key = make.home.key
    desk = desk_of(make)

    assert desk.write(f"/consortium/edit/?id={key}", {"programme": "Interreg"}).status_code == 303
    assert desk.client.get("/consortium/new/").status_code == 404
    assert desk.client.get(f"/consortium/delete/?id={key}").status_code == 404
    found = kept(make, Consortium, key)
    assert found is not None
    assert found.programme == "Interreg"


def test_a_lead_is_offered_no_foreign_sub_project(make: Make) -> None:
    own = make.sub_project("Eget")
    make.sub_project(CANARY)
    desk = lead(make, own)

    assert CANARY not in desk.client.get("/milestones/new/").text
    assert desk.client.get("/milestones/ajax/lookup/?name=sub_project&query=Kana").json == []


def test_a_foreign_reference_is_none(make: Make) -> None:
    own = make.sub_project("Eget")
    make.sub_project(CANARY, key="foreign")
    desk = lead(make, own)
    said = {"sub_project": "foreign", "title.nb": "Klar", "due": "2026-09-01"}

    refused = desk.write("/milestones/new/", said)

    assert refused.status_code == 422
    assert CANARY not in refused.text
    assert kept(make, Milestone, "klar") is None


def test_fields_that_no_form_has_say_nothing(make: Make) -> None:
    desk = world(make)
    smuggled = {"consortium_id": "99", "id": "99", "changed_at": "2000-01-01", "key_order": "x", "name.fr": "Ville"}

    assert desk.write("/organisations/edit/?id=o", {"name.nb": "Nordmyr by", **smuggled}).status_code == 303

    with make.database.read() as session:
        change = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert change is not None
    assert set(change.values) == {"name"}
    found = kept(make, Organisation, "o")
    assert isinstance(found, Organisation)
    assert set(found.name) == {"nb"}


def test_what_others_refer_to_is_not_removed(make: Make) -> None:
    desk = world(make)

    refused = desk.write("/organisations/delete/?id=p", {})

    assert refused.status_code == 409
    assert "p" in Page(refused).text
    assert kept(make, Organisation, "p") is not None


def test_what_was_changed_in_the_meantime_is_not_removed(make: Make) -> None:
    desk = world(make)
    asked = desk.open("/organisations/delete/?id=o")
    desk.write("/organisations/edit/?id=o", {"name.nb": "Nytt navn"})

    refused = desk.send(asked, {})

    assert refused.status_code == 409
    assert "Nytt navn" in refused.text
    assert kept(make, Organisation, "o") is not None


def test_a_list_is_turned_page_by_page(make: Make) -> None:
    for number in range(120):
        make.organisation(f"Kommune {number:03}")
    client = desk_of(make).client

    first = Page(client.get("/organisations/"))
    ways = [link for link in first.links() if "after=" in link]
    second = Page(client.get(ways[0]))

    assert "Kommune 049" in first.text
    assert "Kommune 050" not in first.text
    assert "Kommune 050" in second.text


@pytest.mark.parametrize("query", ["after=x", "before=%00", "after=" + "A" * 5000, "q=" + "%20x" * 400, "q=%00"])
def test_an_odd_address_is_answered_in_words(make: Make, query: str) -> None:
    desk = world(make)

    assert desk.client.get(f"/organisations/?{query}").status_code == 200


@pytest.mark.parametrize("key", ["", "none", "' OR 1=1 --", "x" * 10_000, "\x00"])
def test_a_record_that_is_not_there_is_not_found(make: Make, key: str) -> None:
    desk = world(make)

    for page in ("details", "edit", "delete", "history"):
        assert desk.client.get(f"/organisations/{page}/", query_string={"id": key}).status_code == 404


def test_another_consortiums_records_are_not_there(make: Make) -> None:
    abroad = make.consortium("Fremmed")
    make.organisation(CANARY, key="foreign", consortium=abroad)
    client = world(make).client

    for page in ("details", "edit", "delete", "history"):
        assert client.get(f"/organisations/{page}/?id=foreign").status_code == 404
    assert CANARY not in client.get("/organisations/").text
    assert CANARY not in client.get("/partners/new/").text


def test_who_removes_a_part_is_led_to_the_top_of_the_whole(make: Make) -> None:
    desk = world(make)
    desk.write("/milestones/new/", KINDS["milestones"][0])

    assert desk.write("/milestones/delete/?id=klar", {}).location == "/sub-projects/details/?id=DP"


#: kinds of which one more row is written: the partners of a sub-project
MORE = {"sub-projects": 1}


@pytest.mark.parametrize("at", KINDS)
def test_a_record_is_kept_in_six_statements(make: Make, at: str) -> None:
    desk = world(make)
    first, then, key = KINDS[at]
    for path, said in (("new/", first), (f"edit/?id={key}", then), (f"edit/?id={key}", _other_words(first, then))):
        sheet = desk.open(f"/{at}/{path}")
        with counted(make.database) as sent:
            assert desk.send(sheet, said).status_code == 303
        assert len(own := of_the_record(sent)) <= 6 + MORE.get(at, 0), own


def of_the_record(sent: list[str]) -> list[str]:
    """Leave out what every visit asks, which consortium it is and which plugins are at work there; a lock, and tidying now and then."""
    others = ("FROM consortium ", "FROM plugin_switch ", "LOCK TABLE", "DELETE FROM form_receipt ")
    return [each for each in sent if not any(words in each for words in others)]


def _other_words(first: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Say a text in other words, or something else where there is none."""
    return {name: f"{words} igjen" for name, words in first.items() if "." in name} or dict(then)
