"""Links that name nobody: a name can be taken out of the history, and the chain stays whole.

What was said by whom of which key is in the digest now, which is salted. What did not fit before does not fit after:
it keeps its digest and its link. Links that were kept elsewhere are in no history any more.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

#: changes that are linked anew at a time
PAGE = 1000

CHANGE = sa.table(
    "change",
    sa.column("id", sa.Integer),
    sa.column("consortium_id", sa.Integer),
    sa.column("entity", sa.String),
    sa.column("entity_id", sa.Integer),
    sa.column("key", sa.String),
    sa.column("action", sa.String),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("by", sa.String),
    sa.column("values", sa.JSON),
    sa.column("salt", sa.String),
    sa.column("digest", sa.String),
    sa.column("link", sa.String),
)

Row = Mapping[Any, Any]


def upgrade() -> None:
    """Take the step."""
    _link_anew(_old_digest, _old_link, _new_digest, _new_link)


def downgrade() -> None:
    """Take it back."""
    _link_anew(_new_digest, _new_link, _old_digest, _old_link)


def _link_anew(
    digest: Callable[[Row], str],
    link_after: Callable[[str, Row], str],
    next_digest: Callable[[Row], str],
    next_link: Callable[[str, Row], str],
) -> None:
    """Walk the history, and link what fits; a digest that is another than what is said makes is a name that was taken out."""
    connection, last, was, now = op.get_bind(), 0, "", ""
    erased = _erased(connection)
    query = sa.select(CHANGE).where(CHANGE.c.id > sa.bindparam("last")).order_by(CHANGE.c.id).limit(PAGE)
    move = sa.update(CHANGE).where(CHANGE.c.id == sa.bindparam("number"))
    move = move.values(digest=sa.bindparam("said"), link=sa.bindparam("linked"))
    while rows := connection.execute(query, {"last": last}).mappings().all():
        moved = []
        for row in rows:
            said = digest(row)
            is_fit = row["link"] == link_after(was, row) and said in {row["digest"], erased.get(row["id"])}
            was = row["link"]
            if is_fit:
                told = {**row, "digest": next_digest(row)}
                now = next_link(now, told)
                moved.append({"number": row["id"], "said": told["digest"], "linked": now})
            else:
                now = row["link"]
        if moved:
            connection.execute(move, moved)
        last = rows[-1]["id"]


def _erased(connection: sa.Connection) -> dict[int, str]:
    found: dict[int, str] = {}
    for values in connection.scalars(sa.select(CHANGE.c["values"]).where(CHANGE.c.action == "erased")):
        found |= {int(number): after for number, (_before, after) in values.items()}
    return found


def _old_digest(row: Row) -> str:
    return _sha(row["salt"] + json.dumps(row["values"], sort_keys=True, ensure_ascii=False))


def _old_link(link: str, row: Row) -> str:
    return _linked(link, row, ("consortium_id", "entity", "entity_id", "key", "action", "by"))


def _new_digest(row: Row) -> str:
    said = {name: row[name] for name in ("by", "key", "values")}
    return _sha(row["salt"] + json.dumps(said, sort_keys=True, ensure_ascii=False))


def _new_link(link: str, row: Row) -> str:
    return _linked(link, row, ("consortium_id", "entity", "entity_id", "action"))


def _linked(link: str, row: Row, names: tuple[str, ...]) -> str:
    at = row["at"].replace(tzinfo=UTC) if row["at"].tzinfo is None else row["at"].astimezone(UTC)
    return _sha(json.dumps([link, *(row[name] for name in names), at.isoformat(), row["digest"]], ensure_ascii=False))


def _sha(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
