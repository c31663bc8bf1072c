"""A chart as PNG, for formats that show no SVG; Typst draws it, with our fonts."""

from base64 import b64decode
from collections.abc import Sequence

from consortium.documents import Chart
from consortium.writers.charts.svg import chart_svg
from consortium.writers.typesetting import typeset


def chart_png(chart: Chart, languages: tuple[str, ...]) -> bytes:
    """Draw ``chart`` on white.

    :raises PdfProblem: if the packages for it are missing
    """
    return chart_pngs([chart], languages)[0]


def chart_pngs(charts: Sequence[Chart], languages: tuple[str, ...]) -> list[bytes]:
    """Draw several charts at once, which takes little longer than one.

    :raises PdfProblem: if the packages for it are missing
    """
    if not charts:
        return []
    drawn = [chart_svg(chart, languages, look="paper") for chart in charts]
    return list(map(b64decode, typeset({"charts": drawn}, "charts.typ").split(b"\n")))
