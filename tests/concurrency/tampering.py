"""Random acts of tampering with history, records and snapshots, each with the place at which it must be found."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, Date, LargeBinary, Table, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consortium.models import Change, Database, Record, Snapshot, SnapshotLine
from consortium.models.chain import ERASED, digest_of, link_after
from consortium.models.columns import Moment, TextColumn
from consortium.models.telling import record_kinds, references_of, told_columns, told_tables
from consortium.services.erasing import erase_person
from consortium.services.policy import operator
from consortium.services.snapshots import take_snapshot
from consortium.services.verifying import Verified, verify_history
from consortium.testing import Make

CHANGES: Any = Change.__table__
LINES: Any = SnapshotLine.__table__

#: an act: does something to the database, and returns words of which one must be told
Act = Callable[[Connection, Random], tuple[str, ...]]


class NotNow(Exception):
    """The act cannot be done here: the database forbids it, or there is nothing to do it to."""


def build(make: Make) -> None:
    """Make two consortia with all kinds of records, some called otherwise later, some removed or erased, two snapshots."""
    make.bilingual()
    other = make.consortium("Et annet")
    make.person(consortium=other)
    make.keep()
    person, partner = make.person("Kari Nordmann"), make.partner("Vidda")
    make.sub_project(partners=[partner, make.partner()])
    make.keep()
    take_snapshot(make.session, make.operator, consortium=make.home, key="først")
    person.name, partner.key = "Kari Sørmann", "vidda-2"
    make.keep()
    make.session.delete(person)
    take_snapshot(make.session, make.operator, consortium=make.home, key="sist")
    make.keep()
    make.person("Ola Nordmann", key="ola")
    make.keep()
    erase_person(make.session, make.operator, home=make.home, key="ola")
    make.keep()
    make.session.close()


def verified(connection: Connection, link: str = "") -> Verified:
    """Verify within the transaction of ``connection``."""
    with Session(bind=connection, autoflush=False) as session:
        return verify_history(session, operator("Olga Operatør"), link=link)


@contextmanager
def undone(database: Database) -> Iterator[Connection]:
    """Open a transaction that is rolled back at its end."""
    with database.engine.connect() as connection, connection.begin() as unit:
        yield connection
        unit.rollback()


def tamper(database: Database, count: int, seed: int) -> dict[str, int]:
    """Do ``count`` random acts, each in a transaction of its own; insist that each is found where it was done."""
    random = Random(seed)  # noqa: S311  # no secret
    done = dict.fromkeys((act.__name__ for act in ACTS), 0)
    with undone(database) as connection:
        before = verified(connection)
    assert before.findings == ()
    while sum(done.values()) < count:
        act = random.choice(ACTS)
        with undone(database) as connection:
            try:
                places = act(connection, random)
            except (DBAPIError, NotNow):
                continue
            found = verified(connection, before.link)
            told = [each.say("en") for each in found.findings]
            told += [f"{each.by} erased {each.numbers}" for each in found.erasings if each not in before.erasings]
            assert any(place in each for place in places for each in told), (act.__name__, places, told)
        done[act.__name__] += 1
    return done


def _change(connection: Connection, random: Random) -> dict[str, Any]:
    number = random.choice(connection.scalars(select(CHANGES.c.id).order_by(CHANGES.c.id)).all())
    row = connection.execute(select(CHANGES).where(CHANGES.c.id == number)).mappings().one()
    return {str(name): value for name, value in row.items()}


def _next(connection: Connection, number: int) -> int | None:
    return connection.scalar(select(func.min(CHANGES.c.id)).where(CHANGES.c.id > number))


def _other(value: Any, column: Any, random: Random) -> Any:  # noqa: PLR0911  # one for each kind of column
    """Make another value of the same kind."""
    if isinstance(column.type, TextColumn):
        return value.write("nb", f"Noe annet {random.random()}") if value is not None else None
    if isinstance(column.type, Moment):
        return (value or date.min) + timedelta(seconds=random.randint(1, 10**6))
    if isinstance(column.type, Date):
        return (value or date(2026, 1, 1)) + timedelta(days=random.randint(1, 999))
    if isinstance(column.type, LargeBinary):
        place = random.randrange(len(value))
        return value[:place] + bytes([value[place] ^ (1 << random.randrange(8))]) + value[place + 1 :]
    if isinstance(value, dict):
        return {**value, "nytt": [None, "noe annet"]}
    if isinstance(value, bool | str) or value is None:
        text = str(value or "x")
        return text[:-1] + ("y" if text[-1] != "y" else "z")
    return value + random.randint(1, 9)


def edit_a_change(connection: Connection, random: Random) -> tuple[str, ...]:
    row = _change(connection, random)
    column = CHANGES.c[random.choice([name for name in row if name != "id"])]
    values = {column.name: _other(row[column.name], column, random)}
    connection.execute(update(CHANGES).where(CHANGES.c.id == row["id"]).values(values))
    return (f"Change {row['id']} ",)


def delete_a_change(connection: Connection, random: Random) -> tuple[str, ...]:
    row = _change(connection, random)
    after = _next(connection, row["id"])
    connection.execute(delete(CHANGES).where(CHANGES.c.id == row["id"]))
    return (f"Change {after} ",) if after else ("its end is missing",)


def delete_a_stretch(connection: Connection, random: Random) -> tuple[str, ...]:
    row = _change(connection, random)
    until = row["id"] + random.randint(1, 20)
    after = _next(connection, until)
    connection.execute(delete(CHANGES).where(CHANGES.c.id.between(row["id"], until)))
    return (f"Change {after} ",) if after else ("its end is missing",)


def cut_off_the_end(connection: Connection, random: Random) -> tuple[str, ...]:
    row = _change(connection, random)
    connection.execute(delete(CHANGES).where(CHANGES.c.id >= row["id"]))
    return ("its end is missing",)


def insert_a_change(connection: Connection, random: Random) -> tuple[str, ...]:
    """Insert an old change once more, at the end."""
    row = _change(connection, random)
    number = (connection.scalar(select(func.max(CHANGES.c.id))) or 0) + random.randint(1, 5)
    connection.execute(insert(CHANGES).values({**row, "id": number}))
    return (f"Change {number} ",)


def forge_a_change(connection: Connection, random: Random) -> tuple[str, ...]:
    """Append a change that fits to the chain, and tells of something that nobody did."""
    row = _change(connection, random)
    own = (CHANGES.c.entity == row["entity"], CHANGES.c.entity_id == row["entity_id"], CHANGES.c.action == "deleted")
    is_gone = connection.scalar(select(func.count()).where(*own))
    last = connection.execute(select(CHANGES).order_by(CHANGES.c.id.desc()).limit(1)).mappings().one()
    forged = {**row, "id": last["id"] + 1, "action": "created" if is_gone else "deleted"}
    connection.execute(insert(CHANGES).values({**forged, "link": link_after(last["link"], forged)}))
    return (f"“{row['key']}”",)


def swap_two_changes(connection: Connection, random: Random) -> tuple[str, ...]:
    one, two = sorted((_change(connection, random)["id"], _change(connection, random)["id"]))
    if one == two:
        raise NotNow
    for old, new in ((one, -1), (two, one), (-1, two)):
        connection.execute(update(CHANGES).where(CHANGES.c.id == old).values(id=new))
    return (f"Change {one} ",)


def move_a_change(connection: Connection, random: Random) -> tuple[str, ...]:
    row = _change(connection, random)
    after, number = _next(connection, row["id"]), (connection.scalar(select(func.max(CHANGES.c.id))) or 0) + 1
    if after is None:
        raise NotNow
    connection.execute(update(CHANGES).where(CHANGES.c.id == row["id"]).values(id=number))
    return (f"Change {after} ",)


def blank_a_change(connection: Connection, random: Random) -> tuple[str, ...]:
    row = _change(connection, random)
    connection.execute(update(CHANGES).where(CHANGES.c.id == row["id"]).values(values={}, salt=""))
    return (f"Change {row['id']} ",)


def put_a_name_back(connection: Connection, random: Random) -> tuple[str, ...]:
    """Say again what an erasure has taken out."""
    row = connection.execute(select(CHANGES).where(CHANGES.c.key.like("erased-%"))).mappings().first()
    assert row is not None
    connection.execute(update(CHANGES).where(CHANGES.c.id == row["id"]).values(key="ola"))
    return (f"Change {row['id']} ",)


def forge_an_erasure(connection: Connection, random: Random) -> tuple[str, ...]:
    """Write over who did something, and append a change that fits to the chain and says that this was an erasure."""
    row = _change(connection, random)
    edited = {**row, "by": "En annen"}
    connection.execute(update(CHANGES).where(CHANGES.c.id == row["id"]).values(by=edited["by"]))
    last = connection.execute(select(CHANGES).order_by(CHANGES.c.id.desc()).limit(1)).mappings().one()
    values = {str(row["id"]): [row["digest"], digest_of(edited)]}
    forged = {**row, "id": last["id"] + 1, "action": ERASED, "values": values}
    forged |= {"by": "En annen", "digest": digest_of({**forged, "by": "En annen"})}
    connection.execute(insert(CHANGES).values({**forged, "link": link_after(last["link"], forged)}))
    return (f"En annen erased ({row['id']},)",)


def write_all_anew(connection: Connection, random: Random) -> tuple[str, ...]:
    """Change who did something, and make every digest and every link from there on anew."""
    row = _change(connection, random)
    rows = connection.execute(select(CHANGES).order_by(CHANGES.c.id)).mappings().all()
    link = ""
    for each in rows:
        fields = {**each, "by": "En annen"} if each["id"] == row["id"] else dict(each)
        fields["digest"] = digest_of(fields)
        link = link_after(link, fields)
        kept = {name: fields[name] for name in ("by", "digest")}
        connection.execute(update(CHANGES).where(CHANGES.c.id == each["id"]).values(link=link, **kept))
    return ("written anew",)


def _row(connection: Connection, random: Random, table: Table) -> dict[str, Any]:
    rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
    if not rows:
        raise NotNow
    return {str(name): value for name, value in random.choice(rows).items()}


def _kind(random: Random) -> Any:
    return random.choice(sorted(record_kinds(), key=lambda kind: kind.__tablename__))


def _of(table: Table, row: dict[str, Any]) -> Any:
    return [column == row[column.name] for column in table.primary_key.columns]


def edit_a_record(connection: Connection, random: Random) -> tuple[str, ...]:
    kind = _kind(random)
    table, row = kind.__table__, _row(connection, random, kind.__table__)
    name = random.choice(told_columns(kind))
    value = _other(row[name], table.c[name], random)
    if value == row[name] or value is None:
        raise NotNow
    connection.execute(update(table).where(*_of(table, row)).values({name: value}))
    return (f"{table.name} “{value if name == 'key' else row['key']}”",)


def refer_to_another(connection: Connection, random: Random) -> tuple[str, ...]:
    kind = _kind(random)
    table, row = kind.__table__, _row(connection, random, kind.__table__)
    references = [each for each in references_of(kind.__mapper__) if each.key != "consortium"]
    if not references:
        raise NotNow
    relation = random.choice(references)
    (column,) = relation.local_columns
    number = _row(connection, random, relation.mapper.local_table)["id"]  # type: ignore[arg-type]  # each has a table
    if column.key is None or number == row[column.key]:
        raise NotNow
    connection.execute(update(table).where(*_of(table, row)).values({column.key: number}))
    return (f"{table.name} “{row['key']}”",)


def delete_a_record(connection: Connection, random: Random) -> tuple[str, ...]:
    kind: type[Record] = _kind(random)
    row = _row(connection, random, kind.__table__)  # type: ignore[arg-type]  # each has a table
    connection.execute(delete(kind).where(*_of(kind.__table__, row)))  # type: ignore[arg-type]  # each has a table
    return (f"{kind.__tablename__} “{row['key']}” is gone",)


def insert_a_record(connection: Connection, random: Random) -> tuple[str, ...]:
    kind = _kind(random)
    row = _row(connection, random, kind.__table__)
    connection.execute(insert(kind).values({**row, "id": 10**6, "key": "smuglet"}))
    return (f"{kind.__tablename__} “smuglet” is not in",)


def bring_back_a_record(connection: Connection, random: Random) -> tuple[str, ...]:
    """Put an old copy of a removed record back in its place."""
    gone = select(CHANGES).where(CHANGES.c.action == "deleted").order_by(CHANGES.c.id)
    change = random.choice(connection.execute(gone).mappings().all())
    kind = next(each for each in record_kinds() if each.__tablename__ == change["entity"])
    row = _row(connection, random, kind.__table__)  # type: ignore[arg-type]  # each has a table
    connection.execute(insert(kind).values({**row, "id": change["entity_id"], "key": change["key"]}))
    return (f"{kind.__tablename__} “{change['key']}” is there",)


def break_a_part(connection: Connection, random: Random) -> tuple[str, ...]:
    """Take a row out of a collection: a partner of a sub-project, an organisation of a group."""
    kinds = {kind.__table__ for kind in record_kinds()}
    table = random.choice(sorted((each for each in told_tables() if each not in kinds), key=lambda each: each.name))
    row = _row(connection, random, table)
    connection.execute(delete(table).where(*_of(table, row)))
    return ("participations", "groups")


def edit_a_line(connection: Connection, random: Random) -> tuple[str, ...]:
    row = _row(connection, random, LINES)
    column = LINES.c[random.choice(("content", "key", "place"))]
    connection.execute(
        update(LINES).where(*_of(LINES, row)).values({column.name: _other(row[column.name], column, random)})
    )
    return (_snapshot(connection, row),)


def delete_a_line(connection: Connection, random: Random) -> tuple[str, ...]:
    row = _row(connection, random, LINES)
    connection.execute(delete(LINES).where(*_of(LINES, row)))
    return (_snapshot(connection, row),)


def swap_lines_of_snapshots(connection: Connection, random: Random) -> tuple[str, ...]:
    """Put a line of one snapshot into another."""
    one, two = _row(connection, random, LINES), _row(connection, random, LINES)
    if one["content"] == two["content"]:
        raise NotNow
    connection.execute(update(LINES).where(*_of(LINES, one)).values(content=two["content"], key=two["key"]))
    return (_snapshot(connection, one),)


def _snapshot(connection: Connection, row: dict[str, Any]) -> str:
    return f"“{connection.scalar(select(Snapshot.key).where(Snapshot.id == row['snapshot_id']))}”"


def write_what_no_one_can_read(connection: Connection, random: Random) -> tuple[str, ...]:
    """Write words where a value belongs; SQLite keeps them."""
    row = _change(connection, random)
    name = random.choice(("values", "at"))
    words = text(f'UPDATE change SET "{name}" = :rubbish WHERE id = :number')  # noqa: S608  # a name of ours
    connection.execute(words, {"rubbish": '{"tull', "number": row["id"]})
    return (f"Change {row['id']} ",)


ACTS: tuple[Act, ...] = (
    edit_a_change, delete_a_change, delete_a_stretch, cut_off_the_end, insert_a_change, forge_a_change,
    swap_two_changes, move_a_change, blank_a_change, put_a_name_back, forge_an_erasure, write_all_anew, edit_a_record,
    refer_to_another, delete_a_record, insert_a_record, bring_back_a_record, break_a_part, edit_a_line, delete_a_line, swap_lines_of_snapshots,
    write_what_no_one_can_read,
)  # fmt: skip
