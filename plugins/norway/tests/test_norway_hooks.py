"""Norway: what the plugin brings, hook by hook."""

import pytest

from consortium.plugins import FrontDesk

BROUGHT = {
    "consortium_report_variants": {"no-statusrapport", "no-kontrollutvalg"},
    "consortium_sections": {"no-malform-summary"},
    "consortium_pages": {"no-malform"},
    "consortium_submission_checks": {"no-amounts"},
    "consortium_text_checks": {"no-fodselsnummer"},
    "consortium_importers": {"no-municipalities"},
    "consortium_identifier_kinds": {"no-orgnr", "no-kommune"},
    "consortium_catalogs": {"consortium_norway"},
}


@pytest.mark.parametrize("hook", BROUGHT)
def test_each_hook_brings_what_the_readme_says(hook: str) -> None:
    desk = FrontDesk()
    brought = getattr(desk, hook.removeprefix("consortium_"))

    assert {key for key in brought if desk.owner(hook, key).name == "norway"} == BROUGHT[hook]


def test_the_plugin_answers_no_other_hook_and_has_no_fault() -> None:
    (plugin,) = (each for each in FrontDesk().plugins if each.name == "norway")

    assert set(plugin.hooks) == set(BROUGHT)
    assert plugin.faults == []
