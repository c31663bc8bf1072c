"""The status summary: what it says, in which language, and what it costs."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from consortium.documents import Block, Comparison, Document, Mark, Note, Paragraph, Section, Speech, Table
from consortium.errors import PluginProblem
from consortium.facts import PartnerFacts
from consortium.i18n.message import _
from consortium.i18n.numbers import Money
from consortium.models import Database
from consortium.plugins import front_desk
from consortium.reports.status_summary import StatusSummary
from consortium.services.consortia import find_consortium
from consortium.services.policy import operator
from consortium.services.reporting import Order, make_document, write_document, write_report
from consortium.testing import TODAY, Make, counted
from consortium.variants import StatusReport, Telling


def document(make: Make, languages: str = "nb+sv") -> Document:
    """Make the status summary of the home consortium."""
    make.session.flush()
    return make_document(make.session, make.operator, consortium=make.home, order=Order(languages=languages, day=TODAY))


def page(make: Make, languages: str = "nb+sv") -> str:
    """Write the status summary as HTML."""
    file = BytesIO()
    front_desk().writer("html").write(document(make, languages), file)
    return file.getvalue().decode()


def sections(made: Document) -> dict[str, list[Block]]:
    """Collect the blocks of each section by the words of its heading."""
    return {each.heading.words[0].words: list(each.blocks) for each in made.blocks if isinstance(each, Section)}


def test_every_sub_project_has_a_section_under_its_leading_partner(make: Make) -> None:
    north, south = make.partner("Nord kommune"), make.partner("Sør kommune")
    for title, partner in (("B", south), ("A", north), ("C", north)):
        make.sub_project(title, partners=[partner])

    told = list(sections(document(make)))
    assert told[told.index("Oversikt") :][:6] == ["Oversikt", "Nord kommune", "A", "C", "Sør kommune", "B"]


def test_previous_stands_beside_current(make: Make) -> None:
    project = make.sub_project("Veilederen")
    make.status(project, state="delayed", day=date(2025, 12, 1), summary={"nb": "Da."})
    make.status(project, state="on_track", summary={"nb": "Nå."})

    (comparison,) = [block for block in sections(document(make, "nb"))["Veilederen"] if isinstance(block, Comparison)]

    assert comparison.before
    assert [panel.paragraphs[0].words[0].words for panel in (comparison.before, comparison.now)] == ["Da.", "Nå."]
    assert [panel.state[0].words for panel in (comparison.before, comparison.now)] == ["forsinket", "i rute"]


def test_a_sub_project_without_status_says_so(make: Make) -> None:
    make.sub_project("Stille")

    assert any(isinstance(block, Note) for block in sections(document(make))["Stille"])
    assert "Ingen status er" in page(make)


def test_a_missing_translation_is_shown_as_what_it_is(make: Make) -> None:
    make.status(make.sub_project("Veilederen"), summary={"sv": "Piloten är igång."})

    (comparison,) = [block for block in sections(document(make))["Veilederen"] if isinstance(block, Comparison)]
    norwegian, swedish = comparison.now.paragraphs[0].words

    assert (norwegian.language, norwegian.mark, norwegian.note) == ("sv", Mark.FALLBACK, "på svensk")
    assert (swedish.language, swedish.mark) == ("sv", None)


def test_an_outdated_translation_is_marked(make: Make) -> None:
    from consortium.services.texts import translate_text

    status = make.status(make.sub_project("Veilederen"), summary={"nb": "Fem av ti."})
    translate_text(
        make.session,
        make.operator,
        record=status,
        field="summary",
        language="sv",
        words="Fyra av tio.",
        based_on="Fire av ti.",
    )

    (comparison,) = [block for block in sections(document(make))["Veilederen"] if isinstance(block, Comparison)]

    assert comparison.now.paragraphs[0].words[1].mark is Mark.OUTDATED


def test_words_of_a_state_agree_with_a_sub_project(make: Make) -> None:
    make.status(make.sub_project(), state="delayed")

    assert "försenat" in page(make)
    assert "försenad<" not in page(make)


def test_a_budget_stands_in_its_own_currency(make: Make) -> None:
    from decimal import Decimal

    make.sub_project(budget=Money(Decimal(1250000), "SEK"))

    assert "1\u00a0250\u00a0000\u00a0SEK" in page(make)


@pytest.mark.parametrize("languages", ["nb", "nn", "sv", "en", "nb+sv", "sv+nb", "nn+sv", "sv-FI+nb"])
def test_it_can_be_written_in_any_language_or_pair(make: Make, languages: str) -> None:
    make.status()

    assert f'lang="{languages.split("+", maxsplit=1)[0]}"' in page(make, languages)


def test_an_empty_consortium_has_a_summary_too(make: Make) -> None:
    assert "Ingen delprosjekter" in page(make)


def test_hostile_words_stay_words(make: Make) -> None:
    make.status(make.sub_project("<script>alert(1)</script>"), summary={"nb": "{0.__class__} ${7*7} #import *x*"})

    assert "<script>alert" not in page(make)
    assert "{0.__class__} ${7*7} #import *x*" in page(make)


def test_the_overview_lists_every_sub_project_once(example: Database) -> None:
    with example.read() as session:
        made = make_document(
            session, operator("O"), consortium=find_consortium(session, operator("O")), order=Order(day=TODAY)
        )
        sections = [block for block in made.blocks if isinstance(block, Section)]
        (overview,) = next(each for each in sections if each.heading.anchor == "overview").blocks

        assert isinstance(overview, Table)
        assert len(list(overview.rows)) == 20


def test_the_number_of_queries_does_not_grow_with_the_sub_projects(make: Make) -> None:
    counts = []
    partner = make.partner()
    for size in (5, 60):
        for _number in range(size):
            make.status(make.sub_project(partners=[partner]))
        make.session.flush()
        with counted(make.database) as statements:
            page(make)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 15


def test_both_databases_give_the_same_bytes_in_every_format(
    sqlite: Database, postgresql: Database, example_file: Path, tmp_path: Path
) -> None:
    from consortium.services.importing import import_file

    formats, written = sorted(front_desk().writers), []
    for database in (sqlite, postgresql):
        with database.write() as session:
            import_file(session, operator("O"), path=example_file)
        with database.read() as session:
            made = make_document(
                session, operator("O"), consortium=find_consortium(session, operator("O")), order=Order(day=TODAY)
            )
        for format in formats:
            write_document(made, front_desk().writer(format), tmp_path / f"x.{format}", report="status-summary")
        written.append([(tmp_path / f"x.{format}").read_bytes() for format in formats])

    assert {format for format, one, other in zip(formats, *written, strict=True) if one != other} == set()


class Broken(StatusReport):
    """A variant that fails only when its document is walked."""

    key = "status-summary"
    title = _("Status summary")

    def blocks(self, telling: Telling) -> Iterator[Block]:
        """Fail."""
        raise ZeroDivisionError
        yield


def test_a_variant_that_fails_is_named_and_leaves_no_file(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.status()
    monkeypatch.setitem(front_desk().report_variants, "status-summary", Broken())

    with pytest.raises(PluginProblem, match=r"of the plugin .*test_status_summary failed: ZeroDivisionError"):
        write_report(make.session, make.operator, consortium=make.home, path=tmp_path / "x.html")
    assert list(tmp_path.glob("*.html")) == []
    assert list(tmp_path.glob(".x*")) == []


def test_words_of_ours_in_a_language_that_we_do_not_speak_are_tagged_as_english(make: Make) -> None:
    make.status(make.sub_project("Veilederen"), summary={"nb": "Godt.", "se": "Buorre."})
    made = document(make, "nb+se")

    assert [phrase.language for phrase in made.title] == ["nb", "en"]
    assert "Davvisámegiella" in page(make, "nb+se")


def test_a_partner_that_has_left_is_told_as_such(make: Make) -> None:
    make.sub_project("Veilederen", partners=[make.partner("Borte", left=date(2025, 12, 19))])

    assert "19. desember 2025" in page(make, "nb")


class Southern(StatusReport):
    """A report on whoever is called South, which does not say so itself."""

    key, title = "south", _("Status summary")

    def suits(self, partner: PartnerFacts) -> bool:
        """Suit whoever is called South."""
        return partner.key == "sør"


def test_a_variant_that_leaves_partners_out_names_those_it_is_about(make: Make) -> None:
    for name, key in (("Nord", "nord"), ("Sør", "sør")):
        make.sub_project(partners=[make.partner(name, key=key)])

    def limits(report: StatusReport) -> list[str]:
        details = report.document(make.facts(), Speech(("en",))).details
        return [said[0].words for label, said in details.items if label[0].words == "Limited to"]

    assert limits(Southern()) == ["Sør"]
    assert limits(StatusSummary()) == []


def test_a_report_of_a_day_before_the_project_says_so(make: Make) -> None:
    make.sub_project("Veilederen")
    made = make_document(
        make.session, make.operator, consortium=make.home, order=Order(languages="en", day=date(2024, 1, 1))
    )

    assert "had not begun" in next(block for block in made.blocks if isinstance(block, Note)).words[0].words


def test_keys_that_look_alike_lead_to_places_of_their_own(make: Make) -> None:
    partner = make.partner()
    for key in ("DP-1", "DP.1", "DP 1"):
        make.sub_project(key=key, partners=[partner])
    headings = [each.heading.anchor for each in document(make).blocks if isinstance(each, Section)]

    assert len(set(headings)) == len(headings)


def test_an_open_milestone_of_an_ended_sub_project_is_not_said_to_be_overdue(make: Make) -> None:
    project = make.sub_project("Huset")
    make.status(project, state="cancelled")
    make.milestone(project, title={"nb": "Avtale"}, due=date(2026, 1, 1))

    (table,) = [block for block in sections(document(make, "nb"))["Huset"] if isinstance(block, Table)]

    assert [row.cells[-1][0].words for row in table.rows] == ["ikke lenger aktuell"]


def test_the_reason_for_a_target_is_marked_where_it_is_in_another_language(make: Make) -> None:
    project = make.sub_project("Huset")
    make.target(make.indicator(project), reason={"nb": "Flere kom."})

    told = [each for each in sections(document(make, "sv"))["Huset"] if isinstance(each, Paragraph)]

    assert [(said.words, said.mark) for said in told[-1].words] == [("Flere kom.", Mark.FALLBACK)]
