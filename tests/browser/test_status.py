"""What a project lead does: a status in three minutes, on a phone, and nothing typed is lost."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

LEAD = "frida-tallvind"

#: lets the page believe that somebody has turned to another one
TURN_AWAY = """() => {
  Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def write(page: Page, summary: str = "Kaféet har öppet två kvällar i veckan.") -> None:
    page.locator("[name=state][value=on_track]").check()
    page.locator("#summary").fill(summary)


def keep_by_itself(page: Page) -> None:
    """Let the page keep the draft as it does now and then."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        page.evaluate(TURN_AWAY)
    assert kept.value.ok


def test_a_lead_reports_on_a_phone_with_few_deeds(look: Open, own_site: str) -> None:
    page = look("/", width=360, who=LEAD, site=own_site, language="sv")
    deeds = 0

    page.locator(".tasks a.button").first.click()
    for name, words in {
        "summary": "Hittills har 110 ungdomar gjort 220 besök.",
        "next_steps": "Kuratorn börjar i augusti.",
    }.items():
        page.locator(f"#{name}").fill(words)
        deeds += 1
    page.locator(".figure input").first.fill("110")
    page.locator(".milestone [type=checkbox]").first.check()
    page.locator("[data-send]").click()
    page.wait_for_url("**/sent/**")
    deeds += 4

    assert deeds == 6
    expect(page.locator(".receipt")).to_contain_text("110 ungdomar")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_was_typed_survives_a_lost_session_and_is_offered_back(look: Open, own_site: str) -> None:
    page = look("/status/DP-05/", who=LEAD, site=own_site)
    write(page, "Halvveis skrevet")
    page.wait_for_function("() => localStorage.length === 1")
    kept = page.context.cookies()
    page.context.clear_cookies()
    page.goto("/")

    page.context.add_cookies(kept)  # type: ignore[arg-type]  # it takes what it gave
    page.goto("/status/DP-05/")
    expect(page.locator("#summary")).to_have_value("")
    page.locator("[data-use]").click()

    expect(page.locator("#summary")).to_have_value("Halvveis skrevet")
    expect(page.locator("[name=state][value=on_track]")).to_be_checked()


def test_what_is_thrown_away_is_not_offered_again(look: Open, own_site: str) -> None:
    page = look("/status/DP-05/", who=LEAD, site=own_site)
    write(page)
    page.wait_for_function("() => localStorage.length === 1")
    page.reload()

    page.locator("[data-drop]").click()
    page.reload()

    expect(page.locator("[data-offer]")).to_be_hidden()


def test_a_draft_is_kept_on_the_server_while_typing_and_then_sent_once(look: Open, own_site: str) -> None:
    page = look("/status/DP-05/", who=LEAD, site=own_site)
    write(page)
    keep_by_itself(page)
    expect(page.locator("[data-kept] [role=status]")).not_to_be_empty()

    other = look("/status/DP-05/", who="staff", site=own_site)
    expect(other.locator("#summary")).to_have_value("Kaféet har öppet två kvällar i veckan.")
    page.locator("#achieved").fill("Mer.")
    page.locator("[data-send]").dblclick()
    page.wait_for_url("**/sent/**")

    assert page.evaluate("localStorage.length") == 0


def test_a_session_that_is_gone_keeps_the_words_on_the_device(look: Open, own_site: str) -> None:
    page = look("/status/DP-05/", who=LEAD, site=own_site)
    write(page)
    page.context.clear_cookies()
    page.evaluate(TURN_AWAY)

    expect(page.locator("[data-kept] [role=status]")).to_have_text(
        str(page.locator("[data-kept]").get_attribute("data-device"))
    )
    assert page.evaluate("localStorage.length") == 1


def test_a_lead_reports_without_scripts(look: Open, own_site: str) -> None:
    page = look("/status/DP-05/", who=LEAD, site=own_site, width=360, java_script_enabled=False)
    write(page)
    page.locator("button[value=draft]:visible").click()
    expect(page.locator("#summary")).to_have_value("Kaféet har öppet två kvällar i veckan.")

    page.locator("button[value=foretell]").click()
    expect(page.locator(".report").last).to_contain_text("två kvällar")
    page.locator("button[value=send]").click()

    expect(page.locator(".receipt")).to_contain_text("två kvällar")


def test_enter_in_a_figure_keeps_a_draft_and_sends_nothing(look: Open, own_site: str) -> None:
    page = look("/status/DP-05/", who=LEAD, site=own_site)
    write(page)

    page.locator(".figure input").first.press("Enter")
    page.wait_for_url("**status=**")

    expect(page.locator(".flashes")).to_be_visible()


def test_errors_lead_to_their_fields_by_keyboard(look: Open) -> None:
    page = look("/status/DP-05/", who=LEAD)
    page.locator("[data-send]").press("Enter")
    page.wait_for_load_state()
    expect(page.locator(".errors")).to_be_focused()

    page.locator(".errors a[href='#summary']").press("Enter")
    page.keyboard.type("Nå står det noe her.")

    expect(page.locator("#summary")).to_have_value("Nå står det noe her.")


def test_the_boxes_follow_the_language_that_is_chosen(look: Open) -> None:
    page = look("/status/DP-05/?status=new", who=LEAD)
    page.locator("#summary").fill("Vi er i gang.")

    page.locator("[data-writing]").select_option("nb")

    expect(page.locator("#summary")).to_have_attribute("lang", "nb")
    expect(page.locator("[name='summary.sv']")).to_have_attribute("lang", "sv")
    assert page.locator("[name='summary.nb']").count() == 0


def test_what_can_be_pressed_is_large_enough(look: Open) -> None:
    page = look("/status/DP-17/", who=LEAD, width=360)

    small = page.locator(":is(button, select, input:not([type=hidden]), main summary, .option):visible").evaluate_all(
        "all => all.map(e => e.closest('label') ?? e).map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"
    )

    assert small == []
