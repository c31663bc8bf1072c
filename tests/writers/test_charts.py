import re
import struct
import zlib
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from consortium.documents import (
    Bar,
    Bars,
    Drawing,
    Grid,
    GridRow,
    Lane,
    Mark,
    Part,
    Phrase,
    Point,
    Square,
    Timeline,
    Words,
)
from consortium.errors import PluginProblem
from consortium.texts.terms import terms
from consortium.writers.charts import Look, chart_png, chart_pngs, chart_svg
from consortium.writers.charts.letters import shortened, width, wrapped
from consortium.writers.charts.patterns import STATES
from consortium.writers.signs import INKS, ON_SHADES, SHADES
from tests.writers.reading import Element, read_html
from tests.writers.samples import DAY, HOSTILE, chart, drawings, say

TWO = ("nb", "sv")
LOOKS: tuple[Look, ...] = ("screen", "phone", "paper")
EVERY_LOOK = pytest.mark.parametrize("look", LOOKS)


def both(nb: str, sv: str, sign: str = "") -> Words:
    return (Phrase(nb, "nb", sign=sign), Phrase(sv, "sv", sign=sign))


def parts(*counts: int) -> tuple[Part, ...]:
    """Make a part for each of the first states."""
    return tuple(Part(both(f"{sign}-nb", f"{sign}-sv", sign), n) for sign, n in zip(STATES, counts, strict=False))


