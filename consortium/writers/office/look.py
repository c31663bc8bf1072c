"""How a report looks in an office program: styles that both DOCX and ODT are given, by the same names."""

from dataclasses import dataclass

from consortium.writers.signs import ACCENT, COLOURS, INK, MUTED

#: A4, its margins, and how far from the edge head and foot stand, in millimetres
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
SIDE, TOP, BOTTOM, HEAD, FOOT = 20, 25, 22, 12, 11

#: the ground of a note
PAPER = "#f6f7f5"


@dataclass(frozen=True, slots=True)
class Font:
    """A family of the house.

    :ivar others: what serves on a machine that lacks it, best first
    :ivar kind: whether it has serifs, as office programs say it
    """

    name: str
    others: tuple[str, ...]
    kind: str


FONTS = {
    "sans": Font("Source Sans Pro", ("Source Sans 3", "Calibri", "Carlito", "Liberation Sans"), "swiss"),
    "serif": Font("Source Serif Pro", ("Source Serif 4", "Cambria", "Caladea", "Liberation Serif"), "roman"),
}

#: a row of more letters may go on overleaf: it would leave too much of a page empty, or be higher than one
LONGEST_WHOLE_ROW = 400

#: signs that the fonts of usual machines have; the word beside them says the same
GLYPHS = {
    "state.planned": "○",
    "state.on_track": "●",
    "state.at_risk": "▲",
    "state.delayed": "■",
    "state.on_hold": "‖",
    "state.completed": "✓",
    "state.cancelled": "⊘",
    "trend.better": "↗",
    "trend.unchanged": "→",
    "trend.worse": "↘",
    "trend.new": "∗",
    "trend.changed": "↔",
}


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a kind of paragraph; all lengths are points.

    :ivar name: as the office program lists it
    :ivar before: room above it; ``after``: below
    :ivar stays: never on another page than what follows
    :ivar to_end: set to the right side, as figures are
    :ivar level: of a heading; 0 for all else
    :ivar rule: the side on which an accented line runs: ``top`` or ``left``
    """

    name: str
    font: str = "sans"
    size: float = 9
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 0
    stays: bool = False
    to_end: bool = False
    level: int = 0
    rule: str = ""
    fill: str = ""
    indent: float = 0

    @property
    def key(self) -> str:
        """Its name within the file."""
        return self.name.replace(" ", "")


@dataclass(frozen=True, slots=True)
class RunStyle:
    """The look of some words within a paragraph; what is empty stays as it is around them."""

    name: str
    colour: str
    fill: str = ""
    size: float = 0
    font: str = ""
    bold: bool = False

    @property
    def key(self) -> str:
        """Its name within the file."""
        return self.name.replace(" ", "")


STYLES = (
    Style("Owner", size=10, colour=ACCENT, bold=True, after=2, stays=True),
    Style("Title", size=22, bold=True, after=4, stays=True),
    Style("Period", size=10, colour=MUTED, after=8, stays=True),
    Style("Fingerprint", size=7, colour=MUTED, before=4, after=14),
    Style("Heading 1", size=15, bold=True, before=26, after=6, stays=True, level=1, rule="top"),
    Style("Heading 2", size=12, bold=True, before=18, after=4, stays=True, level=2),
    Style("Heading 3", size=10.5, bold=True, before=10, after=3, stays=True, level=3),
    Style("Contents Title", size=12, bold=True, before=14, after=4, stays=True),
    Style("Contents 1", size=9.5, bold=True, before=4, after=1),
    Style("Contents 2", size=9.5, after=1, indent=12),
    Style("Language", size=8.5, colour=MUTED, before=2, after=3),
    Style("Label", size=9.5, bold=True, after=1, stays=True),
    # a row of twins would stay with the row after it
    Style("Label Beside", size=9.5, bold=True, after=1),
    Style("Text", font="serif", size=10, after=6),
    Style("Text Before", font="serif", size=10, colour=MUTED, after=6),
    Style("Item", font="serif", size=10, after=2),
    Style("Panel", size=9.5, bold=True, before=5, after=3, stays=True),
    Style("Panel Before", size=9.5, colour=MUTED, bold=True, before=5, after=3, stays=True),
    Style("Fact Name", size=8, colour=MUTED, stays=True),
    Style("Fact", after=3, stays=True),
    Style("Table Caption", size=9.5, bold=True, before=8, after=3, stays=True),
    Style("Column Head", size=8.5, bold=True),
    Style("Column Head End", size=8.5, bold=True, to_end=True),
    Style("Row Head", bold=True),
    Style("Cell"),
    Style("Cell End", to_end=True),
    Style("Note", size=10, before=6, after=6, rule="left", fill=PAPER, indent=8),
    Style("Picture", before=2, after=4, stays=True),
    Style("Gap", size=3, stays=True),
    Style("Header", size=8.5, colour=MUTED),
    Style("Footer", size=8.5, colour=MUTED),
)

_STATES = tuple(
    RunStyle(f"State {name.partition('.')[2].replace('_', ' ').title()}", colour, tint, font="sans", bold=True)
    for name, (colour, tint) in COLOURS.items()
)

RUN_STYLES = (
    RunStyle("Second", MUTED),
    RunStyle("Mark", MUTED, size=8, font="sans"),
    RunStyle("Hyperlink", ACCENT),
    *_STATES,
)

#: the style of the words of each state
STATE_STYLES = {name: style.key for name, style in zip(COLOURS, _STATES, strict=True)}


@dataclass(frozen=True, slots=True)
class TableStyle:
    """The look of a kind of table: the room around the words of a cell, and the lines between cells.

    :ivar has_lines: between rows, and a strong one under the head
    :ivar has_rule: between columns
    """

    name: str
    above: float = 0
    left: float = 0
    below: float = 0
    right: float = 0
    has_lines: bool = False
    has_rule: bool = False


TABLE_STYLES = (
    TableStyle("Facts", right=10),
    TableStyle("Beside", left=10, right=10, has_rule=True),
    TableStyle("Records", above=2.5, below=2.5, right=8, has_lines=True),
)
