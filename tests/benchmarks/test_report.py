"""What the benchmark of the report rests on; and that a report costs no more a sub-project where there are more of them."""

import cProfile
import math
import pstats
from pathlib import Path

import pytest

from benchmarks.admin.looking import Differs
from benchmarks.data import fill
from benchmarks.report.agreeing import insist, lacking
from benchmarks.report.worker import job_of
from consortium.models import Database


def filled(place: Path, sub_projects: int) -> str:
    """Fill a database with invented records."""
    url = f"sqlite:///{place / f'{sub_projects}.sqlite'}"
    database = Database(url).prepare()
    fill(database, sub_projects=sub_projects, partners=5, updates=3)
    database.engine.dispose()
    return url


def calls(job: str, url: str, place: Path) -> int:
    """Count the calls of a job, which are the same on every machine."""
    write = job_of(job)
    with cProfile.Profile() as profile:
        write(url, place / "report.html")
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]  # it is there


def test_the_short_summary_says_all_that_the_raw_page_says(tmp_path: Path) -> None:
    insist(["raw", "short-html"], filled(tmp_path, 6))


def test_a_page_that_leaves_something_out_is_found() -> None:
    raw = "<h2>A</h2><p>Godt &amp; vel. | Bra.<p>Sent."

    assert lacking(raw, "<b>Godt &amp; <i>vel.</i></b> Bra. Sent.") == ""
    assert lacking(raw, "Godt &amp; vel. Sent. Bra.") == "Sent."


def test_a_peer_that_shows_another_page_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"raw": "<p>A", "orm": "<p>B"}
    monkeypatch.setattr("benchmarks.report.agreeing._page", lambda job, *_others: pages[job])

    with pytest.raises(Differs, match="orm"):
        insist(["orm"], "sqlite://")


@pytest.mark.parametrize("job", ["short-html", "html"])
def test_a_report_grows_with_its_sub_projects_and_no_faster(
    job: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSORTIUM_GUESTS", "inside")
    urls = [filled(tmp_path, number) for number in (10, 30, 90)]
    calls(job, urls[0], tmp_path)  # what is loaded and compiled once does not count

    few, some, many = (calls(job, url, tmp_path) for url in urls)

    assert math.log((many - some) / (some - few), 3) <= 1.05
