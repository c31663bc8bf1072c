"""Query plans: the latest updates are found by their index, however many there are."""

from consortium.models import Database
from consortium.services.consortia import find_consortium
from consortium.services.facts import gather_facts
from consortium.services.policy import operator
from consortium.testing import TODAY, counted


def test_the_latest_updates_are_found_by_their_index(sqlite: Database, example_file: object) -> None:
    from consortium.services.importing import import_file

    with sqlite.write() as session:
        import_file(session, operator("O"), path=str(example_file))
    with counted(sqlite) as statements, sqlite.read() as session:
        facts = gather_facts(session, operator("O"), consortium=find_consortium(session, operator("O")), day=TODAY)
        list(facts.sub_projects)
    latest = next(statement for statement in statements if "status_update.summary" in statement)

    with sqlite.engine.connect() as connection:
        parameters = tuple(1 for _ in range(latest.count("?")))
        plan = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {latest}", parameters))

    assert "ix_status_update_latest" in plan
    assert "SCAN status_update" not in plan
