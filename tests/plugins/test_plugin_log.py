"""The plugins' log outlives the process, stays small, and never stands in anybody's way."""

import json
from datetime import UTC, datetime, timedelta
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from consortium import clock, plugin_log
from consortium.plugin_log import PluginLog, place_in, state_folder
from consortium.plugins import FrontDesk

LATER = datetime(2026, 6, 15, 13, tzinfo=UTC)


def lines(folder: Path) -> list[dict[str, object]]:
    """Read the file."""
    return [json.loads(line) for line in (folder / "plugins.log").read_text(encoding="utf-8").splitlines()]


def test_a_fault_is_there_for_the_next_process(tmp_path: Path) -> None:
    PluginLog(tmp_path).fault("coast", "ValueError: storm\n  warning", "coast/report.py:12")
    PluginLog(tmp_path).fault("harbour", "KeyError: 'pier'")

    assert lines(tmp_path)[0] == {
        "when": "2026-06-15T12:00:00+00:00",
        "what": "fault",
        "plugin": "coast",
        "words": "ValueError: storm warning",
        "at": "coast/report.py:12",
    }
    assert [line["plugin"] for line in PluginLog(tmp_path).faults()] == ["harbour", "coast"]
    assert [line["at"] for line in PluginLog(tmp_path).faults("coast")] == ["coast/report.py:12"]


def test_a_call_is_written_down_with_the_print_of_its_facts(tmp_path: Path) -> None:
    log = PluginLog(tmp_path)
    log.call("coast", "weather", seconds=1.23456, outcome="ok", fingerprint="ab12")

    (line,) = lines(tmp_path)
    assert (line["seconds"], line["outcome"], line["facts"]) == (1.235, "ok", "ab12")
    assert log.faults() == []


def test_the_same_fault_is_told_once_a_minute(tmp_path: Path) -> None:
    log = PluginLog(tmp_path)
    for _time in range(3):
        log.fault("coast", "ValueError")
    with clock.stopped_at(LATER):
        log.fault("coast", "ValueError")

    assert [line["when"] for line in lines(tmp_path)] == ["2026-06-15T12:00:00+00:00", "2026-06-15T13:00:00+00:00"]


def test_the_file_never_grows_large_and_the_latest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugin_log, "LARGEST", 2000)
    log = PluginLog(tmp_path)
    for number in range(200):
        with clock.stopped_at(LATER + timedelta(seconds=number)):
            log.fault("coast", f"fault {number} " + "x" * 2000)

    sizes = [path.stat().st_size for path in sorted(tmp_path.iterdir())]
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["plugins.log", "plugins.log.1"]
    assert all(size < 2000 + 700 for size in sizes)
    assert str(log.faults("coast")[0]["words"]).startswith("fault 199 ")


def test_what_cannot_be_written_stands_in_nobodys_way(tmp_path: Path) -> None:
    heard: list[object] = []
    log = PluginLog(tmp_path / "missing" / "folder")
    log.listeners.append(heard.append)
    log.fault("coast", "ValueError")

    assert (log.faults(), len(heard), list(tmp_path.iterdir())) == ([], 1, [])


def test_lines_that_are_none_of_ours_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "plugins.log").write_bytes(b'half a li\xff\n[]\n{"what": "fault"}\n')
    log = PluginLog(tmp_path)
    log.fault("coast", "ValueError")

    assert len(log.faults()) == 1


@pytest.mark.parametrize(
    ("url", "environment", "folder"),
    [
        ("sqlite:////srv/consortium/data.sqlite", {}, "/srv/consortium"),
        ("sqlite:///var/consortium.sqlite", {}, "var"),
        ("sqlite:///data.sqlite", {}, "."),
        ("sqlite:///:memory:", {}, "var"),
        ("postgresql://host/name", {}, "var"),
        ("postgresql://host/name", {"CONSORTIUM_STATE": "/srv/state"}, "/srv/state"),
    ],
)
def test_it_lies_beside_the_other_state(url: str, environment: dict[str, str], folder: str) -> None:
    assert state_folder(url, environment) == Path(folder).absolute()


def test_a_guest_that_fails_is_written_down_with_the_line_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gale").mkdir()
    (tmp_path / "gale" / "__init__.py").write_text(
        "from consortium import hookimpl\n\n\n"
        "@hookimpl\ndef consortium_text_checks():\n    from gale import report\n    return report.checks()\n",
        encoding="utf-8",
    )
    (tmp_path / "gale" / "report.py").write_text("def checks():\n    return [][0]\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(plugin_log.plugin_log, "folder", tmp_path)

    desk = FrontDesk(guests=[EntryPoint("gale", "gale", "consortium")])
    assert "gale" not in {*desk.text_checks}

    (fault,) = plugin_log.plugin_log.faults("gale")
    assert fault["words"] == "consortium_text_checks: IndexError: list index out of range"
    assert fault["at"] == "gale/report.py:2"


def test_a_fault_that_was_no_guests_has_no_place() -> None:
    with pytest.raises(ValueError, match="invalid literal") as caught:
        int("x")

    assert (place_in("gale", caught.value), place_in("gale", None)) == ("", "")
