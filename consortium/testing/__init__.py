"""Fixtures for us and for plugin authors: a pytest plugin, installed with the package.

``database`` is an empty, ready database, once on SQLite and once on PostgreSQL: each test that asks for it runs on both.
``make`` makes records in it, naming only what matters: ``make.partner("Vidda", left=date(2026, 1, 1))``; and
``make.bilingual()`` a whole consortium in Norwegian and Swedish.
``example`` is the database with the example in it, and ``sqlite`` one that is only ever on SQLite.
``golden(document, "fjellrapport.md")`` compares with a file, and ``TestContract = contract("consortium_fjell")`` holds a
plugin to all that every plugin is held to, on facts without a database.
"""

from consortium.proving import alone, empty_facts, huge_facts, whole_facts
from consortium.testing.contract import contract
from consortium.testing.databases import (
    _postgresql_example,
    _postgresql_example_master,
    _postgresql_server,
    _postgresql_url,
    _sqlite_example,
    _sqlite_example_master,
    _sqlite_master,
    _stopped_clock,
    counted,
    database,
    example,
    example_file,
    make,
    postgresql,
    sqlite,
)
from consortium.testing.golden import Golden, golden, pytest_addoption
from consortium.testing.records import TODAY, Make

__all__ = [
    "TODAY",
    "Golden",
    "Make",
    "_postgresql_example",
    "_postgresql_example_master",
    "_postgresql_server",
    "_postgresql_url",
    "_sqlite_example",
    "_sqlite_example_master",
    "_sqlite_master",
    "_stopped_clock",
    "alone",
    "contract",
    "counted",
    "database",
    "empty_facts",
    "example",
    "example_file",
    "golden",
    "huge_facts",
    "make",
    "postgresql",
    "pytest_addoption",
    "sqlite",
    "whole_facts",
]
