"""What people do, by keyboard alone and without scripts; at each step one sees where one is."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

#: what has the focus, what it is called, and whether one sees that
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const labels = [...(element.labels ?? [])].map(label => label.innerText).join(" ");
  return {
    tag: element.localName, name: element.name ?? "", value: element.value ?? "", href: element.getAttribute("href") ?? "",
    words: (element.getAttribute("aria-label") || labels || element.innerText || "").trim(),
    isMarked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3,
    isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


class Keys:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focused(self) -> dict[str, Any]:
        """Tell what has the focus; one must see it."""
        found: dict[str, Any] = self.page.evaluate(FOCUSED)
        assert found["isMarked"], f"one does not see that this has the focus: {found}"
        assert found["isInView"], f"this has the focus out of view: {found}"
        return found

    def to(self, most: int = 150, **wanted: str) -> "Keys":
        """Press Tab until something has the focus that is as it is wanted: ``to(words="Send")``."""
        passed = []
        for _step in range(most):
            self.page.keyboard.press("Tab")
            found = self.focused()
            if all(words in found[name] for name, words in wanted.items()):
                return self
            passed.append(found["words"][:30] or found["name"])
        raise AssertionError(f"no way to {wanted} by {passed}")

    def press(self, key: str) -> "Keys":
        """Press a key that leads nowhere else."""
        self.page.keyboard.press(key)
        return self

    def follow(self) -> "Keys":
        """Press Enter, and wait for the page to which that leads."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def type(self, words: str) -> "Keys":
        """Write words into what has the focus, instead of what stands there."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)
        return self


def test_a_lead_reports_a_status(look: Open, own_site: str) -> None:
    page = look("/status/DP-03/", language="en", who="staff", site=own_site)
    keys = Keys(page)

    keys.to(name="state").press("ArrowDown").press("ArrowDown")
    keys.to(name="summary", tag="textarea").type("The agreement on fees has been signed.")
    keys.to(name="achieved", tag="textarea").type("Six of eight doctors take part.")
    keys.to(name="next_steps", tag="textarea").type("A guide of two pages.")
    keys.to(tag="button", words="Send").follow()

    expect(page.locator("h1")).to_contain_text("sent")
    page.goto("/sub-projects/details/?id=DP-03")
    expect(page.locator("main")).to_contain_text("Six of eight doctors take part.")


def test_a_sub_project_is_found_and_read(look: Open) -> None:
    page = look("/tasks/", language="en", who="staff")
    keys = Keys(page)

    keys.to(href="/sub-projects/").follow()
    keys.to(tag="a", href="id=DP-12").follow()

    expect(page.locator("h1")).to_contain_text("Recoveryverksted")


@pytest.mark.parametrize(("decision", "state"), [("Approve", "approved"), ("Return", "returned")])
def test_a_status_is_decided_about(look: Open, own_site: str, decision: str, state: str) -> None:
    page = look("/approvals/", language="en", who="staff", site=own_site)
    keys = Keys(page)

    keys.to(tag="a", href=":2026-06").follow()
    keys.to(tag="summary", words="summary").press("Enter")
    if decision == "Return":
        keys.to(name="asked-summary").type("Which doctors?")
    keys.to(tag="button", words=decision).follow()

    expect(page.get_by_role("status")).to_contain_text(state)


def test_two_who_changed_the_same_are_brought_together(look: Open, own_site: str) -> None:
    first, second = (
        look("/organisations/edit/?id=egna-steg", language="en", who="staff", site=own_site) for _each in "12"
    )

    for page, words in ((first, "Egne Steg"), (second, "Egne skritt")):
        keys = Keys(page).to(name="name.nb").type(words)
        keys.to(tag="button", words="Save").follow()
    keys.to(name="pick.name.nb", value="mine").press("Space")
    keys.to(tag="button", words="Save").follow()

    second.goto("/organisations/details/?id=egna-steg")
    expect(second.locator("main")).to_contain_text("Egne skritt")


def test_who_came_is_written_down(look: Open, own_site: str) -> None:
    page = look("/gatherings/details/?id=digital-2026-1", language="en", who="staff", site=own_site)
    keys = Keys(page)

    keys.to(tag="a", href="/attendance/all/").follow()
    keys.to(tag="select", name=".state").press("ArrowUp")
    keys.to(tag="button", words="Save").follow()

    expect(page.get_by_role("status")).to_be_visible()


def test_the_language_is_changed_where_one_is(look: Open) -> None:
    page = look("/sub-projects/?country=SE", language="en", who="staff")

    Keys(page).to(tag="button", words="svenska").follow()

    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page).to_have_url("/sub-projects/?country=SE")


def test_words_are_searched_for_from_every_page(look: Open) -> None:
    page = look("/tasks/", language="en", who="staff")
    keys = Keys(page)

    keys.to(name="q").type("samhandling").follow()
    expect(page.locator(".also")).to_contain_text("samverkan")
    keys.to(tag="a", href="/details/").follow()

    expect(page.locator("h1")).to_be_visible()
    expect(page).not_to_have_url("/search/")


def test_a_milestone_is_changed(look: Open, own_site: str) -> None:
    page = look("/sub-projects/details/?id=DP-01", language="en", who="staff", site=own_site)
    keys = Keys(page)

    keys.to(tag="a", href="/milestones/edit/?id=DP-01-M1").follow()
    keys.to(name="title.nb").type("Felles mal er i bruk")
    keys.to(tag="button", words="Save").follow()

    expect(page.get_by_role("status")).to_contain_text("Felles mal er i bruk")


def test_the_first_tab_leads_past_the_frame(look: Open) -> None:
    page = look("/sub-projects/")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_all_works_without_scripts(look: Open) -> None:
    page = look("/", width=360, who="staff", java_script_enabled=False)

    page.locator(".menu > summary").click()
    page.locator(".menu").get_by_role("button", name="svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.locator(".menu > summary").click()
    page.locator(".menu .parts a[href='/sub-projects/']").click()
    page.locator("tbody a").first.click()

    expect(page.locator("h1")).not_to_be_empty()
    expect(page.locator("html")).to_have_attribute("lang", "sv")


@pytest.mark.parametrize(("width", "is_folded"), [(1280, False), (360, True)])
def test_the_main_parts_fold_on_a_phone(look: Open, width: int, is_folded: bool) -> None:
    page = look("/sub-projects/", width=width)

    assert page.locator(".menu > summary").is_visible() is is_folded
    assert page.locator("header .ways > nav.parts").is_visible() is not is_folded


def test_on_a_phone_a_row_is_a_card_that_names_what_it_says(look: Open) -> None:
    page = look("/sub-projects/", width=360)

    cells = page.locator("tbody tr").first.locator("td")
    said = cells.evaluate_all("all => all.map(cell => getComputedStyle(cell, '::before').content)")

    assert len(set(said)) == len(said)
    assert len(set(said) - {"none", '""'}) >= 4


def test_the_fonts_come_from_us(look: Open) -> None:
    page = look("/reports/")

    loaded = "document.fonts.ready.then(() => [...document.fonts].filter(font => font.status === 'loaded').length)"
    assert page.evaluate(loaded) >= 3


def test_a_page_prints_without_its_frame(look: Open) -> None:
    page = look("/sub-projects/")
    page.emulate_media(media="print")

    for part in ("header nav", ".filters", ".search"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("tbody tr").first).to_be_visible()
