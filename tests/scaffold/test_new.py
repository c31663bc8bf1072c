"""A plugin to begin with: it is there as a whole or not at all, and it installs, passes its tests and shows up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from consortium.errors import InvalidValue
from consortium.scaffold import new_plugin


def started(*command: str, folder: Path, **environment: str) -> str:
    """Run Python in a folder, and return what it said."""
    given = {**os.environ, "CONSORTIUM_UI_LANGUAGE": "en", "PYTHONSAFEPATH": "", **environment}
    ended = subprocess.run(  # noqa: S603  # our own commands
        (sys.executable, *command), cwd=folder, env=given, capture_output=True, text=True, check=False, timeout=300
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_a_new_plugin_installs_passes_its_own_tests_and_shows_up(tmp_path: Path) -> None:
    made = new_plugin("fjell-vidde", folder=tmp_path / "plugin")
    site = tmp_path / "site"

    offline = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check")
    started("-m", "pip", "install", *offline, "--target", str(site), str(made), folder=tmp_path)
    listed = started(
        "-c", "from consortium.cli import main; main()", "plugin", "list", folder=tmp_path, PYTHONPATH=str(site)
    )
    tested = started("-m", "pytest", "-q", "-W", "error", str(made), folder=made, PYTHONPATH=str(site))

    assert "fjell-vidde (version 0.1.0): catalogs, report_variants\n" in listed
    assert "fault" not in listed
    assert "fjell-vidde (Fjell vidde report)" in listed
    assert "14 passed" in tested


def test_its_report_can_be_about_one_country(tmp_path: Path) -> None:
    code = (new_plugin("kyst", folder=tmp_path / "kyst", country="SE") / "consortium_kyst" / "__init__.py").read_text(
        "utf-8"
    )

    compile(code, "kyst", "exec")
    assert 'return partner.country == "SE"' in code


@pytest.mark.parametrize("country", ["", "NO"])
def test_what_is_written_is_as_tidy_as_ours(tmp_path: Path, country: str) -> None:
    made = new_plugin("fjell-vidde", folder=tmp_path / "plugin", country=country)

    for check in (("check", "--select", "E,F,W,I,D,UP,B", "--ignore", "D203,D213,D407,D103"), ("format", "--check")):
        found = started("-m", "ruff", *check, "--line-length", "120", "--isolated", "--quiet", ".", folder=made)
        assert found == ""


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Fjell",
        "fjell report",
        "fjell_report",
        "fjell:x",
        "-fjell",
        "fjell-",
        "3fjell",
        "../fjell",
        "fjäll",
        "x" * 31,
        "{{ 7*7 }}",
    ],
)
def test_a_name_that_cannot_be_one_is_refused_and_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        new_plugin(name, folder=tmp_path / "plugin")

    assert f"“{name[:40]}” cannot be the name of a plugin." in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["admin", "norway", "consortium"])
def test_a_name_that_is_taken_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValue, match=f"A plugin called “{name}” is installed already"):
        new_plugin(name, folder=tmp_path / "plugin")


def test_a_country_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=r"“XX” is no country that is known here\. There are: NO, SE"):
        new_plugin("fjell", folder=tmp_path / "plugin", country="XX")


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "plugin").mkdir()

    with pytest.raises(InvalidValue, match="plugin is there already"):
        new_plugin("fjell", folder=tmp_path / "plugin")

    assert not list((tmp_path / "plugin").iterdir())


def test_nothing_half_done_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, *_words: object, **_others: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)

    with pytest.raises(InvalidValue, match="plugin cannot be written: No space left on device"):
        new_plugin("fjell", folder=tmp_path / "plugin")
    assert not list(tmp_path.iterdir())
