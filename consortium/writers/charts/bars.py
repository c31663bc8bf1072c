"""Bars: as long as what they count, each part under its own words."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from consortium.documents import Bar, Bars, Part
from consortium.writers.charts.canvas import MIDDLE, SIGN, SIGN_DOWN, Canvas, Label, number
from consortium.writers.charts.flow import GAP, Item, beside_each_other, put_in_rows
from consortium.writers.charts.patterns import STATES, Box, Style, style_of

#: how high a bar is, and how far the next one is from all that belongs to it
BAR, APART = 26.0, 18.0
#: so many bars say their words one by one; more share a key, and stand closer
FEW = 6
LOW, CLOSE = 16.0, 10.0
#: two parts of a bar do not touch
SLIT = 2.0
#: a label that cannot stand under its part is led to by a line of this height
LEADER = 14.0
#: from the end of a bar to what it counts
BESIDE = 8.0


def draw_bars(canvas: Canvas, drawing: Bars) -> None:
    """Draw bars under each other on one scale that begins at zero."""
    most = max((sum(part.count for part in _counted(bar)) for bar in drawing.bars), default=0)
    names = [canvas.label(bar.words, _room(canvas), is_strong=True) for bar in drawing.bars]
    styles = {name: style_of(part, place) for place, (name, part) in enumerate(_kinds(drawing).items())}
    left = 0 if canvas.is_narrow else max((name.width + GAP for name in names if name.lines), default=0)
    kind = _FewBars if len(drawing.bars) <= FEW else _ManyBars
    painter = kind(canvas, drawing, styles, left, most or 1)
    painter.begin()
    for bar, name in zip(drawing.bars, names, strict=True):
        canvas.y += painter.apart if bar is not drawing.bars[0] else 0
        painter.draw(bar, name)


def _room(canvas: Canvas) -> float:
    return canvas.width if canvas.is_narrow else canvas.width * 0.28


def _counted(bar: Bar) -> list[Part]:
    return [part for part in bar.parts if part.count > 0]


def _name(part: Part) -> str:
    return part.words[0].sign or part.words[0].words if part.words else ""


def _kinds(drawing: Bars) -> dict[str, Part]:
    """Find what is counted: states in their order, although no bar may have them all, else as they come."""
    parts: dict[str, Part] = {}
    for part in (part for bar in drawing.bars for part in bar.parts):
        parts.setdefault(_name(part), part)
    order = list(STATES)
    return dict(sorted(parts.items(), key=lambda each: order.index(each[0]) if each[0] in order else len(order)))


@dataclass
class _Painter(ABC):
    """Draws bar after bar.

    :ivar left: where the bars begin
    :ivar most: what the longest one counts
    :ivar apart: the space between all that belongs to one bar and the next
    """

    apart: ClassVar[float] = APART
    canvas: Canvas
    drawing: Bars
    styles: dict[str, Style]
    left: float
    most: int

    def begin(self) -> None:  # noqa: B027  # most bars have nothing before them
        """Draw what stands before the first bar."""

    @abstractmethod
    def draw(self, bar: Bar, name: Label) -> None:
        """Draw a bar with all that belongs to it."""

    def _head(self, name: Label, high: float) -> float:
        """Set the name, beside a bar or above it, and tell where the bar begins."""
        top = self.canvas.y
        if not self.canvas.is_narrow:
            self.canvas.put(name, 0, top + high / 2 - self.canvas.size * MIDDLE)
            return top
        self.canvas.put(name, 0, top)
        return top + (name.height + 4 if name.lines else 0)

    def _boxes(self, bar: Bar, top: float, high: float, right: float) -> Iterator[Box]:
        """Draw the parts of a bar, and tell where they are."""
        scale, x = (right - self.left) / self.most, self.left
        for part in _counted(bar):
            wide = part.count * scale
            box = Box(x, top, max(wide - SLIT, 1), high)
            self.styles[_name(part)].fill(self.canvas, box)
            yield box
            x += wide
        if x == self.left:
            self.canvas.line(f"M{number(x + 0.5)} {number(top)}v{number(high)}", "muted")

    def _swatch(self, part: Part, wide: float, high: float) -> Item:
        """Make a key to a part of a bar."""
        label = self.canvas.label(part.words, self.canvas.width / 2)
        style, down = self.styles[_name(part)], self.canvas.size * MIDDLE - high / 2
        return Item(label, wide + 6, lambda x, y: style.fill(self.canvas, Box(x, y + down, wide, high)))


class _FewBars(_Painter):
    """Bars that have room for words under each part."""

    def draw(self, bar: Bar, name: Label) -> None:
        """Draw a bar, and under each part how many of what it is."""
        canvas, parts = self.canvas, _counted(bar)
        top = self._head(name, BAR)
        boxes = list(self._boxes(bar, top, BAR, self._right()))
        if not parts or (len(parts) > 1 and len(self.drawing.bars) > 1):
            end = boxes[-1].x + boxes[-1].wide if boxes else self.left
            total = canvas.plain(str(sum(part.count for part in parts)), "muted")
            canvas.put(total, end + BESIDE, top + BAR / 2 - canvas.size * MIDDLE)
        foot = self._labels(parts, boxes, top + BAR)
        canvas.y = max(foot, top + name.height if not canvas.is_narrow else 0)

    def _right(self) -> float:
        """Leave room for the total of the longest bar, unless there is but one bar."""
        if len(self.drawing.bars) == 1:
            return self.canvas.width
        return self.canvas.width - self.canvas.measure(str(self.most)) - BESIDE

    def _labels(self, parts: list[Part], boxes: list[Box], top: float) -> float:
        canvas = self.canvas
        labels = [canvas.label(part.words, canvas.width * 0.2, lead=str(part.count)) for part in parts]
        wanted = [box.x for box in boxes]
        places = beside_each_other(wanted, [label.width for label in labels], self.left, canvas.width)
        if places is None:
            return put_in_rows(canvas, list(map(self._counted_swatch, parts)), self.left, top + 8)
        away = [at > box.x + max(box.wide - 8, 2) or at < box.x - 1 for at, box in zip(places, boxes, strict=True)]
        below = top + (LEADER + 4 if any(away) else 4)
        for part, label, box, at, is_away in zip(parts, labels, boxes, places, away, strict=True):
            if any(away):
                near = min(max(box.x + box.wide / 2, at + canvas.size / 2), at + label.width - canvas.size / 2)
                foot = near if is_away else at + canvas.size * 0.43
                self._lead(box, foot, top, self.styles[_name(part)].colour)
            canvas.put(label, at, below)
        return below + max((label.height for label in labels), default=0)

    def _lead(self, box: Box, foot: float, top: float, colour: str) -> None:
        """Draw a line from a part of a bar to its label."""
        start = foot if box.x <= foot <= box.x + box.wide else box.x + box.wide / 2
        self.canvas.line(f"M{number(start)} {number(top + 2)}v3L{number(foot)} {number(top + LEADER)}v3", colour)

    def _counted_swatch(self, part: Part) -> Item:
        swatch = self._swatch(part, 18, 12)
        label = self.canvas.label(part.words, self.canvas.width / 2, lead=str(part.count))
        return Item(label, swatch.before, swatch.draw)


class _ManyBars(_Painter):
    """Bars that share a key; beside each stand the signs of its parts and how many they are."""

    apart = CLOSE

    def begin(self) -> None:
        """Set the key above the bars."""
        items = [self._swatch(part, 18, 12) for part in _kinds(self.drawing).values()]
        self.canvas.y = put_in_rows(self.canvas, items, 0, 0) + APART

    def draw(self, bar: Bar, name: Label) -> None:
        """Draw a bar, and at its end how many each part counts."""
        canvas = self.canvas
        top = self._head(name, LOW)
        right = self._right()
        boxes = list(self._boxes(bar, top, LOW, right or canvas.width))
        end = boxes[-1].x + boxes[-1].wide if boxes else self.left
        if right:
            foot = put_in_rows(canvas, self._counts(bar), end + BESIDE, top + LOW / 2 - canvas.size * MIDDLE)
        else:
            foot = put_in_rows(canvas, self._counts(bar), self.left, top + LOW + 2)
        canvas.y = max(foot, top + LOW, top + name.height if not canvas.is_narrow else 0)

    def _right(self) -> float | None:
        """Leave room for the widest row of counts; ``None`` where these have to stand under their bar."""
        rows = ([item.width for item in self._counts(bar)] for bar in self.drawing.bars)
        right = self.canvas.width - BESIDE - max(sum(row) + GAP * (len(row) - 1) for row in rows)
        return None if self.canvas.is_narrow or right - self.left < self.canvas.width / 4 else right

    def _counts(self, bar: Bar) -> list[Item]:
        return [self._count(part) for part in _counted(bar)] or [Item(self.canvas.plain("0", "muted"))]

    def _count(self, part: Part) -> Item:
        label = self.canvas.plain(str(part.count), is_strong=True)
        sign, size = part.words[0].sign if part.words else "", self.canvas.size * SIGN
        if sign in STATES:
            return Item(label, size + 3, lambda x, y: self.canvas.sign(sign, x, y + self.canvas.size * SIGN_DOWN, size))
        swatch = self._swatch(part, 12, 10)
        return Item(label, swatch.before, swatch.draw)
