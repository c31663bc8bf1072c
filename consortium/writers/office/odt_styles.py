"""The look of a report as ODT is told it: styles of paragraphs, runs and tables, fonts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from consortium.writers.office.look import (
    FONTS,
    PAGE_WIDTH,
    RUN_STYLES,
    SIDE,
    STYLES,
    TABLE_STYLES,
    RunStyle,
    Style,
    TableStyle,
)
from consortium.writers.office.tree import office_language
from consortium.writers.office.xml import element
from consortium.writers.signs import ACCENT, INK, RULE

_HAIRLINE = f"0.5pt solid {RULE}"


def named_styles(language: str) -> str:
    """Write fonts, defaults and all named styles, for a document of which most is in ``language``."""
    plain = {"style:font-name": "serif", "fo:font-size": "10pt", "fo:color": INK, "fo:hyphenate": "true"}
    default = element(
        "style:default-style",
        {"style:family": "paragraph"},
        element("style:paragraph-properties", {"fo:line-height": "110%", "fo:orphans": 2, "fo:widows": 2}),
        element("style:text-properties", {**plain, **_spoken(language)}),
    )
    return fonts() + element("office:styles", None, default, *_paragraph_styles(), *_run_styles())


def fonts() -> str:
    """Name the fonts, and what serves on a machine that lacks them."""
    return element(
        "office:font-face-decls",
        None,
        *(
            element(
                "style:font-face",
                {
                    "style:name": key,
                    "svg:font-family": ";".join((font.name, *font.others)),
                    "style:font-family-generic": font.kind,
                },
            )
            for key, font in FONTS.items()
        ),
    )


def in_language(tag: str) -> str:
    """Name the style of words in a language."""
    return f"In_{tag}"


def spoken_styles(languages: Iterable[str]) -> Iterator[str]:
    """Write a style for words in each of ``languages``."""
    for tag in sorted(languages):
        named = {"style:name": in_language(tag), "style:family": "text"}
        yield element("style:style", named, element("style:text-properties", _spoken(tag)))


def table_styles() -> str:
    """Write the styles of tables, of their cells and of rows that are kept whole."""
    rows = (
        element(
            "style:style",
            {"style:name": name, "style:family": "table-row"},
            element("style:table-row-properties", {"fo:keep-together": value}),
        )
        for name, value in (("Whole", "always"), ("Long", "auto"))
    )
    return "".join(rows) + "".join(cell for style in TABLE_STYLES for cell in _cell_styles(style))


def table_properties(kind: str, part: float) -> str:
    """Tell how wide a table of a kind is, as a part of the line, and where it stands."""
    given = {
        "style:width": f"{part * (PAGE_WIDTH - 2 * SIDE):.2f}mm",
        "table:align": "left",
        "fo:margin-bottom": "6pt" if kind == "Records" else "3pt",
        "fo:margin-top": "0pt",
    }
    # what stands under short facts belongs to them
    stays = {"fo:keep-with-next": "always"} if kind == "Facts" else {}
    return element("style:table-properties", {**given, **stays})


def _spoken(tag: str) -> dict[str, str]:
    language, *others = office_language(tag).split("-")
    country = next((each for each in others if len(each) == 2), "none")  # noqa: PLR2004  # a region
    return {"fo:language": language, "fo:country": country}


def _paragraph_styles() -> Iterator[str]:
    for style in STYLES:
        yield _paragraph_style(style)
        if style.key == "Header":
            # the last line of the head, with the rule under it
            yield _paragraph_style(replace(style, name="Header End", rule="bottom"))


def _paragraph_style(style: Style) -> str:
    named = {
        "style:name": f"Heading_20_{style.level}" if style.level else style.key,
        "style:display-name": style.name,
        "style:family": "paragraph",
    }
    if style.level:
        named["style:default-outline-level"] = str(style.level)
    return element(
        "style:style",
        named,
        element("style:paragraph-properties", _placed(style), _tab(style)),
        element("style:text-properties", _lettered(style, hyphenate=style.font == "serif")),
    )


def _placed(style: Style) -> dict[str, object]:
    placed: dict[str, object] = {
        "fo:margin-top": f"{style.before}pt",
        "fo:margin-bottom": f"{style.after}pt",
        "fo:margin-left": f"{style.indent}pt",
    }
    if style.stays:
        placed["fo:keep-with-next"] = "always"
    if style.to_end:
        placed["fo:text-align"] = "end"
    if style.fill:
        placed["fo:background-color"] = style.fill
    return placed | _rule(style)


def _rule(style: Style) -> dict[str, object]:
    drawn = {"top": f"1.5pt solid {ACCENT}", "left": f"2.5pt solid {ACCENT}", "bottom": _HAIRLINE}
    if not style.rule:
        return {}
    return {f"fo:border-{style.rule}": drawn[style.rule], f"fo:padding-{style.rule}": "8pt" if style.fill else "3pt"}


def _tab(style: Style) -> str:
    if style.key not in ("Header", "HeaderEnd", "Footer"):
        return ""
    stop = {"style:type": "right", "style:position": f"{PAGE_WIDTH - 2 * SIDE}mm"}
    return element("style:tab-stops", None, element("style:tab-stop", stop))


def _lettered(style: Style | RunStyle, *, hyphenate: bool | None = None) -> dict[str, object]:
    lettered: dict[str, object] = {"fo:color": style.colour}
    if style.font:
        lettered["style:font-name"] = style.font
    if style.size:
        lettered["fo:font-size"] = f"{style.size}pt"
    if style.bold:
        lettered["fo:font-weight"] = "bold"
    if hyphenate is not None:
        lettered["fo:hyphenate"] = str(hyphenate).lower()
    return lettered


def _run_styles() -> Iterator[str]:
    for style in RUN_STYLES:
        yield _run_style(style, style.key)
        if style.key == "Hyperlink":
            # what pandoc and the office programs call it
            yield from (_run_style(style, key) for key in _LINKS)


_LINKS = ("Definition", "Internet_20_link", "Visited_20_Internet_20_Link")


def _run_style(style: RunStyle, key: str) -> str:
    given = _lettered(style) | ({"fo:background-color": style.fill} if style.fill else {})
    named = {"style:name": key, "style:display-name": key.replace("_20_", " "), "style:family": "text"}
    return element("style:style", named, element("style:text-properties", given))


def _cell_styles(style: TableStyle) -> Iterator[str]:
    """Write a style for cells under the head, for those in it, and for those beside the first of a row."""
    room = f"{style.above}pt {style.right}pt {style.below}pt"
    plain = {"fo:border": "none", "fo:padding-left": "0pt"}
    plain |= dict(zip(("fo:padding-top", "fo:padding-right", "fo:padding-bottom"), room.split(), strict=True))
    under = {"fo:border-bottom": _HAIRLINE} if style.has_lines else {}
    strong = {"fo:border-bottom": f"1pt solid {INK}", "style:vertical-align": "bottom"} if style.has_lines else {}
    beside = {"fo:padding-left": f"{style.left}pt"} | ({"fo:border-left": _HAIRLINE} if style.has_rule else {})
    for name, given in (
        ("Cell", plain | under),
        ("CellBeside", plain | under | beside),
        ("Head", plain | strong),
        ("HeadBeside", plain | strong | beside),
    ):
        named = {"style:name": f"{style.name}{name}", "style:family": "table-cell"}
        yield element("style:style", named, element("style:table-cell-properties", given))
