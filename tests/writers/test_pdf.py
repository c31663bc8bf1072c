import re
from io import BytesIO
from itertools import chain

import page
import pikepdf
import pytest

from consortium.documents import (
    Bar,
    Bars,
    Column,
    Document,
    Grid,
    GridRow,
    Heading,
    Mark,
    Paragraph,
    Part,
    Phrase,
    Row,
    Section,
    Square,
    Table,
)
from consortium.errors import PluginProblem
from consortium.i18n.message import _
from consortium.writers import typesetting
from consortium.writers.pdf import PdfWriter
from consortium.writers.typesetter import UNKNOWN
from consortium.writers.typesetting import PdfProblem
from tests.writers.reading import read_pages, read_pdf
from tests.writers.samples import HOSTILE, blocks_of, chart, document, every_block, say, section, written

TWO = ("nb", "sv")


def pdf_of(made: Document) -> bytes:
    return written(PdfWriter(), made)


def text_of(made: Document) -> str:
    return " ".join(words for words, _ in read_pdf(pdf_of(made)))


def faults(file: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(file, profile=profile) for profile in ("ua1", "2a")]
    assert all(report.rules.total > 100 for report in reports)
    told = [f"{fault.rule_id}: {fault.message}" for report in reports for fault in report.failures]
    # the validator takes a line end that is the last byte of a packed stream for the one that follows each stream
    return [each for each in told if "STREAM-LENGTH" not in each or not lengths_are_right(file)]


def lengths_are_right(file: bytes) -> bool:
    """Look whether every stream ends where its length says."""
    ends = [found.end() + int(found[1]) for found in re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\r?\n", file)]
    return bool(ends) and all(re.match(rb"\r?\n?endstream", file[end : end + 12]) for end in ends)


@pytest.fixture(scope="module", params=[("nb",), ("sv",), TWO, ("nn", "sv")], ids="+".join)
def every(request: pytest.FixtureRequest) -> bytes:
    """Every kind of block as a PDF."""
    return pdf_of(every_block(request.param))


def test_a_report_is_accessible_and_fit_for_archives(every: bytes) -> None:
    assert faults(every) == []


def test_every_text_stands_in_its_language(every: bytes) -> None:
    canaries = [(word, language) for text, language in read_pdf(every) for word in re.findall(r"\w\w-ord-\d+", text)]

    assert len(canaries) > 45
    assert [(word, language) for word, language in canaries if not word.startswith(f"{language}-")] == []


def test_a_report_names_its_title_language_and_day() -> None:
    with pikepdf.open(BytesIO(pdf_of(document()))) as file:
        assert file.Root.Lang == "nb"
        assert file.docinfo["/Title"] == "Statusoversikt – Trygg oppvekst"
        dates = {str(value) for name, value in file.docinfo.items() if name.endswith("Date")}
        assert all(value.startswith("D:20260612") for value in dates)


def bare(words: str) -> str:
    """Leave out what the end of a line may add or take."""
    return re.sub(r"[\s\u200b\u00ad-]", "", words)


def test_what_people_write_stays_text() -> None:
    made = pdf_of(document(*chain.from_iterable(map(blocks_of, HOSTILE))))

    words = bare("".join(text for text, _ in read_pdf(made)))
    shown = [hostile for hostile in HOSTILE if hostile.isascii() and len(hostile) < 100]
    assert [hostile for hostile in shown if words.count(bare(hostile)) < 6] == []
    assert f"smil{UNKNOWN}" in words
    assert faults(made) == []


def test_a_report_has_bookmarks_in_both_languages() -> None:
    heading = Heading((Phrase("Oversikt", "nb"), Phrase("Översikt", "sv")), 1, "overview")
    with (
        pikepdf.open(BytesIO(pdf_of(document(Section(heading, ()), languages=TWO)))) as file,
        file.open_outline() as outline,
    ):
        assert [child.title for child in outline.root[0].children] == ["Oversikt · Översikt"]


def test_the_head_of_a_long_table_stands_on_every_page() -> None:
    rows = [Row((say(f"Rad {number}"), say("1"))) for number in range(120)]
    pages = read_pages(
        pdf_of(document(Table(say("Alle"), (Column(say("Delprosjekt")), Column(say("Tall"), "end")), rows)))
    )

    assert len(pages) > 2
    assert all("Delprosjekt" in words for words in pages)


def test_a_page_says_which_one_it_is_of_what() -> None:
    pages = read_pages(pdf_of(document(*map(section, range(60)))))

    says = [
        _("Page {page} of {pages}").fill(page=number, pages=len(pages)).say("nb") for number in range(1, len(pages) + 1)
    ]
    assert [said for said, words in zip(says, pages, strict=True) if said not in words] == []
    assert all(words.count("Trygg oppvekst") == 1 for words in pages)


def test_a_list_of_contents_begins_with_nine_headings() -> None:
    title = _("Contents").say("nb")

    assert title not in text_of(document(*map(section, range(8))))
    assert title in text_of(document(*map(section, range(9))))


def test_names_that_stand_twice_and_links_to_nowhere_do_no_harm() -> None:
    table = Table(say("Alle"), (Column(say("Navn")),), (Row((say("Nedfor"),), "a1"), Row((say("Ung"),), "nowhere")))

    assert faults(pdf_of(document(table, section(1), section(1)))) == []


def test_a_chart_is_told_where_it_cannot_be_seen() -> None:
    made = chart(Bars((Bar(say("Norge"), (Part(say("i rute", sign="state.on_track"), 12),)),)))
    with pikepdf.open(BytesIO(pdf_of(document(made)))) as file:
        told = [str(each.Alt) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]

    assert told == ["Tilstand – Tolv er i rute."]


def test_a_chart_stands_on_the_page_of_its_title_however_high_it_is() -> None:
    rows = tuple(GridRow(say(f"Partner {number}"), (Square(say("1"), 1),)) for number in range(60))
    pages = read_pages(pdf_of(document(*map(section, range(8)), chart(Grid((say("Vår"),), rows)))))

    assert [("Partner 0" in words, "Partner 59" in words) for words in pages if "Tilstand" in words] == [(True, True)]


def test_words_that_stand_for_missing_ones_have_no_empty_parenthesis() -> None:
    missing = Phrase("Texten saknas på svenska.", "sv", Mark.MISSING)
    made = pdf_of(document(Paragraph((Phrase("Hei", "nb"), missing)), languages=TWO))

    assert ("Texten saknas på svenska.", "sv") in read_pdf(made)
    assert "(" not in "".join(words for words, _ in read_pdf(made))


def test_a_block_of_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(PluginProblem, match="holds a str"):
        pdf_of(document("not a block"))  # type: ignore[arg-type]  # what a plugin may do


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)

    with pytest.raises(PdfProblem, match=r"pip install 'consortium\[pdf\]'"):
        pdf_of(document())


def test_what_the_typesetter_refuses_is_told_in_one_line() -> None:
    with pytest.raises(PdfProblem, match=r"could not be made: .+\. Choose another format"):
        pdf_of(document(Paragraph(say("Qapla'", "klingon"))))
