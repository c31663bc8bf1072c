"""What two people have made of one record."""

from collections.abc import Mapping
from dataclasses import dataclass

from consortium.errors import Conflict
from consortium.i18n.message import _


@dataclass(frozen=True)
class Differing:
    """A field that at least one of the two has changed: what it said at first, what I say, what the other says."""

    name: str
    original: str
    mine: str
    theirs: str

    @property
    def is_open(self) -> bool:
        """Tell whether both have changed it, and not to the same; somebody must choose."""
        return self.mine != self.original and self.theirs not in {self.original, self.mine}

    @property
    def merged(self) -> str:
        """What it should say unless somebody chooses otherwise: what was changed, and where both did, mine."""
        return self.theirs if self.mine == self.original else self.mine


class Clash(Conflict):
    """Somebody else has changed the record since the form was opened; nothing has been kept.

    :ivar fields: those that one of the two has changed
    :ivar theirs: what the record says now, by the machine name of each field
    :ivar version: its version now, with which the merged form can be sent
    """

    def __init__(self, fields: tuple[Differing, ...], theirs: Mapping[str, str], version: int) -> None:
        super().__init__(
            _("Somebody else has changed this in the meantime. Look at both versions and choose what it shall say.")
        )
        self.fields, self.theirs, self.version = fields, theirs, version


def clash(was: Mapping[str, str], said: Mapping[str, str], now: Mapping[str, str], version: int) -> Clash | None:
    """Set beside each other what two people have made of one record; ``None`` if the other changed no field of it."""
    names = [name for name in now if name in said]
    fields = tuple(
        Differing(name, was.get(name, now[name]), said[name], now[name])
        for name in names
        if was.get(name, now[name]) != now[name] or said[name] != was.get(name, now[name])
    )
    if all(each.theirs == each.original for each in fields):
        return None
    return Clash(fields, now, version)
