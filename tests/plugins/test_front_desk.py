"""The front desk: everybody comes in by the same door, and nobody can keep the house closed."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import EntryPoint
from types import ModuleType

import click
import pytest

from consortium import hookimpl
from consortium.documents import Document, Speech
from consortium.errors import InvalidValue, NotFound
from consortium.facts import Facts, IdentifierKind
from consortium.i18n.message import _
from consortium.plugins import RESIDENTS, FrontDesk
from consortium.variants import ReportVariant, StatusReport

Hooks = dict[str, Callable[[], object]]
Invite = Callable[..., EntryPoint]


class Weather(StatusReport):
    """A variant that a guest brings."""

    key = "weather"
    title = _("Weather")


class Nameless(ReportVariant):
    """A variant whose author forgot the key."""

    title = _("Nameless")

    def document(self, facts: Facts, speech: Speech) -> Document:
        raise NotImplementedError


def raises(fault: BaseException) -> Callable[[], Iterable[object]]:
    """Make an answer that raises."""

    def answer() -> Iterable[object]:
        raise fault

    return answer


def brings(*things: object) -> Callable[[], Iterable[object]]:
    """Make an answer that brings ``things``."""
    return lambda: things


def raises_midway() -> Iterator[object]:
    """Bring one thing and raise before the next."""
    yield Weather()
    raise OSError("no more")


@pytest.fixture
def invite(monkeypatch: pytest.MonkeyPatch) -> Invite:
    """Invite guests: modules that answer hooks, with an entry point each."""

    def make(name: str = "guest", **hooks: Callable[[], object]) -> EntryPoint:
        module = ModuleType(f"guest_module_{name}")
        for hook, answer in hooks.items():
            setattr(module, hook, hookimpl(answer))
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return EntryPoint(name, module.__name__, "consortium")

    return make


def faults(desk: FrontDesk) -> dict[str, list[str]]:
    """Tell what went wrong with whom."""
    return {plugin.name: plugin.faults for plugin in desk.plugins if plugin.faults}


def test_residents_come_in_by_the_same_door() -> None:
    desk = FrontDesk(guests=())

    assert tuple(plugin.name for plugin in desk.plugins) == RESIDENTS
    assert all(plugin.is_resident and plugin.hooks for plugin in desk.plugins)
    assert {"status-summary", "html", "pdf"} <= {*desk.report_variants, *desk.writers}
    assert faults(desk) == {}


def test_without_residents_the_house_is_empty() -> None:
    desk = FrontDesk(residents=(), guests=())

    assert not any((desk.plugins, desk.report_variants, desk.writers, desk.identifier_kinds, desk.commands))


def test_guests_bring_reports_identifiers_and_commands(invite: Invite) -> None:
    kind = IdentifierKind("weather-code", _("Weather code"), "XX", str)
    guest = invite(
        consortium_report_variants=brings(Weather()),
        consortium_identifier_kinds=brings(kind),
        consortium_commands=brings(click.Command("forecast")),
    )

    desk = FrontDesk(guests=[guest])

    assert "weather" in desk.report_variants
    assert desk.identifier_kinds == {"weather-code": kind}
    assert list(desk.commands) == ["forecast"]
    assert not desk.plugins[-1].is_resident


@pytest.mark.parametrize(
    "hook", ["consortium_report_variants", "consortium_writers", "consortium_identifier_kinds", "consortium_commands"]
)
@pytest.mark.parametrize("fault", [ValueError("broken"), AssertionError(), RecursionError(), InvalidValue(_("broken"))])
def test_a_guest_that_raises_in_a_hook_is_left_out_and_the_others_stay(
    invite: Invite, caplog: pytest.LogCaptureFixture, hook: str, fault: Exception
) -> None:
    desk = FrontDesk(
        guests=[invite("bad", **{hook: raises(fault)}), invite("good", consortium_report_variants=brings(Weather()))]
    )

    with caplog.at_level(logging.WARNING):
        brought = {*desk.report_variants, *desk.writers, *desk.identifier_kinds, *desk.commands}

    assert {"weather", "status-summary", "html"} <= brought
    (fault_said,) = faults(desk)["bad"]
    assert (hook in fault_said, type(fault).__name__ in fault_said) == (True, True)
    assert "bad" in caplog.text


def test_a_guest_that_fails_midway_brings_nothing(invite: Invite) -> None:
    desk = FrontDesk(guests=[invite("bad", consortium_report_variants=raises_midway)])

    assert set(desk.report_variants) == {"short-summary", "status-summary"}
    assert "no more" in faults(desk)["bad"][0]


@pytest.mark.parametrize("value", ["no_such_module_anywhere", "sys:no_such_thing", "..", ""])
def test_a_guest_that_cannot_be_loaded_is_left_out_with_its_fault(invite: Invite, value: str) -> None:
    bad = EntryPoint("bad", value, "consortium")

    desk = FrontDesk(guests=[bad, invite("good", consortium_report_variants=brings(Weather()))])

    assert "weather" in desk.report_variants
    assert list(faults(desk)) == ["bad"]


def test_a_guest_that_raises_on_import_is_left_out_with_its_fault(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("guests")
    (folder / "guest_that_raises.py").write_text("raise ZeroDivisionError('at import')\n")
    monkeypatch.syspath_prepend(folder)

    desk = FrontDesk(guests=[EntryPoint("bad", "guest_that_raises", "consortium")])

    assert faults(desk) == {"bad": ["ZeroDivisionError: at import"]}
    assert "status-summary" in desk.report_variants


def test_a_guest_that_wants_to_stop_the_house_on_import_is_left_out(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("guests")
    (folder / "guest_that_exits.py").write_text("raise SystemExit(3)\n")
    monkeypatch.syspath_prepend(folder)

    desk = FrontDesk(guests=[EntryPoint("bad", "guest_that_exits", "consortium")])

    assert "status-summary" in desk.report_variants
    assert list(faults(desk)) == ["bad"]


def test_a_guest_that_wants_to_stop_the_house_in_a_hook_is_left_out(invite: Invite) -> None:
    desk = FrontDesk(guests=[invite("bad", consortium_writers=raises(SystemExit(3)))])

    assert "html" in desk.writers
    assert list(faults(desk)) == ["bad"]


@pytest.mark.parametrize("thing", [Weather, "weather", 7, None, {"key": "weather"}])
def test_a_thing_of_a_wrong_type_is_left_out_and_the_right_ones_stay(invite: Invite, thing: object) -> None:
    desk = FrontDesk(guests=[invite("bad", consortium_report_variants=brings(thing, Weather()))])

    assert "weather" in desk.report_variants
    assert "not a ReportVariant" in faults(desk)["bad"][0]


@pytest.mark.parametrize("answer", [None, 7, Weather()])
def test_an_answer_that_is_no_list_is_left_out(invite: Invite, answer: object) -> None:
    desk = FrontDesk(guests=[invite("bad", consortium_report_variants=lambda: answer)])

    assert "status-summary" in desk.report_variants
    assert "TypeError" in faults(desk)["bad"][0]


def test_a_variant_without_a_key_is_left_out_with_its_fault(invite: Invite) -> None:
    desk = FrontDesk(guests=[invite("bad", consortium_report_variants=brings(Nameless(), Weather()))])

    assert {"status-summary", "weather"} <= set(desk.report_variants)
    assert list(faults(desk)) == ["bad"]


def test_a_misspelt_hook_is_named_and_nothing_of_that_guest_is_used(invite: Invite) -> None:
    bad = invite("bad", consortium_reprot_variants=brings(), consortium_report_variants=brings(Weather()))

    desk = FrontDesk(guests=[bad, invite("good")])

    assert "weather" not in desk.report_variants
    assert "consortium_reprot_variants" in faults(desk)["bad"][0]
    assert list(faults(desk)) == ["bad"]


def test_a_hook_that_asks_for_what_it_is_not_given_is_a_fault_of_the_guest(invite: Invite) -> None:
    def greedy(session: object) -> Iterable[object]:
        return (session,)

    desk = FrontDesk(guests=[invite("bad", consortium_report_variants=greedy)])

    assert "session" in faults(desk)["bad"][0]


def test_an_answer_under_another_name_is_heard(invite: Invite) -> None:
    guest = invite()
    hookimpl(specname="consortium_report_variants")(answer := brings(Weather()))
    sys.modules[guest.value].my_reports = answer  # type: ignore[attr-defined]  # a module made by hand

    assert "weather" in FrontDesk(guests=[guest]).report_variants


def test_a_function_without_the_mark_is_no_answer(invite: Invite) -> None:
    guest = invite()
    sys.modules[guest.value].consortium_report_variants = brings(Weather())  # type: ignore[attr-defined]  # by hand

    assert "weather" not in FrontDesk(guests=[guest]).report_variants


def test_of_two_plugins_that_bring_one_key_the_first_one_keeps_it_and_the_fault_names_both(invite: Invite) -> None:
    guests = [invite(name, consortium_report_variants=brings(Weather())) for name in ("north", "south")]
    desk = FrontDesk(guests=guests)

    assert desk.owner("consortium_report_variants", "weather").name == "north"
    (fault,) = desk.plugins[-1].faults
    assert all(words in fault for words in ("'weather'", "left out", "north"))


def test_a_guest_cannot_take_the_place_of_a_resident(invite: Invite) -> None:
    class Impostor(Weather):
        key = "status-summary"

    desk = FrontDesk(guests=[invite("impostor", consortium_report_variants=brings(Impostor()))])

    assert not isinstance(desk.variant("status-summary"), Impostor)
    assert "left out" in desk.plugins[-1].faults[0]


def test_two_guests_of_one_name_do_not_throw_each_other_out(invite: Invite) -> None:
    first = invite("twin", consortium_report_variants=brings(Weather()))
    second = EntryPoint("twin", "no_such_module_anywhere", "consortium")

    desk = FrontDesk(guests=[first, second])

    assert "weather" in desk.report_variants
    assert [bool(plugin.faults) for plugin in desk.plugins[-2:]] == [False, True]


def test_guests_come_in_the_order_of_their_names(invite: Invite) -> None:
    desk = FrontDesk(residents=(), guests=[invite("b"), invite("a")])

    assert [plugin.name for plugin in desk.plugins] == ["a", "b"]


@pytest.mark.parametrize("key", ["x", "", "{known}", "../status-summary", "STATUS-SUMMARY"])
def test_a_report_that_nobody_brings_is_told_with_those_there_are(invite: Invite, key: str) -> None:
    desk = FrontDesk(guests=[invite(consortium_report_variants=brings(Weather()))])

    with pytest.raises(NotFound, match="status-summary, weather") as caught:
        desk.variant(key)
    assert f"“{key}”" in str(caught.value)


def test_a_format_that_nobody_brings_is_told_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="html"):
        FrontDesk(guests=()).writer("wordperfect")
