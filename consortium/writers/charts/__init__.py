"""Charts: the drawings of a document as SVG for screen and paper, and as PNG where a format can show no SVG."""

from consortium.writers.charts.canvas import Look
from consortium.writers.charts.picture import chart_png, chart_pngs
from consortium.writers.charts.svg import chart_svg, text_alternative

__all__ = ["Look", "chart_png", "chart_pngs", "chart_svg", "text_alternative"]
