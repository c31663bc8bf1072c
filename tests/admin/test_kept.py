"""What is kept of pages: never a secret, never somebody else's, and never longer than it is true."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from consortium.services.policy import Principal, Role
from consortium.testing import Make, counted
from consortium_admin.views import kept
from consortium_admin.visit import Visitor
from tests.admin.keeping import Told
from tests.admin.sending import visitor, visitor_of

NORWEGIAN = {"Accept-Language": "nb"}


def read(client: FlaskClient, address: str = "/sub-projects/") -> str:
    return client.get(address, headers=NORWEGIAN).text


def somebody(make: Make, name: str, role: Role = Role.STAFF, **own: frozenset[int]) -> Told:
    return Told(Visitor(name, Principal(name, role, make.home.id, **own)))


def test_a_list_that_was_shown_before_asks_only_whether_something_has_changed(make: Make) -> None:
    make.status(make.sub_project("Åpen stue"))
    client = visitor(make)
    first = read(client)
    with counted(make.database) as statements:
        again = read(client)

    assert again == first.replace(*secrets_of(first, again))
    assert len(statements) == 2  # the consortium, and the end of the history


def secrets_of(*pages: str) -> tuple[str, str]:
    first, second = (re.findall(r'name="csrf_token" value="([^"]+)"', page)[0] for page in pages)
    return first, second


@pytest.mark.parametrize("address", ["/sub-projects/", "/organisations/", "/organisations/?q=Kommune"])
def test_what_somebody_has_changed_is_there_at_once(make: Make, address: str) -> None:
    make.sub_project(partners=[make.partner("Kommune Nord", key="nord")])
    client = visitor(make)
    before = read(client, address)
    make.partner("Kommune Sør")
    make.keep()

    assert "Kommune Sør" not in before
    assert "Kommune Sør" in read(client, address)


def test_what_staff_have_seen_is_not_shown_to_a_lead(make: Make) -> None:
    own = make.sub_project("Åpen stue")
    make.sub_project("Kanarifugl")
    make.keep()
    leads = frozenset({own.id})
    assert "Kanarifugl" in read(visitor(make))

    page = read(visitor_of(make.database, somebody(make, "Lise", Role.LEAD, leads=leads)))

    assert "Åpen stue" in page
    assert "Kanarifugl" not in page


def test_two_of_the_staff_have_their_own_names_and_secrets(make: Make) -> None:
    make.sub_project()
    keeper, pages = somebody(make, ""), []
    app = visitor(make, keeper).application
    for name in ("Anne <Ås>", "Berit", "Anne <Ås>"):
        keeper.visitor = somebody(make, name).visitor
        pages.append(read(app.test_client()))

    assert ["Anne &lt;Ås&gt;" in page for page in pages] == [True, False, True]
    assert ["Berit" in page for page in pages] == [False, True, False]
    assert len({secret for page in pages for secret in re.findall(r'csrf_token" value="([^"]+)"', page)}) == 3


@pytest.mark.parametrize("address", ["/sub-projects/", "/organisations/", "/gatherings/", "/people/", "/terms/"])
def test_nothing_that_is_kept_has_a_secret_of_forms(make: Make, address: str) -> None:
    make.gathering("Vår", day=date(2026, 3, 1))
    make.status(make.sub_project())
    read(visitor(make, somebody(make, "Navn Navnesen")), address)
    pages = [str(each.value) for each in kept.PAGES._kept.values()]

    assert pages
    assert not [page for page in pages if "csrf_token" in page or "Navn Navnesen" in page]


def test_a_page_with_a_very_long_address_is_not_kept(make: Make) -> None:
    make.sub_project()
    client = visitor(make)
    before = len(kept.PAGES._kept)
    read(client, "/sub-projects/?q=" + "x" * kept.LONGEST_ADDRESS)

    assert len(kept.PAGES._kept) == before


def test_the_way_back_of_the_frame_is_that_of_each_page(make: Make) -> None:
    client = visitor(make)

    for query in ("?q=a", "?q=%22%3E%3Ci%3E"):
        page = read(client, f"/sub-projects/{query}")
        assert page.count('name="next" value="/sub-projects/?q=') == 2
        assert "<i>" not in page
