import base64
import hashlib
import re
import tracemalloc
from collections.abc import Iterator
from io import RawIOBase

import pytest

from consortium.documents import (
    Bar,
    Bars,
    Block,
    Column,
    Details,
    Document,
    Heading,
    Mark,
    Paragraph,
    Part,
    Phrase,
    Row,
    Section,
    Table,
)
from consortium.errors import PluginProblem
from consortium.facts import Stream
from consortium.writers import html
from consortium.writers.charts.canvas import PAPER
from consortium.writers.html import HtmlWriter, report_css, report_html
from consortium.writers.signs import COLOURS, INKS, ON_SHADES, SHADES
from tests.writers.reading import Element, read_html
from tests.writers.samples import HOSTILE, blocks_of, chart, document, every_block, say, section, written

TWO = ("nb", "sv")
CANARY = r"\w\w-ord-\d+"


def page_of(made: Document) -> Element:
    return read_html(written(HtmlWriter(), made))


@pytest.mark.parametrize("languages", [("nb",), ("sv",), TWO, ("nn", "sv")])
def test_every_text_stands_in_its_language(languages: tuple[str, ...]) -> None:
    runs = page_of(every_block(languages)).runs()
    canaries = [(word, language) for text, language in runs for word in re.findall(CANARY, text)]

    assert len(canaries) > 50
    assert [(word, language) for word, language in canaries if not word.startswith(f"{language}-")] == []


def test_nothing_is_said_twice() -> None:
    page = page_of(every_block(TWO))
    drawn = [word for drawing in page.all("svg") for word in re.findall(CANARY, drawing.text)]
    words = re.findall(CANARY, page.text)
    for word in drawn:
        words.remove(word)

    assert len(words) == len(set(words)) + 2, "title and owner in the title of the page"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_write_stays_text(hostile: str) -> None:
    page = page_of(document(*blocks_of(hostile)))

    assert {each.tag for each in page.all()} <= {each.tag for each in page_of(every_block(TWO)).all()} | {"br", "nav"}
    assert page.text.count(hostile.replace("\n", "")) >= 6
    assert not any(name.startswith("on") for each in page.all() for name in each.attributes)


def test_a_page_needs_nothing_from_outside() -> None:
    page = written(HtmlWriter(), every_block(TWO)).decode()

    assert re.findall(r"https?:|\bsrc=|@import|url\(|<script|<link|style=", page) == []


def test_the_browser_is_told_to_allow_our_style_alone() -> None:
    page = page_of(document())
    style = next(page.all("style")).text
    (policy,) = (each.attributes["content"] for each in page.all("meta") if "http-equiv" in each.attributes)

    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_a_page_has_one_main_part_and_one_first_heading() -> None:
    page = page_of(every_block(TWO))

    assert next(page.all("html")).attributes["lang"] == "nb"
    assert [len(list(page.all(tag))) for tag in ("main", "article", "h1")] == [1, 1, 1]


