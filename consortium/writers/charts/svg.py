"""A chart as SVG: no style, no script and no names, so that it can stand anywhere as often as one likes."""

from collections.abc import Callable
from typing import Any

from consortium.documents import Bars, Chart, Grid, Timeline, Words
from consortium.errors import PluginProblem
from consortium.i18n.message import _
from consortium.writers.charts.bars import draw_bars
from consortium.writers.charts.canvas import Canvas, Look
from consortium.writers.charts.grid import draw_grid
from consortium.writers.charts.letters import clean, shortened
from consortium.writers.charts.timeline import draw_timeline

#: a longer text alternative is cut, in the width of its letters: PDF/A allows no string of more than 32 kB
LONGEST = 2000

#: which function draws which kind of drawing
DRAWS: dict[type, Callable[[Canvas, Any], None]] = {Bars: draw_bars, Timeline: draw_timeline, Grid: draw_grid}


def chart_svg(chart: Chart, languages: tuple[str, ...], *, look: Look = "screen") -> str:
    """Draw ``chart``; on a screen its colours are classes for a stylesheet, on paper they are its own.

    :raises PluginProblem: if it is a drawing of an unknown kind
    """
    if (draw := DRAWS.get(type(chart.drawing))) is None:
        raise PluginProblem(_("A chart holds a {kind}, which is no drawing.").fill(kind=type(chart.drawing).__name__))
    canvas = Canvas(look, languages)
    draw(canvas, chart.drawing)
    return canvas.svg(_said(chart.title, languages))


def text_alternative(chart: Chart, languages: tuple[str, ...]) -> str:
    """Say in the first language what is drawn, for formats that show a picture of it."""
    said = " – ".join(_said(words, languages) for words in (chart.title, chart.sentence) if words)
    return shortened(said, LONGEST) or _said((), languages)


def _said(words: Words, languages: tuple[str, ...]) -> str:
    """Say words, and never nothing: what is not named cannot be told apart from an ornament."""
    return (words and clean(words[0].words).strip()) or _("Chart").say(languages[0])
