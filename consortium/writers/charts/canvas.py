"""What a chart is drawn on: shapes and words in the colours of the house."""

from dataclasses import dataclass, field
from html import escape
from math import ceil
from typing import Literal, TypeAlias

from consortium.documents import Mark, Phrase, Words
from consortium.writers.charts.letters import STRONG, clean, width, wrapped
from consortium.writers.signs import COLOURS, INKS, ON_SHADES, PAINTS, SHADES, SIGNS

#: where it is seen: on a wide screen, on a narrow one, or printed
Look: TypeAlias = Literal["screen", "phone", "paper"]

#: the width of a drawing, in its own units, and the size of its type
WIDTHS: dict[Look, tuple[float, float]] = {"screen": (800, 14), "phone": (340, 13), "paper": (800, 14)}
#: a screen may not have our typeface, and then shows a wider one
WIDER: dict[Look, float] = {"screen": 1.2, "phone": 1.2, "paper": 1.03}

#: the colours on paper; a stylesheet gives the classes of the same names theirs, by day and by night
PAPER = {
    **PAINTS,
    **{name.partition(".")[2]: ink for name, (ink, _tint) in COLOURS.items()},
    **{name.partition(".")[2]: ink for name, ink in INKS.items()},
    **{f"shade-{shade}": colour for shade, colour in enumerate(SHADES)},
    **{f"on-shade-{shade}": colour for shade, colour in enumerate(ON_SHADES)},
}

#: a drawing is so many units high, or twice as many, …: a picture of it then has whole pixels
WHOLE = 5

#: from line to line, in sizes of the type, and from the top of a line to where its letters stand
LINE, STAND = 1.3, 0.98
#: how large a sign before words is, with the air behind it, and how far from the top of the line
SIGN, SIGN_ROOM, SIGN_DOWN = 0.86, 1.15, 0.24
#: from the top of a line to the middle of its letters
MIDDLE = 0.66


def colour_of(sign: str) -> str:
    """Name the colour of a sign."""
    return sign.partition(".")[2] if sign in COLOURS or sign in INKS else "ink"


