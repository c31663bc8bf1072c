"""A plugin says for which versions of the plugin API it is made; one made for others stays outside."""

from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from consortium import API_VERSION
from consortium.errors import PluginProblem
from consortium.plugins import FrontDesk
from consortium.plugins.versions import is_within

Let = Callable[[str], FrontDesk]

REPORT = """
from consortium import hookimpl
from consortium.i18n.message import Voice
from consortium.variants import StatusReport

class Fjell(StatusReport):
    key = "fjell"
    title = Voice(__name__)("Fjell")

asked = []

@hookimpl
def consortium_report_variants():
    asked.append(1)
    yield Fjell()
"""


@pytest.fixture
def let_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Let:
    """Give a function that lets in a plugin that declares so and so."""
    monkeypatch.syspath_prepend(tmp_path)

    def let(declared: str) -> FrontDesk:
        name = f"fjell_{abs(hash(declared))}"
        (tmp_path / f"{name}.py").write_text(f"{declared}\n{REPORT}", encoding="utf-8")
        return FrontDesk((), [EntryPoint("fjell", name, "consortium")])

    return let


@pytest.mark.parametrize("declared", ['consortium_api = ">=1,<2"', 'consortium_api = "==1.0"', ""])
def test_a_plugin_that_is_made_for_this_version_comes_in(let_in: Let, declared: str) -> None:
    desk = let_in(declared)

    assert list(desk.report_variants) == ["fjell"]
    assert not desk.plugins[0].faults


@pytest.mark.parametrize("versions", [">=2", "<1", ">=1.5,<2", "==0.9"])
def test_a_plugin_that_is_made_for_another_version_stays_outside_unasked(let_in: Let, versions: str) -> None:
    desk = let_in(f"consortium_api = {versions!r}")

    assert not desk.report_variants
    (plugin,) = desk.plugins
    assert plugin.module is None
    assert f"It is made for version {versions} of the plugin interface, and this is {API_VERSION}." in plugin.faults[0]


@pytest.mark.parametrize("versions", ["", "1", ">=x", "~=1.0", ">=1,,<2", ">= 1.0.0.0.0", "latest"])
def test_a_range_that_cannot_be_read_is_a_fault(let_in: Let, versions: str) -> None:
    assert (
        "is no range of versions. Write for example consortium_api"
        in let_in(f"consortium_api = {versions!r}").plugins[0].faults[0]
    )


@pytest.mark.parametrize(
    ("version", "versions", "is_in"),
    [
        ("1.0", ">=1,<2", True),
        ("1.9", ">=1,<2", True),
        ("2.0", ">=1,<2", False),
        ("1.10", ">1.9", True),
        ("1.0", "==1", True),
        ("0.9", ">=1", False),
        ("1.2", ">=1.2, <=1.2", True),
    ],
)
def test_versions_are_compared_figure_by_figure(version: str, versions: str, is_in: bool) -> None:
    assert is_within(version, versions) is is_in


def test_an_absurd_version_is_refused_without_being_counted() -> None:
    with pytest.raises(PluginProblem):
        is_within("1.0", ">=" + "9" * 100_000)
