"""Fixtures for importing rows."""

from pathlib import Path

import pytest

from consortium.models import Database
from tests.services import lines
from tests.services.rows import BASE, WORLD, bring


@pytest.fixture
def base(database: Database, tmp_path: Path) -> Database:
    """Give a database with the small consortium in it."""
    bring(database, tmp_path, BASE)
    return database


@pytest.fixture
def world(database: Database, tmp_path: Path) -> Database:
    """Give a database with a row of every sheet in it."""
    bring(database, tmp_path, WORLD)
    return database


@pytest.fixture
def whole(sqlite: Database, tmp_path: Path) -> Database:
    """Give a database with a record of every kind."""
    lines.bring(sqlite, lines.write(tmp_path / "whole.jsonl"))
    return sqlite
