"""The signs that stand before words of state and trend: drawn, so that every format shows the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """A simple shape on a grid of 16 by 16, whose name is also its class in a stylesheet.

    :ivar path: as in the attribute ``d`` of SVG
    :ivar is_line: drawn as a line of 2 units rather than filled
    """

    path: str
    is_line: bool = False

    def svg(self, colour: str = "currentColor") -> str:
        """Draw it in ``colour``; it says nothing that the words beside it do not, so a reader aloud passes it by."""
        stroke = f' fill="none" stroke="{colour}" stroke-width="2"' if self.is_line else f' fill="{colour}"'
        return f'<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d="{self.path}"{stroke}/></svg>'


_RING = "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z"
_TICK = "M2.5 8.5 6.3 12.3 13.5 4"
_SQUARE = "M2.5 2.5h11v11h-11z"
_STAR = "M8 2v12M2.8 5l10.4 6M13.2 5 2.8 11"
_TO_AND_FRO = "M2 8h12M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4"

#: a sign for each name that :class:`consortium.documents.Phrase` may carry; any other is shown by its word alone
SIGNS = {
    "state.planned": Sign(_RING, is_line=True),
    "state.on_track": Sign("M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z"),
    "state.at_risk": Sign("M8 1.5 15.2 14H.8z"),
    "state.delayed": Sign(_SQUARE),
    "state.on_hold": Sign("M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z"),
    "state.completed": Sign(_TICK, is_line=True),
    "state.cancelled": Sign(f"{_RING}M4.2 11.8 11.8 4.2", is_line=True),
    "trend.better": Sign("M3.5 12.5 12.5 3.5M5.5 3.5h7v7", is_line=True),
    "trend.unchanged": Sign("M2 8h11M8.5 3.5 13 8 8.5 12.5", is_line=True),
    "trend.worse": Sign("M3.5 3.5 12.5 12.5M5.5 12.5h7v-7", is_line=True),
    "trend.new": Sign(_STAR, is_line=True),
    "trend.changed": Sign(_TO_AND_FRO, is_line=True),
    "milestone.achieved": Sign(_TICK, is_line=True),
    "milestone.overdue": Sign(_SQUARE),
    "milestone.due": Sign(_RING, is_line=True),
    "milestone.dropped": Sign("M3 8h10", is_line=True),
    "change.new": Sign(_STAR, is_line=True),
    "change.changed": Sign(_TO_AND_FRO, is_line=True),
    "change.achieved": Sign(_TICK, is_line=True),
    "change.overdue": Sign(_SQUARE),
    "change.closed": Sign(f"{_RING}M4.8 8h6.4", is_line=True),
    "mark.outdated": Sign(f"{_RING}M8 4.5V8.4l2.6 1.6", is_line=True),
    "mark.machine_draft": Sign(
        "M1.5 6.5c2.2-3 4.3-3 6.5 0s4.3 3 6.5 0M1.5 11.5c2.2-3 4.3-3 6.5 0s4.3 3 6.5 0", is_line=True
    ),
}

#: ink and tint of each state on white paper; the stylesheet has them too, and a darker set
COLOURS = {
    "state.planned": ("#4a5766", "#eef1f4"),
    "state.on_track": ("#1d6b3c", "#e6f3ea"),
    "state.at_risk": ("#8a4b00", "#fdf0dc"),
    "state.delayed": ("#a3221b", "#fbe7e5"),
    "state.on_hold": ("#4a4f8c", "#ececf8"),
    "state.completed": ("#0e5a4a", "#e1f2ee"),
    "state.cancelled": ("#5c5560", "#f0eef1"),
}

#: the ink of other signs; the words beside them are black
INKS = {
    "milestone.achieved": "#0e5a4a",
    "milestone.overdue": "#a3221b",
    "milestone.due": "#4a5766",
    "change.achieved": "#0e5a4a",
    "change.overdue": "#a3221b",
}

#: squares from white to dark, and the ink of what stands in each
SHADES = ("#ffffff", "#e1edf3", "#a9cbdb", "#2a6884", "#083b52")
ON_SHADES = ("#1b2430", "#1b2430", "#1b2430", "#ffffff", "#ffffff")

#: the colours of running text, of what is less important, of rules and of links on white paper
INK, MUTED, RULE, ACCENT = "#1b2430", "#4a5766", "#c9d0d6", "#0b4f6c"
PAINTS = {"ink": INK, "muted": MUTED, "rule": RULE, "accent": ACCENT, "surface": "#ffffff"}
