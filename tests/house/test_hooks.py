"""Every hook is explained, used and tested."""

import inspect
import re
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from consortium import hookspecs
from consortium.plugins import RESIDENTS, FrontDesk
from consortium.proving import CLAIMS, Trial
from tests.house.checkout import PACKAGES, PLUGINS, ROOT

HOOKS: dict[str, Callable[[], object]] = {
    name: hook for name, hook in vars(hookspecs).items() if name.startswith("consortium_")
}

#: what each hook says of itself, a paragraph each
PARTS = ("Called when ", "Given: ", "Returned: ", "On an error: ", "Example: ")

GUIDE = ROOT / "docs" / "for-plugin-authors.md"


def is_answered_by(hook: str, module: ModuleType) -> bool:
    """Tell whether ``module`` answers ``hook`` with a marked function."""
    return hasattr(getattr(module, hook, None), "consortium_impl")


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_says_when_it_is_called(name: str) -> None:
    assert re.search(r"\bCalled (when|once|before|after|while)\b", inspect.getdoc(HOOKS[name]) or ""), (
        f"Say in the docstring of {name} when it is called: “Called when …”."
    )


@pytest.mark.parametrize("name", HOOKS)
@pytest.mark.parametrize("part", PARTS)
def test_a_hook_keeps_to_the_form_of_a_contract(name: str, part: str) -> None:
    found = [words for words in (inspect.getdoc(HOOKS[name]) or "").split("\n\n")[1:] if words.startswith(part)]

    assert len(found) == 1, f"Say in the docstring of {name}, in a paragraph of its own: “{part} …”."
    assert len(found[0]) > len(part) + 5, f"{name} says nothing after “{part}”."


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_has_an_example_in_the_docs_that_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = re.search(
        rf"^### `{name}`\n.*?```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )

    assert found, (
        f"Show in {GUIDE.name} how {name} is answered: “### `{name}`”, and a whole module in a ```python block."
    )
    module = f"example_of_{name}"
    (tmp_path / f"{module}.py").write_text(found[1], encoding="utf-8")
    (tmp_path / "consortium_fjell").mkdir()
    (tmp_path / "consortium_fjell" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "consortium_fjell", raising=False)
    desk = FrontDesk((), [EntryPoint("fjell", module, "consortium")])
    assert getattr(desk, name.removeprefix("consortium_")), (
        f"The example of {name} brings nothing: {desk.plugins[0].faults}"
    )
    assert not desk.plugins[0].faults
    assert not wrong_with(module), "\n".join(wrong_with(module))


def wrong_with(module: str) -> list[str]:
    """Say what the contract finds wrong with an example; it has no catalogs."""
    claims = ("keys_are_in_form_and_its_own", "an_empty_consortium_is_survived", "odd_words_are_survived")
    return [fault for claim in claims for fault in CLAIMS[claim](Trial(module))]


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
