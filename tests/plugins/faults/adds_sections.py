"""Adds sections to the status summary: one that is sound, one that raises, one that ends the process, and one more."""

import os
from collections.abc import Iterator
from typing import Any

from consortium import hookimpl
from consortium.documents import Block
from consortium.i18n.message import _
from consortium.variants import Telling
from consortium.variants.section import SectionAddition
from tests.plugins.faults.guest import said


def sound(telling: Telling) -> Iterator[Block]:
    """Tell of what is named in the facts."""
    names = [each.current.reported_by for each in telling.sub_projects() if each.current]
    yield said(telling, f"Sound, told in process {os.getpid()}, of {names}.")


def raises(telling: Telling) -> Iterator[Block]:
    """Fail."""
    yield said(telling, "Nobody reads this.")
    raise ValueError("broken")


def exits(_telling: Telling) -> Iterator[Block]:
    """Fail."""
    os._exit(3)


@hookimpl
def consortium_sections() -> Any:
    """Bring them."""
    title, report = _("Status summary"), "status-summary"
    yield SectionAddition("first", title, report, "before", "situation", sound)
    yield SectionAddition("broken", title, report, "after", "situation", raises)
    yield SectionAddition("gone", title, report, "after", "overview", exits)
    yield SectionAddition("instead", title, report, "replace", "work", sound, frozenset({"reporters"}))
    yield SectionAddition("nowhere", title, report, "after", "no-such-chapter", raises)
    yield SectionAddition("elsewhere", title, "another-report", "after", "work", raises)
