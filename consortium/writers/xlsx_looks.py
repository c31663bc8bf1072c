"""How a workbook looks: formats, names of sheets, paper."""

from typing import TYPE_CHECKING, Any

from consortium.documents import Mark, Phrase
from consortium.writers.signs import COLOURS
from consortium.writers.xlsx_values import Figure, Value, text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: the number by which spreadsheets know the size of paper
A4 = 9

#: signs in the name of a sheet, and those that may not stand in one
LONGEST_NAME = 31
_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\'"), " ")

#: height of a line and of the highest row that a spreadsheet knows, in points
LINE, HIGHEST = 14, 409


class Looks:
    """The formats of a workbook, each made when it is first needed."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[object, Format] = {}

    def __call__(self, **others: Any) -> "Format":
        """Give the format that is like that of running cells but for ``others``."""
        key = tuple(others.items())
        if key not in self._made:
            self._made[key] = self._book.add_format({"text_wrap": True, "valign": "top", **others})
        return self._made[key]

    def head(self, *, is_end: bool) -> "Format":
        """Give the format of the head of a column."""
        return self(bold=True, bg_color="#E3EDF2", font_color="#083B52", bottom=1, **_side(is_end=is_end))

    def value(self, said: Value, phrase: Phrase, *, is_end: bool) -> "Format":
        """Give the format of a day, a figure or words."""
        others = _side(is_end=is_end)
        if isinstance(said, Figure):
            return self(num_format=said.pattern, **others)
        return self._words(phrase, others) if isinstance(said, str) else self(num_format="yyyy-mm-dd", **others)

    def _words(self, phrase: Phrase, others: dict[str, Any]) -> "Format":
        """Give the format of words: a state stands on its tint, what is not quite right in italics."""
        if phrase.sign in COLOURS:
            ink, tint = COLOURS[phrase.sign]
            others |= {"font_color": ink, "bg_color": tint}
        if phrase.mark in (Mark.FALLBACK, Mark.MISSING):
            others |= {"italic": True}
        return self(**others)


def _side(*, is_end: bool) -> dict[str, Any]:
    """Say to which side a cell is set; figures keep off the words in the next column."""
    return {"align": "right", "indent": 1} if is_end else {"align": "left"}


class Names:
    """Gives every sheet a name that a workbook can hold, and no two the same."""

    def __init__(self) -> None:
        self._taken = {"history"}  # Excel keeps it for itself

    def name(self, wanted: str) -> str:
        """Make a name of at most 31 signs: the beginning, or the end where another begins so; else a number follows."""
        shown = (sign if sign.isprintable() else " " for sign in text(wanted).translate(_FORBIDDEN))
        tidy = " ".join("".join(shown).split())
        number, name = 1, _cut(tidy, LONGEST_NAME)
        if name != tidy and self._taken & {name.casefold(), name.casefold().removesuffix("…")}:
            name = _end(tidy, LONGEST_NAME) or name
        while not name or name.casefold() in self._taken:
            number += 1
            ending = f" ({number})"
            name = (_cut(tidy, LONGEST_NAME - len(ending)) + ending).strip()
        self._taken.add(name.casefold())
        return name


def _cut(words: str, most: int) -> str:
    """Cut words to ``most`` units of UTF-16, at the end of a word if one is near, and show that something is missing."""
    if len(words.encode("utf-16-le")) <= 2 * most:
        return words
    cut = words.encode("utf-16-le")[: 2 * most - 2].decode("utf-16-le", "ignore")
    whole = cut.rpartition(" ")[0] if " " in cut[most // 2 :] else cut
    return whole.strip(" ,–-") + "…"


def _end(words: str, most: int) -> str:
    """Take as many of the last words as fit into ``most`` units of UTF-16; nothing where not even two do."""
    kept: list[str] = []
    for word in reversed(words.split()):
        if len(f"…{' '.join([word, *kept])}".encode("utf-16-le")) > 2 * most:
            break
        kept.insert(0, word)
    return f"…{' '.join(kept)}" if len(kept) > 1 else ""


def prepare(page: "Worksheet") -> None:
    """Let a sheet print on A4 across, as wide as the paper, with its name and the number of each page."""
    page.set_paper(A4)
    page.set_landscape()
    page.set_margins(0.4, 0.4, 0.5, 0.7)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def height(words: str, width: int) -> int:
    """Tell how many lines ``words`` take in a column of ``width`` signs: not every spreadsheet finds out by itself."""
    if len(words) < width and "\n" not in words:
        return 1
    return sum(1 + len(line) // width for line in words.split("\n"))


def raise_row(page: "Worksheet", row: int, lines: int) -> None:
    """Make a row as high as so many lines."""
    if lines > 1:
        page.set_row(row, min(HIGHEST, lines * LINE + 2))
    # XlsxWriter would keep them to the end, though the row before the last has long been written
    page.row_info.pop(row - 2, None)
    page.row_sizes.pop(row - 2, None)
