"""A grid: squares in rows and columns, the darker the more, each with its figure in it."""

from dataclasses import dataclass, replace

from consortium.documents import Grid, GridRow, Square, Words
from consortium.writers.charts.canvas import LINE, MIDDLE, SIGN, Canvas, Label
from consortium.writers.charts.flow import GAP, Item, put_in_rows
from consortium.writers.charts.letters import MORE
from consortium.writers.signs import SHADES, SIGNS

#: how high a square is, how wide it is at most, and how far from the next one
HIGH, WIDE, SLIT = 26.0, 110.0, 3.0
#: a head that is read upwards is at most so high
UPRIGHT = 160.0
#: the swatch of a key
SWATCH = 16.0


def draw_grid(canvas: Canvas, drawing: Grid) -> None:
    """Draw the heads of the columns, then row by row, then the key."""
    names = [
        canvas.label(row.words, canvas.width * (1 if canvas.is_narrow else 0.34), is_strong=True)
        for row in drawing.rows
    ]
    left = 0 if canvas.is_narrow else max((name.width for name in names), default=0) + GAP
    columns = max((len(drawing.columns), *(len(row.squares) for row in drawing.rows)), default=0)
    painter = _Painter(canvas, left, min((canvas.width - left) / max(columns, 1), WIDE))
    painter.heads(drawing.columns)
    for row, name in zip(drawing.rows, names, strict=True):
        painter.row(row, name)
    painter.key(drawing)


def _shade(shade: int) -> int:
    return min(max(shade, 0), len(SHADES) - 1)


def _sign(square: Square) -> str:
    return next((each.sign for each in square.words[:1] if each.sign in SIGNS), "")


@dataclass
class _Painter:
    """Draws row after row.

    :ivar left: where the squares begin
    :ivar wide: from the edge of a square to that of the next one
    """

    canvas: Canvas
    left: float
    wide: float

    def heads(self, columns: tuple[Words, ...]) -> None:
        """Set the heads of the columns, so that they end above the first row."""
        canvas = self.canvas
        labels = [canvas.label(words, self.wide - 6, most=3) for words in columns]
        if any(line.words.endswith(MORE) for label in labels for line in label.lines):
            self._upright_heads(columns)
            return
        foot = max((label.height for label in labels), default=0)
        for place, label in enumerate(labels):
            canvas.put(label, self._middle(place), foot - label.height, anchor="middle")
        canvas.y = foot + (6 if foot else 0)

    def _upright_heads(self, columns: tuple[Words, ...]) -> None:
        """Set heads that are too long for their columns so that they are read upwards."""
        lines = max(1, int((self.wide - SLIT) / (self.canvas.size * LINE * max(map(len, columns)))))
        labels = [self.canvas.label(words, UPRIGHT, most=lines) for words in columns]
        self.canvas.y = max(label.width for label in labels)
        for place, label in enumerate(labels):
            self.canvas.put_upright(label, self._middle(place), self.canvas.y)
        self.canvas.y += 8

    def row(self, row: GridRow, name: Label) -> None:
        """Draw the squares of a row beside its name, or under it."""
        canvas = self.canvas
        labels = [self._label(square) for square in row.squares]
        high = max(HIGH, *(label.height + 6 for label in labels if len(label.lines) > 1), 0)
        if canvas.is_narrow:
            canvas.put(name, 0, canvas.y)
            canvas.y += name.height + 2
        else:
            high = max(high, name.height + 2)
            canvas.put(name, 0, canvas.y + (high - name.height) / 2)
        for place, (square, label) in enumerate(zip(row.squares, labels, strict=True)):
            self._square(square, label, place, high)
        canvas.y += high + (10 if canvas.is_narrow else SLIT)

    def _label(self, square: Square) -> Label:
        """Make the words of a square ready, in the first language; its sign is drawn in their colour."""
        room = self.wide - SLIT - 4 - (self.canvas.size if _sign(square) else 0)
        return self.canvas.label(
            tuple(replace(each, sign="") for each in square.words[:1]), room, is_strong=True, most=3
        )

    def _middle(self, place: int) -> float:
        return self.left + place * self.wide + (self.wide - SLIT) / 2

    def _square(self, square: Square, label: Label, place: int, high: float) -> None:
        canvas, colour = self.canvas, f"on-shade-{_shade(square.shade)}"
        self._fill(square.shade, self.left + place * self.wide, canvas.y, self.wide - SLIT, high)
        x = self._middle(place)
        if sign := _sign(square):
            size = canvas.size * SIGN
            x += size / 2 + 1
            canvas.sign(sign, x - label.width / 2 - size - 2, canvas.y + (high - size) / 2, size, colour)
        canvas.put(label, x, canvas.y + (high - label.height) / 2, anchor="middle", colour=colour)

    def _fill(self, shade: int, x: float, y: float, wide: float, high: float) -> None:
        self.canvas.rect(x, y, wide, high, f"shade-{_shade(shade)}")
        if _shade(shade) <= 1:
            self.canvas.frame(x, y, wide, high, "rule")

    def key(self, drawing: Grid) -> None:
        """Set what each shade means, from light to dark."""
        items = [self._swatch(shade, words) for shade, words in drawing.key if words]
        if items:
            self.canvas.y = put_in_rows(self.canvas, items, self.left, self.canvas.y + 9)

    def _swatch(self, shade: int, words: Words) -> Item:
        label, down = self.canvas.label(words, self.canvas.width / 2), self.canvas.size * MIDDLE - SWATCH / 2
        return Item(label, SWATCH + 6, lambda x, y: self._fill(shade, x, y + down, SWATCH, SWATCH))
