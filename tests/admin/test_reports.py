"""The report page: choices in the address, the document, its files, and snapshots."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.datastructures import Headers

from consortium.documents import Document, Writer
from consortium.models import Database, Snapshot, SnapshotLine, SubProject
from consortium.plugins import front_desk
from consortium.services.consortia import find_consortium
from consortium.services.policy import Role, operator
from consortium.services.reporting import Order, make_document
from consortium.services.texts import write_text
from consortium.testing import TODAY, Make
from consortium.writers.html import report_html
from tests.admin.conftest import Read
from tests.admin.keeping import Told, as_person
from tests.admin.page import Page
from tests.admin.sending import send, visitor, visitor_of

CANARY = "Kanarifugl"
FORMATS = ("pdf", "html", "docx", "odt", "xlsx", "md", "json")


def html(site: Database, **order: Any) -> str:
    """Write the report as the HTML writer does."""
    with site.read() as session:
        who = operator("Olga Operatør")
        wanted = Order(day=TODAY, **order)
        document: Document = make_document(session, who, consortium=find_consortium(session, who), order=wanted)
        return "".join(report_html(document))


def chosen(page: Page) -> set[str]:
    """Read what the form shows as chosen."""
    options = {each.attributes["value"] for each in page.all("option") if "selected" in each.attributes}
    radios = {each.attributes["value"] for each in page.all("input") if "checked" in each.attributes}
    return (options | radios) - {""}


def download(client: FlaskClient, **asked: str) -> tuple[Headers, bytes]:
    """Download a file to its end."""
    with client.get("/reports/download/", query_string=asked) as response:
        assert response.status_code == 200
        return response.headers, response.data


def problems(page: Page) -> set[str]:
    """Name the choices at which something is told."""
    ids = (each.attributes.get("id", "") for each in page.all("p") if each.attributes.get("class") == "error")
    return {each.removeprefix("choose-").removesuffix("-error") for each in ids if each}


@pytest.mark.parametrize("languages", ["nb", "nn", "sv", "en", "sv+nb", "nb+en"])
def test_the_page_holds_the_report_as_the_writer_writes_it(client: FlaskClient, site: Database, languages: str) -> None:
    first, _plus, second = languages.partition("+")

    response = client.get("/reports/", query_string={"first": first, **({"second": second} if second else {})})

    assert html(site, languages=languages) in response.text


def test_unless_told_otherwise_the_report_has_the_consortiums_languages(client: FlaskClient, site: Database) -> None:
    assert html(site, languages="nb+sv") in client.get("/reports/").text


def test_the_address_holds_every_choice_and_nothing_else(client: FlaskClient) -> None:
    asked = {"first": "sv", "second": "nb", "scope": "country:SE", "day": "2026-03-01", "since": "day"}
    empty = {"report": "", "missing": "fallback", "nonsense": "1", "since_day": "2025-12-01"}

    response = client.get("/reports/", query_string={**asked, **empty})

    assert response.status_code == 302
    kept = {"first": "sv", "second": "nb", "scope": "country:SE", "day": "2026-03-01", "since": "2025-12-01"}
    page = Page(client.get(response.location))
    assert dict(each.split("=") for each in response.location.split("?")[1].replace("%3A", ":").split("&")) == kept
    assert {"sv", "nb", "country:SE", "day"} <= chosen(page)
    assert "1 March 2026" not in page.text  # of the report, which is in Swedish and Norwegian
    assert "1 mars 2026" in page.text


def test_the_usual_choices_leave_the_address_bare(client: FlaskClient) -> None:
    asked = {"first": "nb", "second": "sv", "missing": "fallback", "report": "", "since": ""}

    assert client.get("/reports/", query_string=asked).location == "/reports/"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"report": "nonsense"}, "report"),
        ({"first": "fi"}, "first"),
        ({"first": "no", "second": "nb"}, "first"),
        ({"first": "sv", "second": "sv"}, "second"),
        ({"scope": "partner:nobody"}, "scope"),
        ({"scope": "planet:earth"}, "scope"),
        ({"scope": "country:"}, "scope"),
        ({"day": "2026-13-45"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "9999-12-31"}, "day"),
        ({"since": "nonsense"}, "since"),
        ({"since": "day"}, "since"),
        ({"since": "2027-01-01"}, "since"),
        ({"since": "\x00"}, "since"),
        ({"since": "x" * 5000}, "since"),
        ({"missing": "hide"}, "missing"),
        ({"snapshot": "' OR 1=1 --"}, "snapshot"),
    ],
)
def test_what_cannot_be_chosen_is_told_at_its_choice(
    client: FlaskClient, site: Database, asked: dict[str, str], field: str
) -> None:
    response = client.get("/reports/", query_string=asked)

    assert response.status_code == 200
    assert problems(Page(response)) == {field}
    assert "<article" in response.text


def test_several_strange_choices_are_all_told(client: FlaskClient) -> None:
    asked = {"since": "nonsense", "snapshot": "nonsense", "scope": "partner:nobody"}

    assert {"since", "snapshot"} <= problems(Page(client.get("/reports/", query_string=asked)))


def test_a_missing_text_blocks_the_report_where_that_is_chosen_and_is_listed_with_the_way_to_it(read: Read) -> None:
    page = read("/reports/", missing="block")

    assert "71 texts are missing" in page.text
    assert "/sub-projects/details/?id=DP-06" in page.links()
    assert not page.all("article")
    assert not [link for link in page.links() if "download" in link]


def test_a_missing_text_is_marked_where_that_is_chosen(client: FlaskClient, site: Database) -> None:
    assert html(site, missing="mark") in client.get("/reports/?missing=mark").text


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_a_file_with_its_type_name_and_size(client: FlaskClient, format: str) -> None:
    headers, data = download(client, format=format, first="nb", scope="country:SE")

    assert headers["Content-Type"] == front_desk().writer(format).media_type
    assert headers["Content-Disposition"].startswith("attachment; filename=status-summary-")
    assert headers["Content-Disposition"].endswith(f"-2026-06-15.{format}")
    assert int(headers["Content-Length"]) == len(data) > 10_000


def test_every_format_is_a_link_that_tells_its_size_once_that_is_known(client: FlaskClient) -> None:
    asked = "first=nb&scope=country%3ASE"
    links = [link for link in Page(client.get(f"/reports/?{asked}")).links() if "download" in link]

    assert [link.split("format=")[1].split("&")[0] for link in links] == list(FORMATS)
    assert all("first=nb" in link and "scope=country" in link for link in links)
    _headers, data = download(client, format="md", first="nb", scope="country:SE")
    assert f"{round(len(data) / 1000)} kB" in Page(client.get(f"/reports/?{asked}")).text


@pytest.mark.parametrize("format", ["", "nonsense", "../../etc/passwd", "PDF"])
def test_there_is_no_other_format(client: FlaskClient, format: str) -> None:
    assert client.get("/reports/download/", query_string={"format": format}).status_code == 404


@pytest.mark.parametrize("asked", ["day=xx", "since=nonsense", "missing=block", "scope=partner%3Anobody"])
def test_a_file_that_cannot_be_made_leads_to_the_page_or_says_so(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/reports/download/?format=md&{asked}")

    assert response.status_code in {302, 404}
    if response.status_code == 302:
        page = client.get(response.location)
        assert problems(Page(page)) or "missing" in Page(page).text
    assert "Content-Disposition" not in response.headers


class Failing(Writer):
    """Writes some of a document, and fails."""

    key = "failing"
    media_type = "text/plain"

    def write(self, document: Document, file: Any) -> None:
        file.write(CANARY.encode())
        raise RuntimeError(CANARY)


@pytest.fixture
def failing() -> Iterator[None]:
    writers = front_desk().writers
    writers["failing"] = Failing()  # type: ignore[index]  # the desk keeps a plain dictionary
    yield
    del writers["failing"]  # type: ignore[attr-defined]  # as above


@pytest.mark.usefixtures("failing")
def test_a_writer_that_fails_gives_a_page_in_words_and_no_part_of_a_file(client: FlaskClient) -> None:
    response = client.get("/reports/download/?format=failing")

    assert response.status_code == 500
    assert response.mimetype == "text/html"
    assert "Content-Disposition" not in response.headers
    assert not response.text.startswith(CANARY)


def test_a_name_with_signs_of_its_own_leads_nowhere_else(make: Make) -> None:
    make.home.key = '../"æ\r\n/x'.replace("\r\n", "")
    make.sub_project()

    headers, _data = download(visitor(make), format="md")

    name = headers["Content-Disposition"].split("filename", 1)[1]
    assert "/" not in name
    assert ".." not in name


def test_a_lead_reads_and_downloads_only_what_is_theirs(site: Database) -> None:
    client = visitor_of(site, as_person(site, "ragnhild-vindhei"))

    page, (_headers, file) = client.get("/reports/?first=nb").text, download(client, format="md", first="nb")

    for words in (page, file.decode()):
        assert "Individuell plan og SIP side om side" in words
        assert "Erfaringskonsulenter i oppsøkende team" not in words
    assert client.get("/reports/snapshots/").status_code == 404


def test_another_consortium_is_never_told(make: Make) -> None:
    abroad = make.consortium("Fremmed")
    foreign = make.sub_project(CANARY, partners=[make.partner(CANARY, key=CANARY, consortium=abroad)])
    make.status(foreign, summary={"nb": CANARY})
    make.sub_project()
    client = visitor(make)

    for asked in ("", "first=nb", f"scope=partner:{CANARY}"):
        told = client.get(f"/reports/?{asked}").text
        assert CANARY not in told.replace(f"“{CANARY}”", "").replace(asked, "")
    _headers, file = download(client, format="json")
    assert CANARY not in file.decode()


def test_a_report_compares_with_a_snapshot_that_is_chosen_from_the_list(make: Make) -> None:
    project = make.sub_project("Over grensen")
    make.status(project, day=date(2026, 6, 1), state="on_track")
    client = visitor(make)
    send(client, "/reports/snapshots/", day="2026-06-01", key="før")
    make.status(project, state="delayed")
    make.keep()

    page = Page(client.get("/reports/", query_string={"since": "før", "first": "nb"}))

    assert "før" in chosen(page)
    assert "øyeblikksbildet før" in page.text


def test_the_report_of_a_snapshot_is_what_it_was(make: Make) -> None:
    project = make.sub_project("Gammelt navn")
    client = visitor(make)
    send(client, "/reports/snapshots/", day="2026-06-15", key="kept")
    with make.database.write() as session:
        found = session.get_one(SubProject, project.id)
        write_text(session, make.operator, record=found, field="title", language="nb", words="Nytt navn")

    page = Page(client.get("/reports/?snapshot=kept"))

    assert "Gammelt navn" in page.text
    assert "Nytt navn" not in page.text
    _headers, file = download(client, format="md", snapshot="kept")
    assert "Gammelt navn" in file.decode()


def keys(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Snapshot.key)))


def test_staff_take_a_snapshot_and_a_second_click_takes_no_second_one(make: Make) -> None:
    make.status()
    client = visitor(make)
    token = Page(client.get("/reports/snapshots/")).value_of("csrf_token")
    said = {"csrf_token": token, "day": "2026-06-15", "key": "2026-06-15"}

    for _click in range(2):
        response = client.post("/reports/snapshots/", data=said)
        assert (response.status_code, response.location) == (303, "/reports/snapshots/")

    assert keys(make.database) == ["2026-06-15"]
    page = Page(client.get("/reports/snapshots/"))
    assert page.value_of("key") == "2026-06-15-2"


@pytest.mark.parametrize("said", [{"key": "last-gathering"}, {"day": "nonsense"}, {"key": "x" * 5000}, {"key": "\x00"}])
def test_a_snapshot_that_cannot_be_taken_says_why(make: Make, said: dict[str, str]) -> None:
    client = visitor(make)

    response = send(client, "/reports/snapshots/", **{"key": "a", "day": "", **said})

    assert response.status_code == 400
    assert "The snapshot was not taken" in Page(response).text
    assert keys(make.database) == []


def test_a_snapshot_is_checked_and_one_that_was_altered_is_told(make: Make) -> None:
    make.status()
    client = visitor(make)
    send(client, "/reports/snapshots/", day="2026-06-15", key="kept")
    assert "It is unchanged" in Page(client.get("/reports/snapshots/?check=kept")).text
    with make.database.engine.begin() as connection:
        connection.execute(update(SnapshotLine).values(content=b"x"))

    assert "is not what was kept" in Page(client.get("/reports/snapshots/?check=kept")).text


def test_an_auditor_sees_the_snapshots_and_takes_none(make: Make) -> None:
    client = visitor(make, Role.AUDITOR)

    page = Page(client.get("/reports/snapshots/"))

    assert "Take the snapshot" not in page.text
    assert client.post("/reports/snapshots/").status_code in {400, 404}
    assert keys(make.database) == []


def test_the_report_is_the_only_heading_of_its_page(read: Read) -> None:
    page = read("/reports/")

    assert len(page.all("h1")) == len(page.all("main")) == 1


def test_markup_in_words_stays_words(make: Make) -> None:
    partner = make.partner("<b onclick=x>Bø</b>", key="b")
    make.status(make.sub_project("<script>alert(1)</script>", partners=[partner]), summary={"nb": "<img src=x>"})
    client = visitor(make)

    for asked in ("", "missing=block", "since=<script>alert(1)</script>"):
        page = Page(client.get(f"/reports/?{asked}"))
        assert not page.all("img")
        assert not [each for each in page.all("script") if "src" not in each.attributes]
        assert not any("onclick" in each.attributes for each in page.elements)


def test_nobody_reads_a_report_without_signing_in(app: Flask, site: Database) -> None:
    client = visitor_of(site, Told())

    assert {client.get(path).status_code for path in ("/reports/", "/reports/download/?format=md")} == {302}
