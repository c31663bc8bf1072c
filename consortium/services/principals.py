"""Who can ask for something, and what they can ask for."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a consortium."""

    ADMINISTRATOR = "administrator"
    STAFF = "staff"
    LEAD = "lead"
    MEMBER = "member"
    AUDITOR = "auditor"


class Verb(StrEnum):
    """What can be done to a record."""

    SEE = "see"
    ADD = "add"
    EDIT = "edit"
    TRANSLATE = "translate"
    APPROVE = "approve"
    REMOVE = "remove"


@dataclass(frozen=True)
class Principal:
    """Somebody who asks for something to be done.

    :ivar name: as the history shall tell it
    :ivar consortium: number of the consortium that the role is in; an administrator's is in all
    :ivar partners: numbers of the partners that a lead or a member speaks for
    :ivar leads: numbers of the sub-projects that a lead leads
    """

    name: str
    role: Role
    consortium: int | None = None
    partners: frozenset[int] = field(default_factory=frozenset)
    leads: frozenset[int] = field(default_factory=frozenset)

    @property
    def unnamed(self) -> "Principal":
        """The same without a name: equal for all who may see the same."""
        return replace(self, name="")


def operator(name: str) -> Principal:
    """Return the principal of somebody who works on the machine itself: an administrator with a name."""
    return Principal(name, Role.ADMINISTRATOR)