def test_the_report_can_stand_in_another_page() -> None:
    made = every_block(TWO)

    assert "".join(report_html(made)) in written(HtmlWriter(), made).decode()
    rules = re.sub(r"/\*.*?\*/", "", report_css(), flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", rules)
    assert [each.strip() for each in selectors if ".report" not in each and each.strip()[0] not in "@:"] == []


def test_a_table_says_what_its_rows_and_columns_are() -> None:
    table = next(page_of(every_block(TWO)).all("table"))

    parts = [child.tag for child in table.children if isinstance(child, Element)]
    assert parts == ["caption", "colgroup", "thead", "tbody"]
    assert len(list(table.all("th", scope="col"))) == 4
    assert len(list(table.all("th", scope="row"))) == 2


def test_the_rows_of_a_table_lead_to_their_sections() -> None:
    table = Table(say("Alle"), (Column(say("Navn")),), (Row((say("Nedfor"),), "a1"), Row((say("Ung"),))))
    page = page_of(document(table, section(1)))

    assert [(link.text, link.attributes["href"]) for link in page.all("a")] == [("Nedfor", "#a1")]
    assert len(list(page.all("section", id="a1"))) == 1


def test_two_languages_stand_beside_each_other_and_are_named_once_in_a_section() -> None:
    pair = Paragraph((Phrase("Hei", "nb"), Phrase("Hej", "sv")))
    page = page_of(document(section(1, 2, pair, pair), section(2, 2, pair), languages=TWO))

    pairs = (each for each in page.all("div") if str(each.attributes.get("class")).startswith("pair"))
    names, hello = ["Norsk bokmål", "Svenska"], ["Hei", "Hej"]
    assert [[side.text.strip() for side in pair.all("div")] for pair in pairs] == [names, hello, hello, names, hello]


def test_words_that_are_the_same_in_both_languages_are_said_once() -> None:
    page = page_of(document(Paragraph(say("Nedfor")), languages=TWO))

    assert page.text.count("Nedfor") == 1
    assert "Svenska" not in page.text


def test_a_title_that_is_missing_in_one_language_is_not_said_twice() -> None:
    title = (Phrase("Nedfor", "nb"), Phrase("Nedfor", "nb", Mark.FALLBACK, "på norska"))
    heading = next(page_of(document(Heading(title, 2, "a"), languages=TWO)).all("h2"))

    assert heading.text.split() == ["Nedfor", "på", "norska"]


def test_a_fallback_stands_in_its_column_with_its_note() -> None:
    words = (Phrase("Hei", "nb"), Phrase("Hei", "nb", Mark.FALLBACK, "på norska"))
    page = page_of(document(Paragraph(words), languages=TWO))

    fallback = next(page.all("p", class_="fallback"))
    assert fallback.text == "Hei på norska"
    assert fallback.language == "nb"
    assert fallback.parent
    assert fallback.parent.language == "sv"
    assert next(fallback.all("span")).language == "sv"


def test_words_that_stand_for_missing_ones_have_no_empty_parenthesis() -> None:
    words = (Phrase("Hei", "nb"), Phrase("Texten saknas på svenska.", "sv", Mark.MISSING))
    page = page_of(document(Paragraph(words), Details(((say("Navn"), words),)), languages=TWO))

    assert [each.text for each in page.all(class_="missing")] == ["Texten saknas på svenska."] * 2
    assert list(page.all(class_="mark")) == []


def test_a_chart_is_a_figure_with_its_title_its_sentence_and_its_figures() -> None:
    made = chart(Bars((Bar(say("Norge"), (Part(say("i rute", sign="state.on_track"), 12),)),)))
    (figure,) = page_of(document(made)).all("figure")

    assert [each.tag for each in figure.children if isinstance(each, Element)] == [
        *("figcaption", "svg", "svg", "div", "details")
    ]
    assert next(figure.all("figcaption")).text == "Tilstand"
    assert next(figure.all("div")).text.strip() == "Tolv er i rute."
    assert "12 i rute" in [text.text for text in figure.all("text")]
    assert "Norge12" in next(next(figure.all("details")).all("table")).text.replace("\n", "")


def test_a_screen_shows_the_drawing_that_fits() -> None:
    css = report_css()

    assert ".report .phone { display: none; }" in css
    assert ".report .screen { display: none; }" in css[css.index("@media screen and (max-width: 44rem)") :]


def test_a_list_of_contents_begins_with_nine_headings() -> None:
    assert not list(page_of(document(*map(section, range(8)))).all("nav"))
    nav = next(page_of(document(section(0, 1), *map(section, range(1, 9)))).all("nav"))

    assert [link.attributes["href"] for link in nav.all("a")] == [f"#a{number}" for number in range(9)]


def test_no_level_of_heading_is_left_out() -> None:
    page = page_of(document(Section(Heading(say("Dypt"), 3, "deep"), ()), section(1)))

    assert [each.tag for each in page.all() if each.tag in ("h1", "h2", "h3", "h4")] == ["h1", "h2", "h3"]


def test_a_long_list_of_contents_names_the_chapters_alone() -> None:
    nav = next(page_of(document(*(section(number, 1 if number % 20 == 0 else 2) for number in range(200)))).all("nav"))

    assert [link.text for link in nav.all("a")] == [f"Avsnitt {number}" for number in range(0, 200, 20)]


def test_a_document_is_walked_once() -> None:
    walks = []

    def walk() -> Iterator[Block]:
        walks.append("walk")
        yield from map(section, range(12))

    page_of(document(stream=Stream(walk)))
    assert walks == ["walk"]


class Counter(RawIOBase):
    """A file that forgets what is written into it."""

    size = 0

    def write(self, words: object) -> int:
        assert isinstance(words, bytes)
        self.size += len(words)
        return len(words)


def peak_of(sections: int) -> int:
    file = Counter()
    tracemalloc.start()
    HtmlWriter().write(document(stream=Stream(lambda: map(section, range(sections)))), file)  # type: ignore[arg-type]  # enough of a file
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert file.size > 100 * sections
    return peak


def test_memory_does_not_grow_with_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "HELD", 2_000)
    peak_of(2_000)

    assert peak_of(20_000) < peak_of(2_000) + 100_000


def test_what_waits_for_the_contents_may_wait_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    told = document(stream=Stream(lambda: map(section, range(200))))
    page = "".join(report_html(told))

    monkeypatch.setattr(html, "IN_MEMORY", 1_000)
    monkeypatch.setattr(html, "CHUNK", 7)  # which parts letters of two bytes

    assert "".join(report_html(told)) == page
    assert 'class="contents"' in page


def test_a_block_of_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(PluginProblem, match="holds a str"):
        page_of(document("not a block"))  # type: ignore[arg-type]  # what a plugin may do


def test_the_stylesheet_has_the_colours_of_the_signs() -> None:
    for name, (ink, tint) in COLOURS.items():
        token = name.removeprefix("state.").replace("_", "-")
        assert f"--{token}: {ink}; --{token}-tint: {tint};" in report_css()
    for name, ink in INKS.items():
        assert f"--{name.partition('.')[2]}: {ink};" in report_css()
    for shade, (ground, ink) in enumerate(zip(SHADES, ON_SHADES, strict=True)):
        assert all(
            f"--{token}: {colour};" in report_css()
            for token, colour in ((f"shade-{shade}", ground), (f"on-shade-{shade}", ink))
        )


def test_the_stylesheet_has_a_rule_for_each_colour_of_a_drawing() -> None:
    assert [colour for colour in PAPER if f".{colour} {{" not in report_css()] == []
