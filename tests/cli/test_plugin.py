"""Plugins are listed, switched and looked over on the command line."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from consortium.models import Database, PluginSwitch
from consortium.plugin_log import plugin_log
from tests.cli.conftest import Call
from tests.cli.making import making
from tests.services.guests import open_desk

DESKS = (
    "consortium.plugins",
    "consortium.services.switches",
    "consortium.services.switch_words",
    "consortium.services.reporting",
)


@pytest.fixture
def home(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give a folder with a database in which there is a consortium with one partner; guests have come."""
    open_desk(monkeypatch, *DESKS)
    call("init")
    with making(tmp_path) as make:
        make.partner("Nord", key="nord")
    return tmp_path


def test_the_list_says_where_a_plugin_is_off_and_who_switched_it(
    call: Call, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSORTIUM_OPERATOR", "Olga")
    call("plugin", "disable", "coast")
    call("plugin", "enable", "coast", "--report", "weather", "--partner", "nord")
    told = call("plugin", "list").out

    assert "  off for the whole consortium: all that it brings (Olga, 15 June 2026)\n" in told
    assert "  on for nord: weather (Olga, 15 June 2026)\n" in told
    assert (
        "Reports: short-summary (Short status summary), status-summary (Status summary), tides (Tides), weather (Weather)\n"
        in told
    )


def test_the_list_needs_no_database(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    open_desk(monkeypatch, *DESKS)
    answer = call("plugin", "list")

    assert (answer.code, answer.err) == (0, "")
    assert "coast (version ?): pages, report_variants, text_checks" in answer.out
    assert list(tmp_path.iterdir()) == []


def test_machines_are_told_the_same(call: Call, home: Path) -> None:
    call("plugin", "disable", "coast", "--country", "no")
    told = {each["name"]: each for each in json.loads(call("plugin", "list", "--json").out)["plugins"]}

    assert told["coast"]["brings"] == {
        "report_variants": ["weather", "tides"],
        "pages": ["chart", "log", "cellar"],
        "text_checks": ["wind"],
    }
    (switch,) = told["coast"]["switches"]
    assert (switch["country"], switch["partner"], switch["thing"], switch["on"]) == ("NO", "", "", False)
    assert told["consortium.writers.pdf"]["resident"]


def test_the_last_errors_are_told_by_the_next_process(call: Call, home: Path) -> None:
    plugin_log.folder = home / "var"
    plugin_log._told.clear()
    plugin_log.fault("coast", "ValueError: storm", "coast/report.py:12")
    told = call("plugin", "list").out

    assert "  fault on 15 June 2026, 14:00: ValueError: storm (coast/report.py:12)\n" in told
    assert "ValueError" in (home / "var" / "plugins.log").read_text(encoding="utf-8")


def test_a_switch_is_taken_back(call: Call, home: Path) -> None:
    call("plugin", "disable", "coast", "--partner", "nord")
    answer = call("plugin", "reset", "coast", "--partner", "nord")

    assert answer.out == "coast is on everywhere.\n"
    with Database(f"sqlite:///{home}/var/consortium.sqlite").read() as session:
        assert [row.is_on for row in session.scalars(select(PluginSwitch).order_by(PluginSwitch.id))] == [False, None]


def test_a_switch_that_changes_nothing_says_so(call: Call, home: Path) -> None:
    call("plugin", "disable", "coast")

    assert call("plugin", "disable", "coast").out.startswith("It stood so already; nothing was changed.\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("cost",), "There is no plugin “cost”. There are: coast, harbour."),
        (("harbour",), "“harbour” brings nothing that can be switched off"),
        (("coast", "--report", "storm"), "It brings: weather, tides, chart, log, cellar, wind."),
        (("coast", "--partner", "nrd"), "There is no partner “nrd” in this consortium. Do you mean nord?"),
    ],
)
def test_what_cannot_be_switched_is_refused_in_a_line(
    call: Call, home: Path, arguments: tuple[str, ...], says: str
) -> None:
    answer = call("plugin", "disable", *arguments)

    assert (answer.code, answer.out) == (1, "")
    assert says in answer.err


def test_a_report_that_is_off_is_refused_with_who_switched_it_off(
    call: Call, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSORTIUM_OPERATOR", "Olga")
    call("plugin", "disable", "coast", "--country", "NO")
    refused = call("report", "weather", "--partner", "nord")

    assert refused.code == 1
    assert "The report “Weather” is off for Norway: Olga switched it off on 15 June 2026." in refused.err
    assert not (home / "out").exists()
    assert call("report", "weather").code == 0


def test_a_report_that_is_off_is_not_made_of_a_snapshot_either(call: Call, home: Path) -> None:
    call("snapshot", "take", "kept")
    assert call("snapshot", "rebuild", "kept", "--report", "weather").code == 0
    call("plugin", "disable", "coast")

    assert "is off for the whole consortium" in call("snapshot", "rebuild", "kept", "--report", "weather").err


def test_a_plugin_in_order_is_said_to_be_so(call: Call) -> None:
    answer = call("plugin", "check", "sweden")

    assert "Reports: se-lagesrapport" in answer.out


def test_a_plugin_without_catalogs_is_told_what_to_do_and_ends_with_1(call: Call, home: Path) -> None:
    answer = call("plugin", "check", "coast")

    assert answer.code == 1
    assert "It speaks, but has no catalogs of words: put them into guest_coast/translations." in answer.out
    assert "Nobody may open the page “cellar”: let it say its readers." in answer.out
    assert answer.out.endswith("findings\n")
