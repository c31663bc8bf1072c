"""A timeline: what happens when, a lane for each, and a line where the reader stands."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from consortium.documents import Lane, Point, Timeline
from consortium.writers.charts.canvas import MIDDLE, Canvas, Label, number
from consortium.writers.charts.flow import GAP, Item, put_in_rows
from consortium.writers.signs import SIGNS

#: the size of a sign, from level to level of signs, and the air above and below a lane
SIGN, LEVEL, AIR = 14.0, 18.0, 6.0
#: signs of the same level keep this far from each other
APART = 3.0


def draw_timeline(canvas: Canvas, drawing: Timeline) -> None:
    """Draw the lanes, then time under them, then the key."""
    names = [
        canvas.label(lane.words, canvas.width * (1 if canvas.is_narrow else 0.3), is_strong=True)
        for lane in drawing.lanes
    ]
    left = SIGN if canvas.is_narrow else max((name.width for name in names), default=0) + GAP + SIGN / 2
    ends = [canvas.label(words, canvas.width / 4).width / 2 for _day, words in (drawing.ticks or ((None, ()),))]
    scale = _Scale(drawing, max(left, ends[0]), canvas.width - max(ends[-1], SIGN))
    today = canvas.label(drawing.today[1], canvas.width / 2)
    canvas.y = top = today.height + 6 if today.lines else 0
    heights = [_lane_height(canvas, lane, name, scale) for lane, name in zip(drawing.lanes, names, strict=True)]
    foot = top + sum(heights)
    _draw_time(canvas, drawing, scale, top, foot)
    for lane, name, high in zip(drawing.lanes, names, heights, strict=True):
        _draw_lane(canvas, lane, name, scale)
        canvas.y += high
        canvas.line(f"M0 {number(canvas.y)}h{number(canvas.width)}", "rule")
    _draw_today(canvas, today, scale.at(drawing.today[0]), top)
    canvas.y = _draw_ticks(canvas, drawing, scale, foot + 4)
    _draw_key(canvas, drawing)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day stands; what lies outside stands at the nearest end."""

    drawing: Timeline
    left: float
    right: float

    def at(self, day: date) -> float:
        days = [tick.toordinal() for tick, _words in self.drawing.ticks] or [self.drawing.today[0].toordinal()]
        first, last = min(days), max(days)
        share = (day.toordinal() - first) / (last - first) if last > first else 0.5
        return self.left + (self.right - self.left) * min(max(share, 0), 1)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A point, where it stands, and its count if it is more than one."""

    point: Point
    x: float
    level: int
    count: Label | None


def _placed(canvas: Canvas, lane: Lane, scale: _Scale) -> list[_Placed]:
    """Give each point the first level where it touches no other."""
    ends: list[float] = []
    placed = []
    for point in sorted(lane.points, key=lambda each: (each.day, each.sign)):
        count = canvas.plain(str(point.count), is_strong=True) if point.count > 1 else None
        wide = SIGN + (count.width + 2 if count else 0)
        # the sign stands on its day; at the edge what does not fit moves in
        x = min(scale.at(point.day) - SIGN / 2, canvas.width - wide)
        level = next((level for level, end in enumerate(ends) if end + APART <= x), len(ends))
        ends[level : level + 1] = [x + wide]
        placed.append(_Placed(point, x, level, count))
    return placed


def _lane_height(canvas: Canvas, lane: Lane, name: Label, scale: _Scale) -> float:
    levels = 1 + max((each.level for each in _placed(canvas, lane, scale)), default=0)
    parts = (name.height, levels * LEVEL)
    return (sum(parts) if canvas.is_narrow else max(parts)) + 2 * AIR


def _draw_lane(canvas: Canvas, lane: Lane, name: Label, scale: _Scale) -> None:
    placed = _placed(canvas, lane, scale)
    levels = 1 + max((each.level for each in placed), default=0)
    if canvas.is_narrow:
        # lines of time do not run through the name
        canvas.rect(0, canvas.y + AIR, name.width + 4, name.height, "surface")
    canvas.put(name, 0, canvas.y + AIR)
    # the first level is level with the first line of the name, or under it where that has no room beside
    first = canvas.y + AIR + (name.height if canvas.is_narrow else max(0, (name.height - levels * LEVEL) / 2))
    for each in placed:
        _draw_point(canvas, each, first + each.level * LEVEL + (LEVEL - SIGN) / 2)


def _draw_point(canvas: Canvas, placed: _Placed, y: float) -> None:
    # lines of time do not shine through
    canvas.rect(placed.x - 1, y - 1, SIGN + 2, SIGN + 2, "surface")
    canvas.sign(placed.point.sign if placed.point.sign in SIGNS else "milestone.due", placed.x, y, SIGN)
    if placed.count:
        canvas.put(placed.count, placed.x + SIGN + 2, y + SIGN / 2 - canvas.size * MIDDLE)


def _draw_time(canvas: Canvas, drawing: Timeline, scale: _Scale, top: float, foot: float) -> None:
    """Draw a hairline for each tick, and the line of today, behind everything else."""
    canvas.line(
        "".join(f"M{number(scale.at(day))} {number(top)}V{number(foot + 4)}" for day, _words in drawing.ticks), "rule"
    )
    canvas.line(f"M0 {number(top)}h{number(canvas.width)}", "rule")
    canvas.line(f"M{number(scale.at(drawing.today[0]))} {number(top - 4)}V{number(foot)}", "accent", width=2)


def _draw_today(canvas: Canvas, words: Label, x: float, top: float) -> None:
    """Set the words of today above their line, and as near as the edge allows."""
    middle = min(max(x, words.width / 2), canvas.width - words.width / 2)
    canvas.put(words, middle, top - 6 - words.height, anchor="middle", colour="accent")


def _draw_ticks(canvas: Canvas, drawing: Timeline, scale: _Scale, top: float) -> float:
    """Set the words of every tick, or of every second, third, … so that none touch; tell where they end."""
    labels = [(scale.at(day), canvas.label(words, canvas.width / 4)) for day, words in drawing.ticks]
    at = [(min(max(x, label.width / 2), canvas.width - label.width / 2), label) for x, label in labels]
    every = next((step for step in range(1, len(at) + 1) if _are_apart(at[::step])), 1)
    for x, label in at[::every]:
        canvas.put(label, x, top, anchor="middle", colour="muted")
    return top + max((label.height for _x, label in at), default=0)


def _are_apart(labels: list[tuple[float, Label]]) -> bool:
    pairs = pairwise(labels)
    return all(a + one.width / 2 + 10 <= b - other.width / 2 for (a, one), (b, other) in pairs)


def _draw_key(canvas: Canvas, drawing: Timeline) -> None:
    items = [Item(canvas.label(words, canvas.width / 2)) for words in drawing.key if words]
    if items:
        canvas.y = put_in_rows(canvas, items, 0, canvas.y + 12)
