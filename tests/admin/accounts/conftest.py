"""Accounts on an empty consortium, with a quick hash of passwords."""

from collections.abc import Iterator

import pytest

from consortium.models import Database
from consortium_admin.accounts import engine
from tests.admin.accounts.house import Browser, House


@pytest.fixture(autouse=True)
def _quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "HASHING", {"argon2__rounds": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1})


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    """Give an admin on each kind of database."""
    made = House(database)
    yield made
    made.clear()


@pytest.fixture
def here(sqlite: Database) -> House:
    """Give an admin where it does not matter on which database."""
    return House(sqlite)


@pytest.fixture
def browser(here: House) -> Browser:
    return here.browser()
