"""The look of a report as DOCX is told it: styles of paragraphs, runs and tables, fonts, lists."""

from consortium.writers.office.look import FONTS, RUN_STYLES, STYLES, TABLE_STYLES, RunStyle, Style, TableStyle
from consortium.writers.office.tree import office_language
from consortium.writers.office.xml import element
from consortium.writers.signs import ACCENT, INK, RULE

SPACE = {"xmlns:w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def w(name: str, /, *inside: str, **attributes: object) -> str:
    """Write an element whose name and attributes are WordprocessingML's."""
    return element(f"w:{name}", {f"w:{key}": value for key, value in attributes.items()}, *inside)


def twentieths(points: float) -> int:
    """Measure in the unit that Word measures most lengths in."""
    return round(20 * points)


def border(side: str, colour: str, points: float, room: int = 0) -> str:
    """Draw a line at one side."""
    return w(side, val="single", sz=round(8 * points), space=room, color=colour[1:])


def styles_xml(language: str) -> str:
    """Write all styles, for a document of which most is in ``language``."""
    spoken = office_language(language)
    of_runs = w("rPr", _fonts("serif"), _colour(INK), *_size(10), w("lang", val=spoken, eastAsia=spoken))
    of_paragraphs = w("pPr", w("spacing", before=0, after=0, line=264, lineRule="auto"))
    return element(
        "w:styles",
        SPACE,
        w("docDefaults", w("rPrDefault", of_runs), w("pPrDefault", of_paragraphs)),
        w("style", w("name", val="Normal"), type="paragraph", default=1, styleId="Normal"),
        *map(_paragraph_style, STYLES),
        *map(_run_style, RUN_STYLES),
        *map(_table_style, TABLE_STYLES),
    )


def fonts_xml() -> str:
    """Name the fonts, and what serves on a machine that lacks them."""
    return element(
        "w:fonts",
        SPACE,
        *(
            w("font", w("altName", val=",".join(font.others)), w("family", val=font.kind), name=font.name)
            for font in FONTS.values()
        ),
    )


def lists_xml() -> str:
    """Describe the one kind of list there is."""
    indent = w("pPr", w("ind", left=200, hanging=200))
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="bullet"),
        w("lvlText", val="–"),
        w("lvlJc", val="left"),
        indent,
        ilvl=0,
    )
    kind = w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=0)
    return element("w:numbering", SPACE, kind, w("num", w("abstractNumId", val=0), numId=1))


def _fonts(family: str) -> str:
    name = FONTS[family].name
    return w("rFonts", ascii=name, hAnsi=name, cs=name)


def _colour(colour: str) -> str:
    return w("color", val=colour[1:])


def _size(points: float) -> tuple[str, str]:
    return w("sz", val=round(2 * points)), w("szCs", val=round(2 * points))


def _fill(colour: str) -> str:
    return w("shd", val="clear", color="auto", fill=colour[1:]) if colour else ""


def _run_properties(style: Style | RunStyle, fill: str = "") -> str:
    font = _fonts(style.font) if style.font else ""
    bold = w("b") + w("bCs") if style.bold else ""
    size = _size(style.size) if style.size else ()
    return w("rPr", font, bold, _colour(style.colour), *size, _fill(fill))


def _run_style(style: RunStyle) -> str:
    name = w("name", val=style.name)
    return w("style", name, w("qFormat"), _run_properties(style, style.fill), type="character", styleId=style.key)


def _paragraph_style(style: Style) -> str:
    # Word has some of these names itself, and knows those in small letters
    name = style.name.lower() if style.level or style.key in ("Header", "Footer") else style.name
    properties = w(
        "pPr",
        w("keepNext") if style.stays else "",
        w("pBdr", border(style.rule, ACCENT, 1.5 if style.level else 2.5, 4 if style.level else 8))
        if style.rule
        else "",
        _fill(style.fill),
        "" if style.font == "serif" else w("suppressAutoHyphens"),
        w("spacing", before=twentieths(style.before), after=twentieths(style.after)),
        w("ind", left=twentieths(style.indent)) if style.indent else "",
        w("jc", val="right") if style.to_end else "",
        w("outlineLvl", val=style.level - 1) if style.level else "",
    )
    based = w("basedOn", val="Normal")
    return w(
        "style",
        w("name", val=name),
        based,
        w("qFormat"),
        properties,
        _run_properties(style),
        type="paragraph",
        styleId=style.key,
    )


def _table_style(style: TableStyle) -> str:
    lines = {"insideH": style.has_lines, "insideV": style.has_rule}
    room = {"top": style.above, "left": style.left, "bottom": style.below, "right": style.right}
    properties = w(
        "tblPr",
        w("tblBorders", *(border(side, RULE, 0.5) for side, is_drawn in lines.items() if is_drawn)),
        w("tblCellMar", *(w(side, w=twentieths(points), type="dxa") for side, points in room.items())),
    )
    line = w("tcPr", w("tcBorders", border("bottom", INK, 1)), w("vAlign", val="bottom"))
    head = w("tblStylePr", line, type="firstRow") if style.has_lines else ""
    return w("style", w("name", val=style.name), properties, head, type="table", styleId=style.name)
