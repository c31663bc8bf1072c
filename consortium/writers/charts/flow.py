"""Labels in their place: after each other like words, or each as near as it can be to what it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from consortium.writers.charts.canvas import Canvas, Label

#: the space between two labels
GAP = 14.0


@dataclass(frozen=True, slots=True)
class Item:
    """A label with a little drawing before it, which is ``before`` wide."""

    label: Label
    before: float = 0
    draw: Callable[[float, float], None] = lambda x, y: None

    @property
    def width(self) -> float:
        """How much room both take."""
        return self.before + self.label.width


def put_in_rows(canvas: Canvas, items: Sequence[Item], left: float, top: float) -> float:
    """Set items after each other, in as many rows as it takes, and tell where the next thing can begin."""
    x, y, high = left, top, 0.0
    for item in items:
        if x > left and x + item.width > canvas.width:
            x, y, high = left, y + high + 4, 0
        item.draw(x, y)
        canvas.put(item.label, x + item.before, y)
        x, high = x + item.width + GAP, max(high, item.label.height)
    return y + high


def beside_each_other(
    wanted: Sequence[float], widths: Sequence[float], left: float, right: float
) -> list[float] | None:
    """Find places near those that are wanted, in their order and without touching; ``None`` if there is no room."""
    room = right - left
    if sum(widths) + GAP * (len(widths) - 1) > room:
        return None
    # as far to the right as wanted or pushed, then back from the edge as far as those behind need
    ends = [*accumulate((wide + GAP for wide in reversed(widths)), initial=-GAP)][1:][::-1]
    places: list[float] = []
    for want, after in zip(wanted, ends, strict=True):
        pushed = places[-1] + widths[len(places) - 1] + GAP if places else left
        places.append(min(max(want, pushed), right - after))
    return places
