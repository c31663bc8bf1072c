"""What a chart draws: values without a look, which each format gives them."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from consortium.documents.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: what it counts, with the sign of its state, and how many."""

    words: Words
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of parts that follow each other; the parts of no count are left out."""

    words: Words
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under each other on one scale that begins at zero."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Something of a day.

    :ivar sign: name of the sign that is drawn: ``milestone.achieved``, ``milestone.overdue``, ``milestone.due``
    :ivar count: how many of the same sign and day it stands for
    """

    day: date
    sign: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of points, and what they belong to."""

    words: Words
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes under each other on one scale of time.

    :ivar key: what each sign means: words with that sign
    :ivar today: the day of the report, drawn as a line with its words
    :ivar ticks: days on the scale, each with its words, in order; the first and the last are its ends
    """

    lanes: tuple[Lane, ...]
    key: tuple[Words, ...]
    today: tuple[date, Words]
    ticks: tuple[tuple[date, Words], ...]


@dataclass(frozen=True, slots=True)
class Square:
    """A square of a grid: the few signs that stand in it, and how dark it is, from 0 (white) to 4."""

    words: Words
    shade: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of squares, and what it is of."""

    words: Words
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of squares under the heads of their columns.

    :ivar key: what each shade means: the shade and its words, from light to dark
    """

    columns: tuple[Words, ...]
    rows: tuple[GridRow, ...]
    key: tuple[tuple[int, Words], ...] = ()


Drawing: TypeAlias = Bars | Timeline | Grid
