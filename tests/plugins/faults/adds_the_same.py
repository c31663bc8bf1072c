"""Replaces a chapter that another guest replaces too."""

from collections.abc import Iterator
from typing import Any

from consortium import hookimpl
from consortium.documents import Block
from consortium.i18n.message import _
from consortium.variants import Telling
from consortium.variants.section import SectionAddition
from tests.plugins.faults.guest import said


def told(telling: Telling) -> Iterator[Block]:
    """Tell something."""
    yield said(telling, "Nobody reads this.")


@hookimpl
def consortium_sections() -> Any:
    """Bring it."""
    yield SectionAddition("rival", _("Status summary"), "status-summary", "replace", "work", told)
