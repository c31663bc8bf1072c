"""The spool: lines in their order, in memory while they are few, else in a file that goes with them."""

import gc
import weakref
from collections.abc import Iterable
from pathlib import Path

import pytest

from consortium.services.facts import spool
from consortium.services.facts.spool import Spool
from consortium.testing import Make

LINES = [f"linje {number}\n".encode() for number in range(9)]


@pytest.fixture(params=[1_000_000, 20, 0])
def most(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Let all lines stay in memory, some, or none."""
    monkeypatch.setattr(spool, "MOST", request.param)
    return int(request.param)


def filled(lines: Iterable[bytes] = LINES) -> Spool:
    """Make a spool of lines that come in another order than they are to be walked in."""
    made = Spool()
    some = list(enumerate(lines))
    made.fill(iter([*some[::2], *some[1::2][::-1]]))
    return made


def test_lines_are_walked_in_their_order_again_and_again(most: int) -> None:
    made = filled()

    assert list(made) == LINES
    assert list(made) == LINES
    assert made.is_small == (most > 1000)


def test_two_walks_do_not_disturb_each_other(most: int) -> None:
    made = filled()
    first = iter(made)
    seen = [next(first), next(first)]

    assert list(made) == LINES
    assert [*seen, *first] == LINES


def test_without_lines_there_is_nothing_to_walk(most: int) -> None:
    assert list(filled(())) == []


def test_few_lines_make_no_file_and_many_one_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made, freed = filled(), list[str]()

    assert list(tmp_path.iterdir()) == []
    if made._file:  # where somebody strikes us down, nothing is left of it
        weakref.finalize(made._file, freed.append, "freed")
    del made
    assert freed == ["freed"] * (most < 1000)


def test_facts_need_no_session_once_they_are_gathered(make: Make, most: int) -> None:
    for _number in range(3):
        make.status()
    facts = make.facts()
    keys = [each.key for each in facts.sub_projects]
    make.session.close()
    make.database.engine.dispose()

    pairs = [(one.key, two.key) for one, two in zip(facts.sub_projects, facts.sub_projects, strict=True)]
    assert pairs == [(key, key) for key in keys]
    assert len(keys) == 3


def test_a_walk_that_fails_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def failing() -> None:
        Spool().fill((number, bytes([10 // (5 - number)])) for number in range(9))

    with pytest.raises(ZeroDivisionError):
        failing()
    gc.collect(1)  # the young ones are enough: a whole collection takes seconds in a process of many tests
    assert list(tmp_path.iterdir()) == []
