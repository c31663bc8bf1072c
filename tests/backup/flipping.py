"""Damages backups as disks and lines do."""

import random
from pathlib import Path

from consortium.backup import BackupProblem
from consortium.backup.reading import opened


def unseen_flips(backup: Path, folder: Path, count: int, seed: int = 2026) -> list[tuple[int, int]]:
    """Flip one bit after the other, each in a copy of its own, and return the place of each that nobody noticed."""
    chance, whole = random.Random(seed), backup.read_bytes()  # noqa: S311  # places, no secret
    unseen = []
    for _turn in range(count):
        place, bit = chance.randrange(len(whole)), chance.randrange(8)
        copy = flipped(whole, place, bit, folder)
        if not is_noticed(copy):
            unseen.append((place, bit))
    return unseen


def flipped(whole: bytes, place: int, bit: int, folder: Path) -> Path:
    """Write a copy with one bit flipped."""
    damaged = bytearray(whole)
    damaged[place] ^= 1 << bit
    copy = folder / "damaged.zip"
    copy.write_bytes(damaged)
    return copy


def is_noticed(path: Path) -> bool:
    """Tell whether a backup is refused because it is not whole."""
    try:
        with opened(path):
            return False
    except BackupProblem:
        return True
