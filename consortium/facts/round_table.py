"""The round table: which statements a kind of gathering asks for, and who has said what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

#: the statements that a round table asks for, by the kind of gathering, in the order in which they are asked
ASKED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "network_gathering": ("success", "challenge", "dilemma", "tip", "support_need"),
        "project_gathering": ("success", "challenge", "dilemma", "tip", "support_need"),
        "dialogue_meeting": ("improvement_area", "support_need", "risk"),
        "experience_seminar": ("finding", "tip", "challenge"),
        "council": ("idea", "challenge", "advice"),
        "study_trip": ("tip", "idea"),
        "digital_follow_up": ("success", "challenge", "support_need"),
    }
)


class Said(Protocol):
    """A statement: of which organisation, and of which kind."""

    @property
    def organisation(self) -> str:
        """The key of the organisation."""

    @property
    def kind(self) -> str:
        """The code of the kind."""


S = TypeVar("S", bound=Said)


@dataclass(frozen=True, slots=True)
class Turn(Generic[S]):
    """What one organisation has said when it was its turn.

    :ivar organisation: its key
    :ivar cells: its statements by kind, one cell for each kind that is asked for; empty where it has not spoken
    :ivar others: its statements of kinds that were not asked for
    """

    organisation: str
    cells: tuple[tuple[S, ...], ...]
    others: tuple[S, ...] = ()

    @property
    def has_spoken(self) -> bool:
        """Tell whether it has said anything."""
        return any(self.cells) or bool(self.others)


def round_table_kinds(kind: str) -> tuple[str, ...]:
    """List the statements that the round table of a kind of gathering asks for.

    :raises KeyError: if there is no such kind
    """
    return ASKED[kind]


def round_table(statements: Iterable[S], organisations: Iterable[str], kinds: Sequence[str]) -> tuple[Turn[S], ...]:
    """Lay out statements as a table: a row an organisation, also where it has not spoken; nothing said is left out.

    :param organisations: keys in the order of the rows; whoever has spoken without standing there comes after them
    :param kinds: the kinds that are asked for, in the order of the columns
    """
    own: dict[str, list[S]] = {key: [] for key in organisations}
    for statement in statements:
        own.setdefault(statement.organisation, []).append(statement)
    return tuple(_turn(key, said, kinds) for key, said in own.items())


def _turn(organisation: str, said: Sequence[S], kinds: Sequence[str]) -> Turn[S]:
    cells = tuple(tuple(each for each in said if each.kind == kind) for kind in kinds)
    return Turn(organisation, cells, tuple(each for each in said if each.kind not in kinds))