def number(value: float) -> str:
    """Write a number as short as it is exact enough."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words; ``lead`` stands before them and is strong."""

    phrase: Phrase
    words: str
    colour: str
    is_strong: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Words that are ready to stand somewhere: their lines, and how much room these take."""

    lines: tuple[Line, ...]
    size: float
    width: float
    sign: str = ""

    @property
    def height(self) -> float:
        """All lines under each other."""
        return len(self.lines) * self.size * LINE


@dataclass
class Canvas:
    """Collects what is drawn, from the top downwards.

    :ivar languages: of the document; the first one is that of the drawing
    :ivar y: where the next thing begins; in the end, how high the drawing is
    """

    look: Look
    languages: tuple[str, ...]
    y: float = 0
    parts: list[str] = field(default_factory=list)

    @property
    def width(self) -> float:
        """How wide the drawing is."""
        return WIDTHS[self.look][0]

    @property
    def size(self) -> float:
        """The size of the type."""
        return WIDTHS[self.look][1]

    @property
    def is_narrow(self) -> bool:
        """Tell whether there is no room for words beside a drawing."""
        return self.look == "phone"

    def rect(self, x: float, y: float, wide: float, high: float, colour: str, *, opacity: float = 1) -> None:
        """Fill a rectangle."""
        see = f' fill-opacity="{opacity}"' if opacity < 1 else ""
        self.parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="{number(high)}"{self._fill(colour)}{see}/>'
        )

    def frame(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """Draw the edge of a rectangle, inside it."""
        self.line(
            f"M{number(x + 0.5)} {number(y + 0.5)}h{number(wide - 1)}v{number(high - 1)}h{number(1 - wide)}z", colour
        )

    def line(self, path: str, colour: str, *, width: float = 1) -> None:
        """Draw a line along a path."""
        if path:
            self.parts.append(f'<path d="{path}"{self._stroke(colour, width)}/>')

    def sign(self, name: str, x: float, y: float, size: float, colour: str = "") -> None:
        """Draw a sign, its upper left corner at ``x`` and ``y``, in its own colour unless it gets another one."""
        sign, colour = SIGNS[name], colour or colour_of(name)
        paint = self._stroke(colour, 2) if sign.is_line else self._fill(colour)
        place = f"translate({number(x)} {number(y)}) scale({size / 16:.4g})"
        self.parts.append(f'<path d="{sign.path}" transform="{place}"{paint}/>')

    def unit(self, *, is_strong: bool = False) -> float:
        """Tell how wide a letter is that is as wide as the size of the type."""
        return self.size * WIDER[self.look] * (STRONG if is_strong else 1)

    def measure(self, words: str, *, is_strong: bool = False) -> float:
        """Estimate how wide words are."""
        return width(clean(words)) * self.unit(is_strong=is_strong)

    def label(self, words: Words, room: float, *, lead: str = "", is_strong: bool = False, most: int = 2) -> Label:
        """Make words ready for a place that is ``room`` wide: a line or some for each language, the second one lighter."""
        sign = words[0].sign if words and words[0].sign in SIGNS else ""
        beside = self.size * SIGN_ROOM if sign else 0
        before = self._lead_width(lead)
        lines: list[Line] = []
        for phrase in _unlike(words):
            strong, lead, before = is_strong and not lines, "" if lines else lead, 0 if lines else before
            colour = "muted" if lines or phrase.mark is Mark.MISSING else "ink"
            said = wrapped(phrase.words, (room - beside - before) / self.unit(is_strong=strong), most)
            lines += [Line(phrase, each, colour, strong, "" if place else lead) for place, each in enumerate(said)]
        lines = lines or ([Line(Phrase("", self.languages[0]), "", "ink", lead=lead)] if lead else [])
        wide = max((self._line_width(line) for line in lines), default=0)
        return Label(tuple(lines), self.size, wide + beside, sign)

    def plain(self, words: str, colour: str = "ink", *, is_strong: bool = False) -> Label:
        """Make figures ready that are the same in every language."""
        line = Line(Phrase(words, self.languages[0]), words, colour, is_strong)
        return Label((line,), self.size, self.measure(words, is_strong=is_strong))

    def _line_width(self, line: Line) -> float:
        return self._lead_width(line.lead) + self.measure(line.words, is_strong=line.is_strong)

    def _lead_width(self, lead: str) -> float:
        return self.measure(f"{lead} ", is_strong=True) if lead else 0

    def put(self, label: Label, x: float, y: float, *, anchor: str = "start", colour: str = "") -> None:
        """Set a label, its upper edge at ``y``; with ``anchor`` it ends at ``x`` or has it in its middle."""
        if label.sign:
            self.sign(label.sign, x, y + self.size * SIGN_DOWN, self.size * SIGN)
            x += self.size * SIGN_ROOM
        for place, line in enumerate(label.lines):
            self._text(line, x, y + (place * LINE + STAND) * self.size, anchor, colour or line.colour)

    def put_upright(self, label: Label, x: float, y: float) -> None:
        """Set a label so that it is read upwards, its middle at ``x``, and its beginning at ``y``."""
        first = len(self.parts)
        self.put(label, 0, -label.height / 2)
        turned = "".join(self.parts[first:])
        self.parts[first:] = [f'<g transform="translate({number(x)} {number(y)}) rotate(-90)">{turned}</g>']

    def _text(self, line: Line, x: float, y: float, anchor: str, colour: str) -> None:
        language = "" if line.phrase.language == self.languages[0] else f' lang="{escape(line.phrase.language)}"'
        italic = ' font-style="italic"' if line.phrase.mark in (Mark.FALLBACK, Mark.MISSING) else ""
        strong = ' font-weight="600"' if line.is_strong else ""
        middle = "" if anchor == "start" else f' text-anchor="{anchor}"'
        lead = f'<tspan font-weight="600">{escape(line.lead)}</tspan>' if line.lead else ""
        words = f"{lead} {escape(line.words)}".strip()
        self.parts.append(
            f'<text x="{number(x)}" y="{number(y)}"{self._fill(colour)}{language}{middle}{strong}{italic}>{words}</text>'
        )

    def _fill(self, colour: str) -> str:
        return f' fill="{PAPER[colour]}"' if self.look == "paper" else f' class="{colour}"'

    def _stroke(self, colour: str, width: float) -> str:
        ink, kind = (PAPER[colour], "") if self.look == "paper" else ("currentColor", f' class="{colour}"')
        thick = "" if width == 1 else f' stroke-width="{number(width)}"'
        return f'{kind} fill="none" stroke="{ink}"{thick}'

    def svg(self, name: str) -> str:
        """Close the drawing, which is called ``name`` where it is read aloud."""
        # inside HTML the name of the format goes without saying
        form = (
            ' xmlns="http://www.w3.org/2000/svg" font-family="Source Sans Pro"'
            if self.look == "paper"
            else ' fill="currentColor"'
        )
        high = number(ceil(max(self.y, 1) / WHOLE) * WHOLE)
        return (
            f'<svg class="drawing {self.look}"{form} viewBox="0 0 {number(self.width)} {high}" width="{number(self.width)}" '
            f'height="{high}" font-size="{number(self.size)}" role="img" lang="{escape(self.languages[0])}" '
            f'aria-label="{escape(clean(name))}">{"".join(self.parts)}</svg>'
        )


def _unlike(words: Words) -> list[Phrase]:
    """Leave out what stands there already in the same language."""
    kept: dict[tuple[str, str], Phrase] = {}
    for phrase in words:
        kept.setdefault((phrase.words, phrase.language), phrase)
    return list(kept.values())
