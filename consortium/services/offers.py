"""What plugins bring and nobody has switched off: asked wherever that is used."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import Session

from consortium.facts import Scope
from consortium.models import Consortium
from consortium.plugins import front_desk
from consortium.services.switches import Switches, switched

T = TypeVar("T")


@dataclass
class Offers:
    """What is on for a consortium; the switches are read once, and not at all where only our own is there."""

    session: Session
    consortium: Consortium

    def on(self, hook: str, brought: Mapping[str, T], *, scope: Scope | None = None) -> dict[str, T]:
        """Keep of what was ``brought`` what is on.

        :param hook: by which it was brought
        :param scope: the partner or the country that it is about, if it is about one
        """
        owners = {key: front_desk().owner(hook, key) for key in brought}
        return {
            key: each
            for key, each in brought.items()
            if owners[key].is_resident or self.switches.allow(owners[key].name, key, scope)
        }

    @cached_property
    def switches(self) -> Switches:
        """What has been said about plugins."""
        return switched(self.session, consortium=self.consortium)
