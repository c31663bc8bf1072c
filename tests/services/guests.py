"""A guest that brings a little of everything, and a front desk that it has come to."""

import sys
from collections.abc import Iterable
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import ClassVar

import click
import pytest

from consortium import hookimpl
from consortium.documents import Details, Document, Note, Speech
from consortium.facts import Facts
from consortium.i18n.message import _
from consortium.plugins import FrontDesk
from consortium.texts.check import TextCheck
from consortium.variants import StatusReport
from consortium.variants.page import Page, Readers


class Weather(StatusReport):
    """A report of the guest."""

    key = "weather"
    title = _("Weather")


class Tides(StatusReport):
    """Another one."""

    key = "tides"
    title = _("Tides")
    languages: ClassVar[tuple[str, ...]] = ("nb",)


class Chart(Page):
    """A page for staff and auditors."""

    key = "chart"
    title = _("Chart")
    readers: ClassVar[Readers | None] = "overseers"

    def document(self, facts: Facts, speech: Speech) -> Document:
        """Tell how many sub-projects there are."""
        count = sum(1 for _each in facts.sub_projects)
        return Document(
            key=self.key,
            title=speech.say(self.title),
            owner=speech.name(facts.consortium.name),
            languages=speech.languages,
            day=facts.day,
            period=speech.day(facts.day),
            details=Details(()),
            fingerprint=facts.fingerprint,
            blocks=(Note(speech.plain(f"{count} ships")),),
        )


class Log(Chart):
    """A page for everybody."""

    key = "log"
    title = _("Log")
    readers = "everyone"


class Cellar(Chart):
    """A page that does not say who may open it."""

    key = "cellar"
    title = _("Cellar")
    readers = None


def open_desk(patch: pytest.MonkeyPatch, *places: str) -> FrontDesk:
    """Let the guests ``coast``, with two reports, three pages and a check, and ``harbour``, with a command, come in at ``places``."""
    coast, harbour = ModuleType("guest_coast"), ModuleType("guest_harbour")
    _answer(coast, "consortium_report_variants", [Weather(), Tides()])
    _answer(coast, "consortium_pages", [Chart(), Log(), Cellar()])
    _answer(coast, "consortium_text_checks", [TextCheck("wind", _("Wind"), lambda _words, _tag: ())])
    _answer(harbour, "consortium_commands", [click.Command("moor")])
    for module in (coast, harbour):
        patch.setitem(sys.modules, module.__name__, module)
    guests = [EntryPoint("coast", "guest_coast", "consortium"), EntryPoint("harbour", "guest_harbour", "consortium")]
    patch.setenv("CONSORTIUM_GUESTS", "inside")  # they are no files that another process could find
    desk = FrontDesk(guests=guests)
    for place in places:
        patch.setattr(f"{place}.front_desk", lambda: desk)
    return desk


def _answer(module: ModuleType, hook: str, brought: Iterable[object]) -> None:
    setattr(module, hook, hookimpl(lambda: brought))
