"""Every page in every state, for everyone: by axe and html-validate, in two languages, two schemes and three widths."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Open, Validate
from tests.browser.pages import CASES, IN_CHARTS, Case

#: the sections of a long report are built alike: the first ten are checked, and one whole report
FIRST = {"exclude": ["article > section:nth-of-type(n + 11)"]}
OPTIONS = {"resultTypes": ["violations", "incomplete"], "rules": {"target-size": {"enabled": True}}}

#: every state of every page in both languages and both schemes takes half an hour: `make test-pages`
IS_WHOLE = os.environ.get("CONSORTIUM_PAGES") == "whole"

#: else every page is judged in its first state, in Norwegian or in Swedish, and one in so many of its other states
SHARE = 6


def turns() -> Iterator[tuple[Case, str]]:
    """Walk the pages and states with the languages in which they are judged."""
    known: set[str] = set()
    for place, case in enumerate(CASES):
        if IS_WHOLE:
            yield from ((case, language) for language in ("nb", "sv"))
        elif case.endpoint not in known or place % SHARE == 0:
            yield case, ("nb", "sv")[place % 2]
        known.add(case.endpoint)


each_turn = pytest.mark.parametrize(
    ("case", "language"), list(turns()), ids=[f"{case.name}-{language}" for case, language in turns()]
)


def complaints_of_axe(page: Page, case: Case, *, is_whole: bool = False) -> list[str]:
    """Tell what axe finds wrong, and what it cannot decide without a reason that we know of."""
    found = Axe().run(page, context=None if is_whole else FIRST, options=OPTIONS).response
    undecided = [each for each in found["incomplete"] if each["id"] not in case.unsure]
    return [
        f"{each['id']}: {each['help']}\n  {node['html'][:200]}\n  {node.get('failureSummary', '')[:300]}"
        for each in (*found["violations"], *undecided)
        for node in each["nodes"]
    ]


@each_turn
def test_every_page_is_for_everyone(
    request: pytest.FixtureRequest, look: Open, validate: Validate, case: Case, language: str
) -> None:
    documents: list[str] = []
    site = request.getfixturevalue(f"{'empty' if case.state == 'empty' else 'own' if case.deed else 'example'}_site")
    page = look(case.path, language=language, who=case.who, site=site, documents=documents)
    if case.deed:
        case.deed(page)

    if IS_WHOLE or language == "nb":
        assert complaints_of_axe(page, case) == []
    assert page.locator("html").get_attribute("lang") == language
    for html in documents:
        assert validate(html) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 800})
    if IS_WHOLE or language == "sv":
        assert complaints_of_axe(page, case) == []


def test_axe_finds_nothing_in_a_whole_report(look: Open) -> None:
    page = look("/reports/")

    assert complaints_of_axe(page, Case("reports.index", "/reports/", unsure=IN_CHARTS), is_whole=True) == []


def test_axe_finds_nothing_in_the_open_menu(look: Open) -> None:
    page = look("/sub-projects/", width=360)
    page.locator("header summary").click()

    assert complaints_of_axe(page, CASES[0]) == []


def test_every_link_and_control_is_large_enough_for_a_finger(look: Open) -> None:
    page = look("/sub-projects/", width=360)
    page.locator("header summary").click()

    heights = page.locator("summary, nav a, select, button, .owner").evaluate_all(
        "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
    )

    assert min(heights) >= 24


@pytest.mark.parametrize("path", ["/status/DP-03/?status=new", "/periods/", "/sub-projects/details/?id=DP-03"])
def test_every_link_of_a_page_is_large_enough_for_a_finger(look: Open, path: str) -> None:
    page = look(path, width=360, who="staff")

    heights = page.locator("main a").evaluate_all(
        "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
    )

    assert min(heights) >= 24
