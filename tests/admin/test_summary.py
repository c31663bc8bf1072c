"""The status summary as a page."""

import pytest
from flask.testing import FlaskClient

from consortium.documents import Document
from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.policy import operator
from consortium.services.reporting import Order, make_document
from consortium.testing import TODAY
from consortium.writers.html import report_html
from tests.admin.conftest import Read


def html(site: Database, languages: str) -> str:
    """Write the report as the HTML writer does."""
    with site.read() as session:
        who = operator("Olga Operatør")
        order = Order(languages=languages, day=TODAY)
        document: Document = make_document(session, who, consortium=find_consortium(session, who), order=order)
        return "".join(report_html(document))


@pytest.mark.parametrize("languages", ["nb", "nn", "sv", "en", "nb+sv"])
def test_the_page_holds_the_report_as_the_writer_writes_it(client: FlaskClient, site: Database, languages: str) -> None:
    assert html(site, languages) in client.get(f"/reports/status-summary/{languages}/").text


def test_unless_told_otherwise_the_report_has_the_consortiums_languages(client: FlaskClient) -> None:
    chosen = client.get("/reports/status-summary/").text

    assert chosen == client.get("/reports/status-summary/nb+sv/").text


def test_the_languages_can_be_chosen_by_links(read: Read) -> None:
    page = read("/reports/status-summary/sv/")

    assert {f"/reports/status-summary/{each}/" for each in ("nb+sv", "nb", "nn", "sv", "en")} <= set(page.links())
    assert "sv" in {each.attributes.get("lang") for each in page.all("article")}


@pytest.mark.parametrize("languages", ["fi", "no", "sv+nb+nn", "nb sv", "..%2f..%2fetc", "NB", "+", "x" * 5000])
def test_other_languages_are_not_found(client: FlaskClient, languages: str) -> None:
    assert client.get(f"/reports/status-summary/{languages}/").status_code == 404


def test_the_report_is_the_only_heading_of_its_page(read: Read) -> None:
    page = read("/reports/status-summary/")

    assert len(page.all("h1")) == len(page.all("main")) == 1
