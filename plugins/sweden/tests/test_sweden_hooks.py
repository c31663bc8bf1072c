"""Sweden: what the plugin brings, hook by hook."""

import pytest

from consortium.plugins import FrontDesk

BROUGHT = {
    "consortium_report_variants": {"se-lagesrapport"},
    "consortium_submission_checks": {"se-results"},
    "consortium_text_checks": {"se-personnummer"},
    "consortium_term_bases": {"se-terms"},
    "consortium_importers": {"se-municipalities"},
    "consortium_identifier_kinds": {"se-orgnr", "se-kommun"},
    "consortium_catalogs": {"consortium_sweden"},
}


@pytest.mark.parametrize("hook", BROUGHT)
def test_each_hook_brings_what_the_readme_says(hook: str) -> None:
    desk = FrontDesk()
    brought = getattr(desk, hook.removeprefix("consortium_"))

    assert {key for key in brought if desk.owner(hook, key).name == "sweden"} == BROUGHT[hook]


def test_the_plugin_answers_no_other_hook_and_has_no_fault() -> None:
    (plugin,) = (each for each in FrontDesk().plugins if each.name == "sweden")

    assert set(plugin.hooks) == set(BROUGHT)
    assert plugin.faults == []
