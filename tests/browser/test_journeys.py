"""What people do, by keyboard and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open


def test_the_first_tab_leads_past_the_frame(look: Open) -> None:
    page = look("/sub-projects/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("main .counts a").first).to_be_focused()


def test_what_has_the_focus_shows_it(look: Open) -> None:
    page = look("/sub-projects/")

    for _step in range(14):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px"


def test_the_list_is_narrowed_by_keyboard_alone(look: Open) -> None:
    page = look("/sub-projects/")

    page.get_by_label("Land").or_(page.get_by_label("Country")).focus()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**country=SE**")
    assert 0 < page.locator("tbody tr").count() < 20


def test_all_works_without_scripts(look: Open) -> None:
    page = look("/", width=360, java_script_enabled=False)

    page.locator("summary").click()
    page.locator(".menu").get_by_role("link", name="svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.locator("tbody a").first.click()
    expect(page.locator("h1")).to_have_text("Peer supportrar i uppsökande team")
    page.go_back()
    page.locator("summary").click()
    page.locator(".menu .parts a").last.click()
    page.locator(".choices a", has_text="norsk nynorsk").click()

    expect(page.locator("article")).to_have_attribute("lang", "nn")
    expect(page.locator("html")).to_have_attribute("lang", "sv")


@pytest.mark.parametrize(("width", "is_folded"), [(1280, False), (360, True)])
def test_the_main_parts_fold_on_a_phone(look: Open, width: int, is_folded: bool) -> None:
    page = look("/sub-projects/", width=width)

    assert page.locator("summary").is_visible() is is_folded
    assert page.locator("header > nav.parts").is_visible() is not is_folded


def test_on_a_phone_a_row_is_a_card_that_names_what_it_says(look: Open) -> None:
    page = look("/sub-projects/", width=360)

    said = (
        page.locator("tbody tr")
        .first.locator("td")
        .evaluate_all("all => all.map(c => getComputedStyle(c, '::before').content)")
    )

    assert len(set(said)) == len(said) == 4
    assert "none" not in said


def test_from_a_sub_project_to_its_place_in_the_report(look: Open) -> None:
    page = look("/sub-projects/details/?id=DP-15", width=360)
    title = page.locator("h1").inner_text()

    page.locator("main .way a").last.click()
    page.evaluate("document.fonts.ready")

    expect(page.get_by_role("heading", name=title, exact=False).last).to_be_in_viewport()


def test_the_fonts_come_from_us(look: Open) -> None:
    page = look("/reports/status-summary/")

    assert (
        page.evaluate("document.fonts.ready.then(() => [...document.fonts].filter(f => f.status === 'loaded').length)")
        >= 3
    )


def test_a_page_prints_without_its_frame(look: Open) -> None:
    page = look("/sub-projects/")
    page.emulate_media(media="print")

    for part in ("header nav", ".filters", ".counts"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("tbody tr")).to_have_count(20)
