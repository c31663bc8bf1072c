"""What a provider must not get away with, and whoever stands between it and us (advisory A20)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from joserfc import jwt

from consortium import clock
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium_admin.accounts.tables import Identity, SignIn
from consortium_admin.settings import Settings
from tests.admin.accounts.house import ADDRESS, PASSWORD, House
from tests.admin.oidc.forger import Claims, Forger, changed, later, new_key
from tests.admin.oidc.people import BACK, ELSEWHERE


def test_an_honest_answer_opens_the_account(here: House, forger: Forger) -> None:
    browser = here.browser()

    assert forger.come_back(browser).location == "/"
    assert browser.is_in()


@pytest.mark.parametrize(
    "lie",
    [
        changed(iss="https://evil.example"),
        changed(aud="another"),
        changed(aud=["another", "more"]),
        changed(aud=["consortium", "another"]),
        changed(azp="another"),
        changed(nonce="another"),
        changed(nonce=None),
        changed(sub=""),
        changed(sub=None),
        changed(exp=None),
        changed(iat=None),
        later("exp", -61),
        later("iat", 120),
        later("iat", -300),
        later("nbf", 120),
        changed(exp=float("nan")),
        changed(exp="soon"),
    ],
)
def test_a_token_for_others_or_of_another_time_opens_nothing(
    here: House, forger: Forger, lie: Callable[[Claims], Claims]
) -> None:
    forger.claims = lie
    browser = here.browser()

    response = forger.come_back(browser)

    assert response.status_code == 400
    assert "cannot be trusted" in response.text
    assert (browser.is_in(), here.count(Identity)) == (False, 0)


@pytest.mark.parametrize("truth", [later("exp", -50), later("iat", 50), changed(aud=["consortium"])])
def test_a_clock_that_differs_a_little_is_forgiven(
    here: House, forger: Forger, truth: Callable[[Claims], Claims]
) -> None:
    forger.claims = truth

    assert forger.come_back(here.browser()).location == "/"


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "foreign", "cut", "changed"])
def test_a_token_that_is_not_signed_with_the_key_of_the_service_opens_nothing(
    here: House, forger: Forger, algorithm: str
) -> None:
    def strip(claims: Claims) -> str:
        head, body, _signature = Forger.by_key(forger, claims).split(".")
        named = {"none": "eyJhbGciOiJub25lIn0", "None": "eyJhbGciOiJOb25lIn0"}.get(algorithm, head)
        return f"{named}.{body}."

    def alter(claims: Claims) -> str:
        signed = Forger.by_key(forger, claims)
        other = Forger.by_key(forger, {**claims, "sub": "somebody else"})
        return ".".join((signed.split(".")[0], other.split(".")[1], signed.split(".")[2]))

    def forge(claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": forger.key.kid}, claims, new_key("foreign"))

    ways = {"HS256": forger.by_public_key, "foreign": forge, "changed": alter}
    forger.sign = ways.get(algorithm, strip)
    browser = here.browser()

    assert forger.come_back(browser).status_code == 400
    assert not browser.is_in()


def test_what_one_browser_began_no_other_one_ends(here: House, forger: Forger) -> None:
    """Nobody is signed in as somebody else by a link: a state belongs to the browser that holds its cookie."""
    own, thief = here.browser(), here.browser()
    answer = forger.answer(own.get(ELSEWHERE).location)
    thief.get(ELSEWHERE)

    assert thief.get(BACK, query_string=answer).status_code == 400
    assert here.browser().get(BACK, query_string=answer).status_code == 400
    assert own.get(BACK, query_string=answer).location == "/"


@pytest.mark.parametrize(
    "wrong", [{"state": ""}, {"state": "another"}, {"iss": "https://evil.example"}, {"code": "stolen"}]
)
def test_a_wrong_answer_opens_nothing(here: House, forger: Forger, wrong: dict[str, str]) -> None:
    browser = here.browser()

    assert forger.come_back(browser, **wrong).status_code == 400
    assert not browser.is_in()


def test_a_foreign_answer_does_not_end_what_was_begun(here: House, forger: Forger) -> None:
    browser = here.browser()
    answer = forger.answer(browser.get(ELSEWHERE).location)

    browser.get(BACK, query_string={**answer, "state": "another"})

    assert browser.get(BACK, query_string=answer).location == "/"


def test_a_service_that_tells_its_name_in_each_answer_must_tell_it(here: House, forger: Forger) -> None:
    forger.about = {"authorization_response_iss_parameter_supported": True}
    browser = here.browser()
    answer = forger.answer(browser.get(ELSEWHERE).location)
    del answer["iss"]

    assert browser.get(BACK, query_string=answer).status_code == 400


def test_an_answer_and_a_copied_cookie_let_in_once_even_if_the_service_takes_a_code_twice(
    here: House, forger: Forger
) -> None:
    browser, thief = here.browser(), here.browser()
    answer = forger.answer(browser.get(ELSEWHERE).location)
    thief.cookie = browser.cookie
    browser.get(BACK, query_string=answer)
    forger.codes.add(answer["code"])

    assert thief.get(BACK, query_string=answer).status_code == 400
    assert here.count(SignIn) == 1


def test_a_sign_in_that_takes_too_long_is_begun_again(here: House, forger: Forger) -> None:
    browser = here.browser()
    answer = forger.answer(browser.get(ELSEWHERE).location)

    with clock.stopped_at(clock.now() + timedelta(minutes=16)):
        response = browser.get(BACK, query_string=answer)

    assert response.status_code == 400
    assert "took too long" in response.text


def test_a_planted_cookie_is_worth_nothing_after_signing_in(here: House, forger: Forger) -> None:
    browser, thief = here.browser(), here.browser()
    location = browser.get(ELSEWHERE).location
    planted = browser.cookie
    browser.get(BACK, query_string=forger.answer(location))

    thief.cookie = planted

    assert (browser.is_in(), thief.is_in()) == (True, False)


def test_signing_in_through_the_service_ends_the_sign_in_that_the_browser_had(here: House, forger: Forger) -> None:
    browser, thief = here.browser(), here.browser()
    browser.sign_in()
    thief.cookie = browser.cookie

    forger.come_back(browser)

    assert (browser.is_in(), thief.is_in()) == (True, False)


@pytest.mark.parametrize("way", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_coming_back_leads_to_no_foreign_page(here: House, forger: Forger, way: str) -> None:
    browser = here.browser()
    answer = forger.answer(browser.get(ELSEWHERE, query_string={"next": way}).location)

    assert browser.get(BACK, query_string={**answer, "next": way}).location == "/"


def test_who_proved_long_ago_who_they_are_proves_it_again_before_changing_anything(here: House, forger: Forger) -> None:
    fresh, stale, silent = here.browser(), here.browser(), here.browser()
    forger.come_back(fresh)
    forger.claims = later("auth_time", -1000)
    forger.come_back(stale)
    forger.claims = lambda honest: {name: value for name, value in honest.items() if name != "auth_time"}
    forger.come_back(silent)

    codes = [each.get("/account/passkeys/").status_code for each in (fresh, stale, silent)]

    assert codes == [200, 303, 303]


def test_a_service_that_calls_itself_otherwise_is_not_believed(here: House, forger: Forger) -> None:
    forger.about = {"issuer": "https://evil.example"}

    assert here.browser().get(ELSEWHERE).status_code == 400


def test_nothing_is_asked_where_others_can_listen(here: House, forger: Forger) -> None:
    forger.about = {"token_endpoint": "http://evil.example/token"}

    assert here.browser().get(ELSEWHERE).status_code == 400


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_a_service_out_of_reach_is_told_in_words(here: House, forger: Forger, language: str) -> None:
    away = Settings(oidc=forger.settings.__class__("http://127.0.0.1:9", "consortium", name="Nøkkelen"))
    here.app = here.open(away)
    browser = here.browser()
    browser.client.set_cookie("language", language)

    response = browser.get(ELSEWHERE)

    assert response.status_code == 503
    assert "Nøkkelen" in response.text
    assert f'<html lang="{language}">' in response.text


def test_what_the_service_says_of_itself_is_asked_for_once(here: House, forger: Forger) -> None:
    for _visit in range(3):
        forger.come_back(here.browser())

    assert [path for path in forger.asked if path != "/token"] == ["/.well-known/openid-configuration", "/keys"]


def test_a_new_key_of_the_service_is_found_soon(here: House, forger: Forger) -> None:
    forger.come_back(here.browser())
    forger.key = new_key("second")

    codes = []
    for seconds in (29, 30):  # whoever sends foreign keys does not make us ask each time
        with clock.stopped_at(clock.now() + timedelta(seconds=seconds)):
            codes.append(forger.come_back(here.browser()).status_code)

    assert codes == [400, 303]


def test_the_logbook_tells_what_was_wrong_and_nothing_of_what_was_said(
    here: House, forger: Forger, caplog: pytest.LogCaptureFixture
) -> None:
    forger.claims = changed(nonce="another")
    forger.come_back(here.browser())

    said = [record.getMessage() for record in caplog.records if "other service" in record.getMessage()]
    assert said == ["Nobody came in through the other service: token: invalid_claim nonce"]
    assert not [each for each in caplog.records if "code-" in each.getMessage() or ADDRESS in each.getMessage()]


def test_the_button_is_there_only_with_a_service(here: House) -> None:
    assert "Nøkkelen" in here.browser().get("/sign-in/").text

    here.app = here.open(Settings())

    page = here.browser().get("/sign-in/?next=/account/")
    assert "/sign-in/elsewhere/" not in page.text
    assert here.browser().get(ELSEWHERE).status_code == here.browser().get(BACK).status_code == 404


def test_a_password_still_opens_where_there_is_a_service(here: House) -> None:
    assert here.browser().sign_in(ADDRESS, PASSWORD).location == "/"
