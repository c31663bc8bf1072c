import pytest

from consortium.documents import Column, Document, Paragraph, Phrase, Row, Table
from consortium.writers.odt import OdtWriter
from tests.writers.office import OASIS, STYLE, TEXT, odt_runs, parts, root
from tests.writers.samples import HOSTILE, blocks_of, document, every_block, say, section, written

TWO = ("nb", "sv")
TABLE = OASIS % "table"


def odt(made: Document) -> bytes:
    return written(OdtWriter(), made)


@pytest.mark.parametrize("languages", [("nb",), ("sv",), TWO, ("nn", "sv")])
def test_every_text_stands_in_its_language(languages: tuple[str, ...]) -> None:
    runs = [(word, language) for words, language in odt_runs(odt(every_block(languages))) for word in words.split()]
    canaries = [(word.strip("()"), language) for word, language in runs if "-ord-" in word]

    assert len(canaries) > 50
    assert [(word, language) for word, language in canaries if not word.startswith(f"{language}-")] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_write_stays_text(hostile: str) -> None:
    made = odt(document(*blocks_of(hostile)))

    words = "".join(words for words, _language in odt_runs(made))
    assert words.count(hostile.replace("\ufeff", "")) >= 6
    assert all(
        link.get("{http://www.w3.org/1999/xlink}href", "#")[0] == "#"
        for link in root(made, "content.xml").iter(f"{TEXT}a")
    )


def test_a_reader_of_the_first_bytes_knows_the_kind_of_file() -> None:
    made = odt(document())

    assert made[30:38] == b"mimetype"
    assert made[38:].startswith(b"application/vnd.oasis.opendocument.text")


def test_every_part_is_listed_and_none_tells_of_this_machine() -> None:
    made = parts(odt(every_block(TWO)))
    listed = root(odt(every_block(TWO)), "META-INF/manifest.xml")

    names = {each.attrib[f"{OASIS % 'manifest'}full-path"] for each in listed}
    assert names == {"/", *made} - {"mimetype", "META-INF/manifest.xml"}
    whole = b"".join(each for name, each in made.items() if name.endswith(".xml"))
    assert [each for each in (b"data:", b"/tmp", b"/home", b"pandoc") if each in whole.lower()] == []


def test_a_picture_is_told_in_words() -> None:
    told = [
        "".join(each.itertext())
        for each in root(odt(every_block(TWO)), "content.xml").iter(f"{OASIS % 'svg-compatible'}desc")
    ]

    assert len(told) == 3
    assert all(each.startswith("nb-ord-") for each in told)


def test_two_languages_stand_beside_each_other_with_a_rule_between() -> None:
    pair = Paragraph((Phrase("Hei", "nb"), Phrase("Hej", "sv")))
    table = Table(say("Alle"), (Column(say("Navn")),), (Row((say("Nedfor"),)),))
    made = root(odt(document(pair, table, section(1, 2, pair), languages=TWO)), "content.xml")

    cells = [
        (each.get(f"{TABLE}style-name"), "".join(each.itertext()).strip()) for each in made.iter(f"{TABLE}table-cell")
    ]
    assert ("BesideCell", "Hei") in cells
    assert ("BesideCellBeside", "Hej") in cells
    assert ("RecordsCell", "Nedfor") in cells


def test_every_style_that_is_used_is_described() -> None:
    made = odt(every_block(TWO))
    known = {each.get(f"{STYLE}name") for name in ("content.xml", "styles.xml") for each in root(made, name).iter()}
    used = {each.get(f"{kind}style-name") for each in root(made, "content.xml").iter() for kind in (TEXT, TABLE)}

    assert used - known - {None} == set()
