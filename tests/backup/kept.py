"""What a database keeps, read by the declared types of the tables and not by the backup's own spelling."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import insert, inspect, select, update

from consortium.backup import take
from consortium.models import Base, Consortium, Database, Letter, Partner, PluginSwitch, SnapshotLine
from consortium.models.dialect import writer
from consortium_admin.accounts.migrations import prepare
from consortium_admin.accounts.tables import Account, Passkey, Receipt
from consortium_admin.accounts.tables import Base as Accounts

#: words with signs that mean something to databases, to JSON, or to whoever reads lines
ODD = 'Å \\N \\. \t "x" \\\\ \r\n \u2028 🧭 \x7f {} null %s :x ;--'

#: to the microsecond, and told in a zone of its own
MOMENT = datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-7)))

#: all bytes that there are
BYTES = bytes(range(256))


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Read all rows of all tables that the models declare, in an order of their own."""
    with database.engine.connect() as connection:
        there = inspect(connection).get_table_names()
        tables = [
            each for each in (*Base.metadata.sorted_tables, *Accounts.metadata.sorted_tables) if each.name in there
        ]
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}


def digests(database: Database, folder: Path) -> dict[str, str]:
    """Tell the digest of each table, as a backup would."""
    manifest = take(database, folder / "digests.zip").manifest
    return {part.sheet.table: part.sha256 for part in manifest.parts}


def add_odd_rows(database: Database) -> None:
    """Add accounts, and rows with all that is easily lost on the way, to a database with the example in it."""
    prepare(database)
    with writer(database.engine).begin() as connection:
        connection.execute(update(Consortium).values(programme=ODD, changed_at=MOMENT, end=date(9999, 12, 31)))
        partner = connection.scalar(select(Partner.id).limit(1))
        switch = {"consortium_id": 1, "plugin": "p", "by": ODD, "at": MOMENT}
        connection.execute(insert(PluginSwitch).values(**switch, partner_id=partner, is_on=None))
        connection.execute(insert(PluginSwitch).values(**switch, is_on=False))
        connection.execute(insert(Account).values(_account(1, recovery_codes=[ODD, "", "null"])))
        connection.execute(insert(Account).values(_account(2**31 - 1, recovery_codes=None, tf_counter=2**63 - 1)))
        key = {
            "account_id": 1,
            "credential": BYTES,
            "public_key": b"",
            "sign_count": -(2**63),
            "name": "",
            "made_at": MOMENT,
        }
        connection.execute(insert(Passkey).values(key))
        for digest in ("a", "B", "Å", "_", ""):
            connection.execute(insert(Receipt).values(digest=digest, made_at=MOMENT, address=ODD))
        connection.execute(insert(Letter).values(_letter()))
        connection.execute(update(SnapshotLine).values(content=BYTES * 2))


def _account(number: int, **others: Any) -> dict[str, Any]:
    name = f"kari{number}@example.org"
    told = {"id": number, "email": name, "address": ODD, "name": "Kari", "fs_uniquifier": name, "language": "nb"}
    return {**told, "handle": BYTES[:64], "made_at": MOMENT, "active": False, **others}


def _letter() -> dict[str, Any]:
    moment = datetime(2026, 6, 15, 12, tzinfo=UTC)
    words = dict.fromkeys(("key", "kind", "address", "language", "subject", "message_id", "queued_by"), "odd")
    told = {
        **words,
        "consortium_id": 1,
        "body": ODD,
        "secret": "token",
        "about": {"å": [None, 1, True, {"z": 1, "a": ODD}]},
    }
    return {**told, "is_repeatable": True, "next_try": moment, "queued_at": moment, "state": "queued"}
