"""Many people in the same forms at once: nobody's words are lost, and nobody is shown a fault."""

from sqlalchemy import func, select

from consortium.models import Attendance, Database, Milestone, Organisation
from consortium.testing import Make
from tests.concurrency.leads import Tally, build, edit_at_once, send_at_once, served

#: in the suite; the long run has fifty leads, twenty edits, ten sub-projects and a hundred senders
LEADS, EDITS, PROJECTS, TIMES = 4, 3, 2, 8


def check_all_are_kept(database: Database, tally: Tally, *, edits: int) -> None:
    """Insist that each accepted word stands in its record, and that each has made one version."""
    assert tally.strange == []
    assert len(tally.accepted) == edits
    with database.read() as session:
        rows = session.execute(select(Milestone.key, Milestone.title, Milestone.version)).all()
    words = {row.key: row.title.words("nb").split() for row in rows}
    assert [(key, word) for key, word in tally.accepted if words[key].count(word) != 1] == []
    assert sum(row.version - 1 for row in rows) == edits


def test_leads_who_edit_the_same_records_lose_nothing(make: Make, database: Database) -> None:
    build(make, leads=LEADS, projects=PROJECTS)

    with served(database) as address:
        tally = edit_at_once(address, leads=LEADS, edits=EDITS, projects=PROJECTS)

    check_all_are_kept(database, tally, edits=LEADS * EDITS)


def test_a_form_that_is_sent_many_times_at_once_is_kept_once(make: Make, database: Database) -> None:
    make.gathering(key="G")
    make.organisation("Vidda", key="vidda")
    build(make, leads=0, projects=1)
    invited = {"gathering": "G", "organisation": "vidda", "state": "invited"}

    with served(database) as address:
        one = send_at_once(
            address, "/organisations/new/", {"name.nb": "Nytt", "country": "NO", "type": "municipality"}, times=TIMES
        )
        two = send_at_once(address, "/attendance/new/", invited, times=TIMES)

    assert {code for code, _where in (*one, *two)} == {303}, (one, two)
    with database.read() as session:
        is_new = func.lower(Organisation.key).like("nytt%")
        assert session.scalar(select(func.count()).select_from(Organisation).where(is_new)) == 1
        assert session.scalar(select(func.count()).select_from(Attendance)) == 1
