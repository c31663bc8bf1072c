"""Every page, for everyone: checked by axe in two languages, two colour schemes and two widths."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open

PAGES = (
    "/sub-projects/",
    "/sub-projects/?state=at_risk&country=SE",
    "/sub-projects/?state=delayed&country=SE",
    "/sub-projects/details/?id=DP-01",
    "/reports/status-summary/",
    "/reports/status-summary/nn/",
    "/nowhere",
)
Scheme = Literal["light", "dark"]

#: the sections of a long report are built alike: all are checked once, then the first ten
FIRST = {"exclude": ["article > section:nth-of-type(n + 11)"]}


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nb", "sv"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(look: Open, path: str, language: str, scheme: Scheme, width: int) -> None:
    page = look(path, language=language, width=width, color_scheme=scheme)

    found = Axe().run(page, context=FIRST)

    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_a_whole_report(look: Open) -> None:
    assert Axe().run(look("/reports/status-summary/")).violations_count == 0


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_nothing_has_been_entered(
    look: Open, empty_site: str, scheme: Scheme, width: int
) -> None:
    page = look("/sub-projects/", site=empty_site, width=width, color_scheme=scheme)

    assert Axe().run(page).violations_count == 0


def test_axe_finds_nothing_in_the_open_menu(look: Open) -> None:
    page = look("/sub-projects/", width=360)
    page.locator("summary").click()

    assert Axe().run(page).violations_count == 0


@pytest.mark.parametrize("width", [1280, 360, 320])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(look: Open, path: str, width: int) -> None:
    page = look(path, width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_link_and_control_is_large_enough_for_a_finger(look: Open) -> None:
    page = look("/sub-projects/", width=360)
    page.locator("summary").click()

    heights = page.locator("summary, nav a, select, button, .owner").evaluate_all(
        "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
    )

    assert min(heights) >= 24
