"""What SQLite and PostgreSQL do differently; nowhere else is a dialect named."""

from consortium.models.dialect.engines import (
    SAFE_WAL,
    database_file,
    dump,
    has_same_key,
    make_file,
    open_engine,
    reader,
    sqlite_module,
    use_journal,
    writer,
)
from consortium.models.dialect.expressions import (
    COMPOUND,
    bytewise,
    claiming,
    has_stems,
    keeps_json,
    lock_for_append,
    sort_key_type,
    words_type,
    write_over,
)

__all__ = [
    "COMPOUND",
    "SAFE_WAL",
    "bytewise",
    "claiming",
    "database_file",
    "dump",
    "has_same_key",
    "has_stems",
    "keeps_json",
    "lock_for_append",
    "make_file",
    "open_engine",
    "reader",
    "sort_key_type",
    "sqlite_module",
    "use_journal",
    "words_type",
    "write_over",
    "writer",
]