FEW_BARS = Bars(
    (Bar(both("Norge", "Norge"), parts(1, 40, 1, 1, 1, 1, 1)), Bar(both("Sverige", "Sverige"), parts(2, 9)))
)
MANY_BARS = Bars(tuple(Bar(both(f"Partner {n}", f"Part {n}"), parts(n, 1, 2, 3, 1, 1, 1)) for n in range(30)))
TICKS = tuple((date(2025 + n // 2, 1 + n % 2 * 6, 1), say(f"halvår {n}")) for n in range(7))
SIGNS = tuple(INKS)[:3]
LANES = tuple(
    Lane(
        both(f"Et delprosjekt med langt navn {lane}", f"Ett delprojekt med långt namn {lane}"),
        tuple(Point(date(2025, 1, 1) + timedelta(lane * 7 + 31 * n), SIGNS[n % 3], 1 + n % 4) for n in range(10)),
    )
    for lane in range(20)
)
TIMELINE = Timeline(LANES, tuple(both(sign, sign, sign) for sign in SIGNS), (DAY, both("i dag", "idag")), TICKS)
GRID = Grid(
    tuple(both(f"{n}. halvår 2025", f"{n} halvåret 2025") for n in range(8)),
    tuple(
        GridRow(
            both(f"Partneren med et langt navn {row}", f"Part {row}"),
            tuple(Square(say(str(n % 5)), n % 5) for n in range(8)),
        )
        for row in range(40)
    ),
    tuple((shade, both(f"grad {shade}", f"steg {shade}")) for shade in range(5)),
)
LARGE = pytest.mark.parametrize("drawing", [FEW_BARS, MANY_BARS, TIMELINE, GRID], ids=["few", "many", "time", "grid"])


def drawn(drawing: Drawing, look: Look = "paper", languages: tuple[str, ...] = TWO) -> Element:
    return next(read_html(chart_svg(chart(drawing), languages, look=look).encode()).all("svg"))


def number(element: Element, name: str) -> float:
    return float(element.attributes.get(name) or 0)


Box = tuple[float, float, float, float]


def box_of(text: Element, size: float) -> Box:
    """Tell which place words take: left, top, right, bottom."""
    wide = width(text.text) * size
    left = number(text, "x") - wide * {"middle": 0.5, "end": 1}.get(text.attributes.get("text-anchor") or "", 0)
    foot = number(text, "y") + size * 0.2
    if text.parent and (turned := re.match(r"translate\((\S+) (\S+)\)", text.parent.attributes.get("transform") or "")):
        x, y = map(float, turned.groups())
        return x + foot - size * 0.9, y - left - wide, x + foot, y - left
    return left, foot - size * 0.9, left + wide, foot


def boxes(svg: Element) -> list[tuple[str, Box]]:
    return [(text.text, box_of(text, number(svg, "font-size"))) for text in svg.all("text")]


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@EVERY_LOOK
@LARGE
def test_no_words_stand_over_others(drawing: Drawing, look: Look) -> None:
    found = boxes(drawn(drawing, look))

    assert len(found) > 20
    assert [(one, other) for (one, a), (other, b) in combinations(found, 2) if touch(a, b)] == []


@EVERY_LOOK
@LARGE
def test_nothing_stands_outside_the_drawing(drawing: Drawing, look: Look) -> None:
    svg = drawn(drawing, look)
    wide, high = number(svg, "width"), number(svg, "height")

    assert [
        words
        for words, (left, top, right, foot) in boxes(svg)
        if left < -1 or top < 0 or right > wide + 1 or foot > high
    ] == []
    assert [each for each in svg.all("rect") if number(each, "x") + number(each, "width") > wide + 0.2] == []


@EVERY_LOOK
def test_a_bar_says_of_each_part_what_it_is_and_how_many(look: Look) -> None:
    words = [text.text for text in drawn(FEW_BARS, look).all("text")]

    for part in FEW_BARS.bars[0].parts:
        assert f"{part.count} {part.words[0].words}" in words
        assert part.words[1].words in words


def test_a_bar_is_as_long_as_its_count() -> None:
    svg = drawn(Bars((Bar(say("Én"), parts(0, 5)), Bar(say("To"), parts(0, 10)), Bar(say("Ingen"), ()))))
    one, two = (number(each, "width") + 2 for each in svg.all("rect"))

    assert two == pytest.approx(2 * one, abs=0.2)
    assert "0" in [text.text for text in svg.all("text")]


def test_many_bars_share_one_key() -> None:
    words = [text.text for text in drawn(MANY_BARS).all("text")]

    assert all(words.count(f"{sign}-nb") == 1 for sign in STATES)
    assert words.count("29") == 1


def test_states_differ_without_colour() -> None:
    assert {f"state.{code}" for code in terms("state")} == set(STATES)
    assert len(set(STATES.values())) == len(STATES)


@EVERY_LOOK
def test_a_timeline_shows_every_point_and_its_count(look: Look) -> None:
    svg = drawn(TIMELINE, look)

    points = [each for each in svg.all("path") if "scale(0.875)" in (each.attributes.get("transform") or "")]
    assert len(points) == 200
    assert [text.text for text in svg.all("text")].count("4") == sum(
        p.count == 4 for lane in LANES for p in lane.points
    )


def test_points_do_not_cover_each_other() -> None:
    svg = drawn(Timeline((Lane(say("Alt"), tuple(Point(DAY, sign) for sign in SIGNS * 9)),), (), (DAY, ()), TICKS))
    places = [each.attributes["transform"] for each in svg.all("path") if "transform" in each.attributes]

    assert len(set(places)) == len(places) == 27


def test_what_lies_outside_the_time_shown_stands_at_its_end() -> None:
    lane = Lane(say("Alt"), (Point(date(1990, 1, 1), SIGNS[0], 7), Point(date(2090, 1, 1), SIGNS[2], 8)))

    assert {"7", "8"} <= {words for words, _box in boxes(drawn(Timeline((lane,), (), (DAY, ()), TICKS)))}


def test_a_grid_has_its_figures_in_its_squares() -> None:
    words = [text.text for text in drawn(GRID).all("text")]

    assert words.count("4") == sum(square.words[0].words == "4" for row in GRID.rows for square in row.squares)


def test_the_shades_of_a_grid_grow_darker_without_colour_too() -> None:
    def light(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)) + 0.05

    assert all(light(one) > 1.1 * light(other) for one, other in pairwise(SHADES))
    for pair in zip(SHADES, ON_SHADES, strict=True):
        assert max(map(light, pair)) / min(map(light, pair)) > 5.7


def test_words_stand_in_their_language() -> None:
    for drawing in drawings(lambda sign: both("nb", "sv", sign)):
        texts = list(drawn(drawing).all("text"))
        assert {(text.text.split()[-1], text.language) for text in texts if text.text[-1].isalpha()} <= {
            ("nb", "nb"),
            ("sv", "sv"),
        }


def test_words_that_stand_in_for_others_look_different() -> None:
    words = (Phrase("Hei", "nb"), Phrase("Saknas", "sv", Mark.MISSING))
    svg = drawn(Bars((Bar(words, parts(1)),)))

    assert [text.text for text in svg.all("text") if text.attributes.get("font-style") == "italic"] == ["Saknas"]


@EVERY_LOOK
def test_a_drawing_is_one_picture_with_a_name_and_needs_no_style(look: Look) -> None:
    for drawing in drawings(lambda sign: both("ord", "ord", sign)):
        svg = drawn(drawing, look)
        assert (svg.attributes["role"], svg.attributes["aria-label"], svg.language) == ("img", "Tilstand", "nb")
        assert not {"id", "style", "onload"} & {name for each in svg.all() for name in each.attributes}
        assert {each.tag for each in svg.all()} <= {"rect", "path", "text", "tspan", "g"}


@EVERY_LOOK
@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_write_stays_text(hostile: str, look: Look) -> None:
    for drawing in drawings(lambda sign: say(hostile, "nb", sign=sign)):
        svg = drawn(drawing, look)
        assert {each.tag for each in svg.all()} <= {"rect", "path", "text", "tspan", "g"}
        assert all(len(words) < 100 for words, _box in boxes(svg))


@pytest.mark.parametrize("empty", [Bars(()), Bars((Bar((), ()),)), Timeline((), (), (DAY, ()), ()), Grid((), ())])
def test_a_drawing_of_nothing_is_one_nevertheless(empty: Drawing) -> None:
    assert number(drawn(empty), "height") > 0


def test_a_drawing_of_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(PluginProblem, match="holds a str, which is no drawing"):
        drawn("not a drawing")  # type: ignore[arg-type]  # what a plugin may do


def test_a_picture_is_a_png_on_white_and_always_the_same() -> None:
    made = chart(FEW_BARS)
    first, second = chart_pngs([made, chart(GRID)], TWO)

    assert first.startswith(b"\x89PNG")
    wide, _high, depth, colours = struct.unpack(">IIBB", first[16:26])
    assert (wide > 1200, depth, colours) == (True, 8, 6)
    start = first.index(b"IDAT")
    (length,) = struct.unpack(">I", first[start - 4 : start])
    pixels = zlib.decompressobj().decompress(first[start + 4 : start + 4 + length], 5)
    assert pixels[1:] == b"\xff" * 4, "the first pixel is white, after the number of a filter"
    assert chart_png(made, TWO) == first != second


def test_words_are_broken_and_cut_where_they_do_not_fit() -> None:
    assert wrapped("Trygg oppvekst i Fjellvik", 6.8, 2) == ["Trygg oppvekst", "i Fjellvik"]
    assert wrapped("Trygg oppvekst i Fjellvik og Dalsbygd", 6.8, 2)[-1].endswith("…")
    assert wrapped("x" * 10_000, 5, 2) == [shortened("x" * 20, 5)]
    assert re.fullmatch("x+…", shortened("x" * 20, 5))
