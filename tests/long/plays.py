"""The commands that are struck down, and how: old or new, never between."""

import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from consortium.models import Database
from tests.long.grounds import Filling, Ground, fill_many, fill_old, fill_world, settled, write_rows
from tests.long.promises import Picture, broken, picture, strange_files
from tests.long.saving import fill_with_lead, save_once
from tests.long.stage import End, Play, play, words

#: what stands in the file of a report before it is written anew
BEFORE = b"the report of last time"

#: the longest that a play may wait for a disk or a server between its work and its end, in seconds
WAIT = 0.01

#: formats of reports, one after the other
FORMATS = ("html", "md", "json", "xlsx", "docx", "odt", "pdf")


@dataclass(frozen=True)
class Piece:
    """A command that may be struck down.

    :ivar fill: makes the database on which it is played
    :ivar command: what is typed on a ground
    :ivar file: the name of the file that it writes, if it writes one
    :ivar scene: what is played, where that is no command
    """

    name: str
    fill: Filling
    command: Callable[[Ground], tuple[str, ...]]
    file: str = ""
    scene: Callable[[Play], int] | None = None


def _import(ground: Ground) -> tuple[str, ...]:
    rows = ground.folder / "rows.xlsx"
    return words(ground.url, "import", rows if rows.exists() else write_rows(rows))


def _report(ending: str, ground: Ground) -> tuple[str, ...]:
    return words(
        ground.url, "report", "--as-of", "2026-06-15", "--language", "nb", "--output", ground.folder / f"r.{ending}"
    )


PIECES = {
    "import": Piece("import", fill_world, _import),
    "snapshot": Piece("snapshot", fill_many, lambda at: words(at.url, "snapshot", "take", "--as-of", "2026-06-15")),
    "migration": Piece("migration", fill_old, lambda at: words(at.url, "init")),
    "backup": Piece("backup", fill_many, lambda at: words(at.url, "backup", at.folder / "b.zip", "--force"), "b.zip"),
    "erase": Piece("erase", fill_many, lambda at: words(at.url, "person", "erase", "p7")),
    "save": Piece("save", fill_with_lead, lambda at: (at.url,), scene=save_once),
    **{f"report.{each}": Piece(f"report.{each}", fill_many, partial(_report, each), f"r.{each}") for each in FORMATS},
}


@dataclass
class Tally:
    """What came of plays that were struck down.

    :ivar wrong: each promise that was broken, in words
    """

    killed: int = 0
    finished: int = 0
    old: int = 0
    new: int = 0
    parts: int = 0
    slowest_start: float = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """How many plays there were."""
        return self.killed + self.finished


class Rehearsal:
    """A piece on a ground: what is there before it, and after it has been played to its end."""

    def __init__(self, piece: Piece, ground: Ground, *, times: int = 2) -> None:
        self.piece, self.ground = piece, ground
        self.log = ground.folder.parent / "log"
        self.command = piece.command(ground)
        self.is_old = False
        self.restore()
        self.old = self._picture()
        self.work_done = max(self._whole().work for _time in range(times))
        self.new = self._picture()
        self.said = said(self._file().read_bytes()) if piece.file else b""
        self.is_old = False

    def restore(self) -> None:
        """Let everything be as it was at the start."""
        if not self.is_old:
            self.ground.reset()
        self.is_old = True
        if self.piece.file:
            self._file().write_bytes(BEFORE)

    def work(self, **others: object) -> Play:
        """Lay out the play."""
        return Play(self.command, self.log, scene=self.piece.scene, **others)  # type: ignore[arg-type]  # the fields of a play, by name

    def judge(self, end: End, tally: Tally) -> None:
        """Note whether everything is as it was, or as it should be at the end; nothing between."""
        database = settled(self.ground)
        try:
            wrong, found = broken(database), picture(database)
        finally:
            database.engine.dispose()
        is_new, is_old = found == self.new, found == self.old
        if self.piece.file:
            kept = self._file().read_bytes()
            is_new, is_old = is_new and said(kept) == self.said, is_old and kept == BEFORE
        if not (is_new or is_old):
            wrong.append(f"between old and new: {_difference(found, self.old, self.new)}")
        if end.code == 0 and not is_new:
            wrong.append("it said that it was done, and it was not")
        wrong += [f"left behind: {name}" for name in strange_files(self.ground.folder, self._known())]
        if "Traceback" in end.said:
            wrong.append(f"a traceback: {end.said.strip().splitlines()[-1]}")
        tally.parts += sum(1 for _each in self.parts())
        for part in self.parts():
            part.unlink()
        self.is_old = is_old and not self.ground.spends_numbers
        tally.killed, tally.finished = tally.killed + end.is_killed, tally.finished + (not end.is_killed)
        tally.old, tally.new = tally.old + is_old, tally.new + (is_new and not is_old)
        tally.wrong += wrong

    def parts(self) -> Iterator[Path]:
        """Walk what was left under a hidden name."""
        return self.ground.folder.glob(".*.part")

    def _whole(self) -> End:
        self.is_old = False
        self.restore()
        end = play(self.work())
        assert end.code == 0, end.said
        return end

    def _known(self) -> set[str]:
        return {"consortium.sqlite", "rows.xlsx", "plugins.log", self.piece.file}

    def _file(self) -> Path:
        return self.ground.folder / self.piece.file

    def _picture(self) -> Picture:
        database: Database = settled(self.ground)
        try:
            return picture(database)
        finally:
            database.engine.dispose()


def said(file: bytes) -> bytes:
    """Read what a file says, which in a backup is not when it was written."""
    if not file.startswith(b"PK") or b"manifest" not in file:
        return file
    try:
        with ZipFile(BytesIO(file)) as archive:
            return b"\n".join(b64encode(archive.read(name)) for name in archive.namelist())
    except BadZipFile:
        return file


def strike(rehearsal: Rehearsal, *, kills: int, seed: int) -> Tally:
    """Strike a piece down ``kills`` times, at moments that lie evenly over the work that it is."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311  # the same moments every time
    while tally.killed < kills and tally.finished <= kills:
        rehearsal.restore()
        after, wait = chance.random() * rehearsal.work_done, chance.random() * WAIT
        rehearsal.judge(play(rehearsal.work(), kill_after=after, and_wait=wait), tally)
    return tally


def _difference(found: Picture, old: Picture, new: Picture) -> str:
    names = sorted({*found, *old, *new})
    odd = [name for name in names if found.get(name) not in {old.get(name)} or found.get(name) != new.get(name)]
    return ", ".join(f"{name} {found.get(name)} (old {old.get(name)}, new {new.get(name)})" for name in odd[:4])
