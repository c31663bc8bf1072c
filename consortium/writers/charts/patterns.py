"""What the parts of a bar are filled with, so that they differ without colour too.

Drawn line by line rather than as patterns of SVG: these need names, which must not stand twice in a page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from consortium.documents import Part
from consortium.writers.charts.canvas import Canvas, colour_of, number

#: the space between two lines, and how light what lies under them is
STEP, TINT = 7.0, 0.14
#: in less width nobody sees a pattern
THIN = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A place: its upper left corner and its size."""

    x: float
    y: float
    wide: float
    high: float

    def inside(self, edge: float) -> "Box":
        """Leave out the edge."""
        return Box(self.x + edge, self.y + edge, self.wide - 2 * edge, self.high - 2 * edge)


def _rising(box: Box) -> str:
    """Draw lines that rise to the right, each cut at the edges."""
    return "".join(_slanted(box, box.y + box.high, -1))


def _falling(box: Box) -> str:
    return "".join(_slanted(box, box.y, 1))


def _slanted(box: Box, start: float, down: int) -> Iterator[str]:
    right, foot = box.x + box.wide, box.x - box.high + STEP / 2
    while foot < right:
        first, last = max(foot, box.x), min(foot + box.high, right)
        if last > first:
            yield f"M{number(first)} {number(start + down * (first - foot))}L{number(last)} {number(start + down * (last - foot))}"
        foot += STEP


def _upright(box: Box) -> str:
    return "".join(f"M{number(x)} {number(box.y)}v{number(box.high)}" for x in _steps(box.x, box.wide, STEP))


def _level(box: Box) -> str:
    return "".join(f"M{number(box.x)} {number(y)}h{number(box.wide)}" for y in _steps(box.y, box.high, STEP * 0.75))


def _dots(box: Box) -> str:
    """Draw dots as the shortest of lines, every other row between those of the last."""
    rows = enumerate(_steps(box.y, box.high, STEP))
    return "".join(
        f"M{number(x)} {number(y)}h1.5"
        for row, y in rows
        for x in _steps(box.x + (STEP / 2 if row % 2 else 0), box.wide - (STEP / 2 if row % 2 else 0) - 1.5, STEP)
    )


def _steps(start: float, length: float, step: float) -> Iterator[float]:
    """Walk the middles of equal steps."""
    for place in count():
        if (at := (place + 0.5) * step) >= length:
            return
        yield start + at


#: a pattern: how its lines run, and how thick they are
PATTERNS: dict[str, tuple[Callable[[Box], str], float]] = {
    "rising": (_rising, 1.25),
    "falling": (_falling, 2.25),
    "upright": (_upright, 2),
    "level": (_level, 1.5),
    "dots": (_dots, 1.5),
}

#: the pattern of each state: what goes well is full, what has not begun is empty
STATES = {
    "state.planned": "empty",
    "state.on_track": "full",
    "state.at_risk": "rising",
    "state.delayed": "falling",
    "state.on_hold": "upright",
    "state.completed": "level",
    "state.cancelled": "dots",
}
#: in turn for what is no state
OTHERS = ("full", "rising", "dots", "level", "empty", "falling", "upright")


@dataclass(frozen=True, slots=True)
class Style:
    """What the parts that count the same thing look like."""

    colour: str
    pattern: str

    def fill(self, canvas: Canvas, box: Box) -> None:
        """Fill a place."""
        if self.pattern == "full" or box.wide < THIN:
            canvas.rect(box.x, box.y, box.wide, box.high, self.colour)
            return
        if drawn := PATTERNS.get(self.pattern):
            lines, thickness = drawn
            canvas.rect(box.x, box.y, box.wide, box.high, self.colour, opacity=TINT)
            canvas.line(lines(box.inside(thickness / 2)), self.colour, width=thickness)
        canvas.frame(box.x, box.y, box.wide, box.high, self.colour)


def style_of(part: Part, place: int) -> Style:
    """Choose the style of a part; ``place`` is its own among all that are counted."""
    sign = part.words[0].sign if part.words else ""
    if sign in STATES:
        return Style(colour_of(sign), STATES[sign])
    return Style("accent", OTHERS[place % len(OTHERS)])
