import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from consortium.documents import Column, Document, Heading, Paragraph, Phrase, Row, Table
from consortium.errors import PluginProblem
from consortium.writers.docx import DocxWriter
from consortium.writers.odt import OdtWriter
from consortium.writers.office import pandoc
from consortium.writers.office.pandoc import OfficeProblem
from tests.writers.office import W, docx_runs, parts, root
from tests.writers.samples import HOSTILE, blocks_of, document, every_block, say, section, written

TWO = ("nb", "sv")
SHOWS_NOTHING = {0xFEFF: None, 0xAD: None}

WRITE = """
import sys
from importlib import import_module
sys.path.insert(0, sys.argv[2])
from tests.writers.samples import every_block
(writer,) = import_module(f"consortium.writers.{sys.argv[1]}").consortium_writers()
writer.write(every_block(("nb", "sv")), sys.stdout.buffer)
"""


def docx(made: Document) -> bytes:
    return written(DocxWriter(), made)


@pytest.fixture(scope="module")
def every() -> bytes:
    """Every kind of block as a DOCX file."""
    return docx(every_block(TWO))


def text_of(made: Document) -> str:
    return "".join(words for words, _language in docx_runs(docx(made)))


@pytest.mark.parametrize("languages", [("nb",), ("sv",), TWO, ("nn", "sv")])
def test_every_text_stands_in_its_language(languages: tuple[str, ...]) -> None:
    runs = [(word, language) for words, language in docx_runs(docx(every_block(languages))) for word in words.split()]
    canaries = [(word.strip("()"), language) for word, language in runs if "-ord-" in word]

    assert len(canaries) > 50
    assert [(word, language) for word, language in canaries if not language.startswith(word[:2])] == []


def test_languages_have_the_country_whose_spelling_is_checked(every: bytes) -> None:
    assert {language for _words, language in docx_runs(every)} == {"nb-NO", "sv-SE", "en-GB", "ar"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_write_stays_text(every: bytes, hostile: str) -> None:
    made = docx(document(*blocks_of(hostile)))

    words = "".join(words for words, _language in docx_runs(made))
    assert words.replace("\u00ad", "").count(hostile.translate(SHOWS_NOTHING)) >= 6
    tags = {each.tag for each in root(made, "word/document.xml").iter()}
    known = {each.tag for each in root(every, "word/document.xml").iter()}
    assert tags - known <= {f"{W}rFonts", f"{W}softHyphen"}


def test_signs_that_xml_refuses_are_left_out() -> None:
    assert "før etter" in text_of(document(Paragraph(say("før\x00\x0b\x1b\ud800 etter"))))


def test_a_file_holds_no_path_and_no_address(every: bytes) -> None:
    made = parts(every)
    whole = b"".join(each for name, each in made.items() if name.endswith((".xml", ".rels")))

    assert [each for each in (b"data:", b"/tmp", b"/home", b"pandoc", b"TargetMode") if each in whole.lower()] == []


def test_a_picture_is_told_in_words(every: bytes) -> None:
    told = [each.get("descr") for each in root(every, "word/document.xml").iter() if "docPr" in each.tag]

    assert len(told) == 3
    assert all(each and each.startswith("nb-ord-") for each in told)


def test_the_head_of_a_table_stands_on_every_page_and_rows_are_whole() -> None:
    table = Table(say("Alle"), (Column(say("Navn")), Column(say("Tall"), "end")), (Row((say("A"), say("1"))),))
    rows = list(root(docx(document(table)), "word/document.xml").iter(f"{W}tr"))[-2:]

    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_two_languages_stand_beside_each_other_and_are_named_once_in_a_section() -> None:
    pair = Paragraph((Phrase("Hei", "nb"), Phrase("Hej", "sv")))
    made = root(docx(document(section(1, 2, pair, pair), section(2, 2, pair), languages=TWO)), "word/document.xml")

    rows = [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in made.iter(f"{W}tr")]
    names, hello = ["Norsk bokmål", "Svenska"], ["Hei", "Hej"]
    assert rows[1:] == [names, hello, hello, names, hello]


def test_links_lead_to_headings_and_never_to_nowhere() -> None:
    table = Table(
        say("Alle"),
        (Column(say("Navn")),),
        (Row((say("Nedfor"),), "a1"), Row((say("Ung"),), "nowhere"), Row((say("Rar"),), "<a> b")),
    )
    made = root(docx(document(table, section(1), Heading(say("Rart"), 2, "<a> b"))), "word/document.xml")

    links = [each.attrib[f"{W}anchor"] for each in made.iter(f"{W}hyperlink")]
    assert len(links) == 2
    assert set(links) <= {each.attrib[f"{W}name"] for each in made.iter(f"{W}bookmarkStart")}


def test_a_list_of_contents_begins_with_nine_headings() -> None:
    assert "Innhold" not in text_of(document(*map(section, range(8))))
    assert "Innhold" in text_of(document(*map(section, range(9))))


def test_every_style_that_is_used_is_described(every: bytes) -> None:
    used = {each.attrib[f"{W}val"] for each in root(every, "word/document.xml").iter() if each.tag.endswith("Style")}

    assert used <= {each.get(f"{W}styleId") for each in root(every, "word/styles.xml").iter(f"{W}style")}


def test_a_file_names_its_title_language_and_day() -> None:
    core = " ".join(root(docx(document()), "docProps/core.xml").itertext())

    assert core.split("  ")[0].startswith("Statusoversikt – Trygg oppvekst")
    assert "nb-NO" in core
    assert core.count("2026-06-12T00:00:00Z") == 2


def test_the_same_document_gives_the_same_bytes_in_another_process_zone_and_folder(tmp_path: Path) -> None:
    def write(key: str, zone: str, seed: str, folder: Path) -> bytes:
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", WRITE, key, str(Path(__file__).parents[2])]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True).stdout  # noqa: S603  # our own

    for key in ("docx", "odt", "markdown"):
        first = write(key, "Pacific/Kiritimati", "1", tmp_path)
        assert len(first) > 1_000
        assert first == write(key, "Pacific/Pago_Pago", "2", Path(__file__).parent)


def test_a_block_of_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(PluginProblem, match="holds a str"):
        docx(document("not a block"))  # type: ignore[arg-type]  # what a plugin may do


@pytest.mark.parametrize("writer", [DocxWriter(), OdtWriter()])
def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, writer: DocxWriter | OdtWriter) -> None:
    monkeypatch.setattr(pandoc, "find_spec", lambda name: None)

    with pytest.raises(OfficeProblem, match=r"pip install 'consortium\[office\]'"):
        written(writer, document())


def test_what_pandoc_refuses_is_told() -> None:
    with pytest.raises(OfficeProblem, match=r"could not be made: .+\. Choose another format"):
        pandoc.parts_of({"blocks": []}, "docx")


def test_all_hostile_words_together_make_a_sound_file() -> None:
    made = parts(docx(document(*chain.from_iterable(map(blocks_of, HOSTILE)), languages=TWO)))

    assert made["word/document.xml"]
