"""What a form consists of: fields, each with a heading, help, and a control or one a language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consortium.documents import Words
from consortium.i18n.message import Message
from consortium.texts import Piece, TextState

#: a day as a native control holds it
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Look(StrEnum):
    """What a control looks like."""

    LINE = "line"
    AREA = "area"
    EMAIL = "email"
    DAY = "day"
    FIGURES = "figures"
    WHOLE = "whole"
    RADIOS = "radios"
    MENU = "menu"
    MENUS = "menus"
    SEARCH = "search"
    FIXED = "fixed"


@dataclass(frozen=True)
class Option:
    """A value to choose, and what it is called."""

    value: str
    words: Words


@dataclass(frozen=True)
class Rival:
    """What two people have made of one field: its value at first, mine and theirs, as a page shows them.

    :ivar mine: how mine came of the original
    :ivar theirs: how theirs did
    """

    values: tuple[str, str, str]
    original: Words
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]


@dataclass(frozen=True)
class Control:
    """Something to fill in.

    :ivar was: its value when the form was opened
    :ivar language: of the words in it, if it holds words
    :ivar state: how far those can be trusted
    :ivar changed: how the original has changed since they were translated, in the language ``source``
    :ivar hints: what is doubtful about its value; it can be kept all the same
    :ivar rival: what somebody else has made of it, where one must choose
    :ivar is_theirs: tells that somebody else has changed it in the meantime, and that this is what it says now
    """

    name: str
    look: Look
    heading: Message
    value: str = ""
    was: str = ""
    language: str = ""
    state: TextState | None = None
    changed: tuple[Piece, ...] = ()
    source: str = ""
    options: tuple[Option, ...] = ()
    problems: tuple[Message, ...] = ()
    hints: tuple[Message, ...] = ()
    shown: Words = ()
    rival: Rival | None = None
    is_theirs: bool = False
    is_reviewed: bool = False
    is_required: bool = False

    @property
    def id(self) -> str:
        """Its name in the page."""
        return f"field-{self.name.replace('.', '-')}"

    @property
    def is_day(self) -> bool:
        """Tell whether a control for days can show its value; what was typed otherwise stays as it was typed."""
        return not self.value or bool(_DAY.fullmatch(self.value))

    @property
    def place(self) -> str:
        """The name in the page of what the eye shall go to: the first one of several buttons."""
        several = (self.look is Look.RADIOS and self.options) or self.rival or self.look is Look.MENUS
        return f"{self.id}-1" if several else self.id

    @property
    def values(self) -> tuple[str, ...]:
        """Its values, where it takes several."""
        return tuple(part for part in self.value.split(";") if part)


@dataclass(frozen=True)
class Reading:
    """A text in a language that the consortium does not write: to read only."""

    language: str
    words: str


@dataclass(frozen=True)
class Field:
    """A heading with help, and one control, or one for each language of a text."""

    name: str
    heading: Message
    help: Message
    is_required: bool
    controls: tuple[Control, ...]
    readings: tuple[Reading, ...] = ()

    @property
    def is_text(self) -> bool:
        """Tell whether it is a text in its languages."""
        return bool(self.controls[0].language)

    @property
    def problems(self) -> tuple[Message, ...]:
        """What is wrong in any of its controls."""
        return tuple(problem for control in self.controls for problem in control.problems)


@dataclass(frozen=True)
class Form:
    """A form.

    :ivar version: of the record when the form was opened; ``None`` for a new one
    :ivar receipt: what one sending of a form for a new record is known by
    :ivar problems: what is wrong with the form as a whole
    :ivar latest: who saved the record last, and when, where somebody else has changed it in the meantime
    """

    fields: tuple[Field, ...]
    version: int | None = None
    receipt: str = ""
    problems: tuple[Message, ...] = ()
    next: str = ""
    latest: tuple[str, datetime] | None = None

    @property
    def controls(self) -> Iterator[Control]:
        """Walk its controls."""
        return (control for each in self.fields for control in each.controls)

    @property
    def has_problems(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self.problems) or any(control.problems for control in self.controls)

    @property
    def rivals(self) -> tuple[Control, ...]:
        """The controls of which somebody must choose what they say."""
        return tuple(control for control in self.controls if control.rival)

    @property
    def taken_over(self) -> tuple[tuple[Field, Control], ...]:
        """What somebody else has changed and one has not."""
        return tuple((each, control) for each in self.fields for control in each.controls if control.is_theirs)

    def in_state(self, *states: TextState) -> tuple[Control, ...]:
        """List the controls whose words are in one of ``states``."""
        return tuple(control for control in self.controls if control.state in states)

    @property
    def missing(self) -> tuple[Control, ...]:
        """The translations that are missing."""
        return self.in_state(TextState.MISSING)

    @property
    def outdated(self) -> tuple[Control, ...]:
        """The translations that were made from older words."""
        return self.in_state(TextState.OUTDATED)
