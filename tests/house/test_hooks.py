"""Every hook is explained, used and tested."""

import inspect
import re
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest

from consortium import hookspecs
from consortium.plugins import RESIDENTS, FrontDesk
from tests.house.checkout import PACKAGES, PLUGINS, ROOT

HOOKS: dict[str, Callable[[], object]] = {
    name: hook for name, hook in vars(hookspecs).items() if name.startswith("consortium_")
}


def is_answered_by(hook: str, module: ModuleType) -> bool:
    """Tell whether ``module`` answers ``hook`` with a marked function."""
    return hasattr(getattr(module, hook, None), "consortium_impl")


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_says_when_it_is_called(name: str) -> None:
    assert re.search(r"\bCalled (when|once|before|after|while)\b", inspect.getdoc(HOOKS[name]) or ""), (
        f"Say in the docstring of {name} when it is called: “Called when …”."
    )


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_names_an_example_that_answers_it(name: str) -> None:
    found = re.search(r"Example: (?::mod:)?`+([\w.]+)`", inspect.getdoc(HOOKS[name]) or "")

    assert found, f"Name a module that answers {name} in its docstring: “Example: :mod:`…`.”"
    assert is_answered_by(name, import_module(found[1])), f"{found[1]}, the example of {name}, does not answer it."


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_arrives_together_with_somebody_who_uses_it(name: str) -> None:
    ours = {*RESIDENTS, "consortium_admin.plugin", *(package.name for package in PACKAGES)}
    users = [module for module in sorted(ours) if is_answered_by(name, import_module(module))]

    assert users, f"No resident and no plugin in this checkout answers {name}: leave the hook out until one does."


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_tested(name: str) -> None:
    folders = [folder for folder in (ROOT / "tests").iterdir() if folder.is_dir() and folder.name != "house"]
    tests = (path for folder in (*folders, *PLUGINS) for path in folder.rglob("test_*.py"))

    assert any(name in path.read_text(encoding="utf-8") for path in tests), f"No test mentions {name}: write one."


@pytest.mark.parametrize("name", RESIDENTS)
def test_a_resident_exists_and_answers_a_hook(name: str) -> None:
    module = import_module(name)

    assert any(is_answered_by(hook, module) for hook in HOOKS), f"{name} is a resident, but answers no hook."


def test_everything_that_is_installed_comes_in_without_a_fault() -> None:
    desk = FrontDesk()
    desk.report_variants, desk.writers, desk.identifier_kinds, desk.commands  # noqa: B018  # each is asked for

    assert {plugin.name: plugin.faults for plugin in desk.plugins if plugin.faults} == {}
