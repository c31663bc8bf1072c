"""A house with a database that nobody may change, at whose desk one guest stands."""

import hashlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from consortium.documents import Document
from consortium.facts import Facts
from consortium.plugins import FrontDesk, front_desk
from consortium.services.reporting import Order, document_of

CANARY, REPORTER = "Kanarifugl", "Kari Kontakt"


@dataclass
class House:
    """A database, and the facts of it."""

    path: Path
    facts: Facts

    @property
    def digest(self) -> str:
        """What stands in the database, byte by byte."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def told_of(self, words: str) -> "House":
        """Let the facts speak of a programme that is called ``words``."""
        return House(self.path, replace(self.facts, consortium=replace(self.facts.consortium, programme=words)))

    def report(self, patch: pytest.MonkeyPatch, *guests: str, report: str = "faulty") -> tuple[list[Any], FrontDesk]:
        """Let guests come in and tell a report, and return its blocks as a program reads them."""
        names = ("culprit", "second", "third")
        points = zip(names, guests, strict=False)
        desk = FrontDesk(
            guests=[EntryPoint(name, f"tests.plugins.faults.{each}", "consortium") for name, each in points]
        )
        patch.setattr("consortium.services.reporting.front_desk", lambda: desk)
        return blocks_of(document_of(self.facts, Order(report, "en"))), desk


def blocks_of(document: Document) -> list[Any]:
    """Write a document as JSON, and read its blocks."""
    file = io.BytesIO()
    front_desk().writer("json").write(document, file)
    blocks: list[Any] = json.loads(file.getvalue())["blocks"]
    return blocks


def processes_in(folder: str) -> Iterator[str]:
    """Walk the processes that have ``folder`` in their environment."""
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if folder.encode() in (each / "environ").read_bytes() and each.name != str(os.getpid()):
                yield (each / "cmdline").read_text(encoding="utf-8")
        except OSError:
            continue


def marks(blocks: list[Any]) -> list[Any]:
    """Find the marked sections."""
    return [each for each in blocks if each.get("heading", {}).get("anchor", "").startswith("fault-")]


def words_of(section: Any) -> str:
    """Read the note in a marked section."""
    return str(section["blocks"][0]["words"][0]["words"])
