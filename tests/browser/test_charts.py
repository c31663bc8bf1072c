"""Charts as a reader sees them: checked by axe, and measured with the letters that this machine has."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from consortium.documents import Phrase
from consortium.writers.html import HtmlWriter
from tests.writers.samples import chart, document, drawings, written

WORDS = (Phrase("satt på vent", "nb"), Phrase("har pausats", "sv"))
Scheme = Literal["light", "dark"]

#: pairs of words of a drawing that stand over each other
TOUCHING = """() => [...document.querySelectorAll("svg.drawing")].flatMap(drawing => {
  const places = [...drawing.querySelectorAll("text")].map(words => words.getBoundingClientRect()).filter(each => each.width)
  return places.flatMap((a, i) => places.slice(i + 1).filter(b =>
    a.left + 1 < b.right && b.left + 1 < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom))
}).length"""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_charts_and_their_words_do_not_touch(browser: Browser, scheme: Scheme, width: int) -> None:
    charts = map(chart, drawings(lambda sign: tuple(Phrase(each.words, each.language, sign=sign) for each in WORDS)))
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.set_content(written(HtmlWriter(), document(*charts, languages=("nb", "sv"))).decode())
        found = Axe().run(page)

        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate(TOUCHING) == 0
        assert page.evaluate("document.documentElement.scrollWidth") == width
