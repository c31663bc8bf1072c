"""The recorder: nothing changes without history and text index."""

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consortium.models import Change, Consortium, Database, Organisation, SubProject, TextIndex
from consortium.models.recording import UnsignedWrite
from consortium.services.texts import translate_text, write_text
from consortium.testing import Make
from consortium.texts import Text


def changes(make: Make, entity: str) -> list[Change]:
    """Read the history of one kind of record."""
    return list(make.session.scalars(select(Change).where(Change.entity == entity).order_by(Change.id)))


def test_a_unit_of_work_leaves_one_change_a_record(make: Make) -> None:
    project = make.sub_project("Veilederen")
    make.session.flush()
    write_text(make.session, make.operator, record=project, field="title", language="nb", words="Veiviseren")
    make.session.flush()
    make.keep()

    (change,) = changes(make, "sub_project")
    assert (change.action, change.by, change.key) == ("created", "Olga Operatør", project.key)
    assert change.values["title"][1]["versions"]["nb"]["words"] == "Veiviseren"


def test_a_change_tells_before_and_after_of_what_changed_only(make: Make) -> None:
    project = make.sub_project("Veilederen")
    make.keep()
    write_text(make.session, make.operator, record=project, field="title", language="nb", words="Veiviseren")
    make.keep()

    change = changes(make, "sub_project")[-1]
    assert list(change.values) == ["title"]
    assert [side["versions"]["nb"]["words"] for side in change.values["title"]] == ["Veilederen", "Veiviseren"]


def test_references_and_partners_are_told_by_their_keys(make: Make) -> None:
    municipality = make.organisation("Storby")
    make.organisation("Bydel Øst", type="city_district", parent=municipality)
    project = make.sub_project()
    make.keep()

    assert changes(make, "organisation")[1].values["parent"] == [None, municipality.key]
    assert changes(make, "sub_project")[0].values["participations"] == [[], [project.partners[0].key]]


def test_what_a_savepoint_rolled_back_leaves_no_trace(make: Make) -> None:
    project = make.sub_project("Veilederen")
    make.keep()
    savepoint = make.session.begin_nested()
    write_text(make.session, make.operator, record=project, field="title", language="nb", words="Angret")
    make.session.flush()
    savepoint.rollback()
    make.partner("Etterpå")
    make.keep()

    assert len(changes(make, "sub_project")) == 1
    assert len(changes(make, "partner")) == 2


def test_nothing_changed_is_no_change(make: Make) -> None:
    project = make.sub_project("Veilederen")
    make.keep()
    version = project.version
    write_text(make.session, make.operator, record=project, field="title", language="nb", words="Veilederen")
    make.keep()

    assert len(changes(make, "sub_project")) == 1
    assert project.version == version


def test_a_write_that_nobody_signed_is_refused(database: Database) -> None:
    with Session(database.engine.execution_options(consortium_writing=True)) as session:
        session.add(Consortium(key="x", name=Text(), languages="nb", programme=""))

        with pytest.raises(UnsignedWrite):
            session.commit()


@pytest.mark.parametrize("statement", [insert(SubProject), update(Organisation).values(country="SE")])
def test_bulk_statements_on_records_are_refused(make: Make, statement: object) -> None:
    with pytest.raises(UnsignedWrite, match="one by one"):
        make.session.execute(statement)  # type: ignore[call-overload]  # two kinds of statement at once


def test_the_text_index_knows_each_language_its_state_and_what_is_read_instead(make: Make) -> None:
    project = make.sub_project("Ærlig hjelp")
    make.session.flush()

    lines = {line.language: line for line in index_of(make, project)}

    assert {tag: line.state for tag, line in lines.items()} == {"nb": "original", "sv": "missing"}
    assert lines["sv"].words == "Ærlig hjelp"
    assert lines["nb"].stems == " =hjelp =ærl "


def test_the_text_index_follows_a_change_at_once(make: Make) -> None:
    project = make.sub_project("Ærlig hjelp")
    translate_text(make.session, make.operator, record=project, field="title", language="sv", words="Ärlig hjälp")
    write_text(make.session, make.operator, record=project, field="title", language="nb", words="Ekte hjelp")
    make.session.flush()

    lines = {line.language: line for line in index_of(make, project)}

    assert (lines["nb"].words, lines["sv"].state) == ("Ekte hjelp", "outdated")


def test_new_languages_of_a_consortium_are_indexed_for_all_its_texts(make: Make) -> None:
    project = make.sub_project("Ærlig hjelp")
    make.keep()
    make.home.languages = "nb,sv,nn"
    make.keep()

    assert {line.language for line in index_of(make, project)} == {"nb", "nn", "sv"}


def index_of(make: Make, project: SubProject) -> list[TextIndex]:
    """Read what the index says of a title."""
    wanted = (TextIndex.entity == "sub_project", TextIndex.entity_id == project.id, TextIndex.field == "title")
    return list(make.session.scalars(select(TextIndex).where(*wanted).execution_options(populate_existing=True)))
