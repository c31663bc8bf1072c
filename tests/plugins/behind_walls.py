"""Guests that are hostile, behind the walls of bubblewrap: for ``make test-bubblewrap``, which insists that it is here."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.house import CANARY, House, marks, words_of


def test_a_guest_behind_walls_tells_the_same(guarded: House, sound: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert guarded.report(monkeypatch, "sound")[0] == sound


def test_a_guest_behind_walls_reaches_no_network(guarded: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        blocks, _desk = guarded.told_of(str(listening.getsockname()[1])).report(monkeypatch, "opens_a_socket")

        with pytest.raises(TimeoutError):
            listening.accept()
    assert "It failed with an error" in words_of(marks(blocks)[0])


def test_a_guest_behind_walls_reads_nobody_elses_files_and_environment(
    guarded: House, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text(CANARY, encoding="utf-8")

    blocks, _desk = guarded.told_of(str(secret)).report(monkeypatch, "reads_files")

    assert marks(blocks) == []
    told = json.dumps([each for each in blocks if each["kind"] == "paragraph"])
    assert [word for word in (CANARY, "root:", "postgresql") if word in told] == []
    assert "CONSORTIUM_APART" in told  # its own environment is what it can read


def test_a_guest_behind_walls_writes_nowhere(
    guarded: House, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place: Path = tmp_path_factory.mktemp("outside") / "outside.txt"

    blocks, _desk = guarded.told_of(str(place)).report(monkeypatch, "writes_outside")

    assert not place.exists()
    assert len(marks(blocks)) == 1


@pytest.mark.parametrize("fault", ["forks", "starts_a_program", "crashes", "loops", "allocates", "exits"])
def test_what_a_guest_starts_behind_walls_ends_with_it(
    guarded: House, sound: list[Any], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks, _desk = guarded.report(monkeypatch, fault)

    found = marks(blocks)
    assert [each for each in blocks if each not in found and each in sound] == sound
