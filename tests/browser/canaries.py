"""Canaries: words planted in every text of a database, which tell in what language they are."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select, update

from consortium.documents import Speech
from consortium.models import Base, Database, TextIndex
from consortium.models.columns import TextColumn
from consortium.texts import Text
from tests.admin.page import Element
from tests.admin.page import Page as PageOfWords

#: in front of the words of each version
CANARY = re.compile(r"kanari([a-z]{2,3})\b", re.IGNORECASE)

#: attributes whose words somebody reads or hears
SPOKEN = ("title", "alt", "aria-label", "aria-description", "placeholder", "label", "data-label")


def misplaced(page: PageOfWords) -> tuple[int, list[str]]:
    """Count the canaries of a page, and tell which of them stand under another language than their own.

    The page's title is left out: it is one string, and may name a record and the consortium; both stand in the page too.
    """
    read = [each for each in page.words if each not in page.titles]
    said = [*read, *((words, each.language) for each in page.elements for words in _spoken(each))]
    found = [(each[0], each[1], words, language) for words, language in said for each in CANARY.finditer(words)]
    return len(found), [
        f"{bird} under {language}: {words[:120]}"
        for bird, tag, words, language in found
        if tag != language and not _says_so(words, tag, language)
    ]


def _says_so(words: str, tag: str, language: str) -> bool:
    """Tell whether a sentence that was made by rule says in words in which language it quotes: “… (på svensk)”."""
    (quoted,) = Speech((language,)).read(Text().write(tag, "x"))
    note = quoted.note
    return f"({note})" in words


def _spoken(element: Element) -> Iterator[str]:
    names = (*SPOKEN, "value") if element.tag == "input" and element.attributes.get("type") != "hidden" else SPOKEN
    return (element.attributes[name] for name in names if name in element.attributes)


#: proper names, of which several stand in one line; WCAG 3.1.2 leaves them out, because they are read as they are
NAMES = {("organisation", "name")}


def plant(database: Database) -> None:
    """Put a canary in front of every version of every text."""
    texts = {}
    with database.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            for column in (each for each in table.columns if _is_text(table, each)):
                texts[table.name, column.name] = table
                _plant_column(connection, table, column)
        _plant_index(connection, set(texts))


def _is_text(table: Any, column: Any) -> bool:
    return isinstance(column.type, TextColumn) and (table.name, column.name) not in NAMES


def _plant_column(connection: Connection, table: Any, column: Any) -> None:
    for number, text in connection.execute(select(table.c.id, column)).all():
        if text:
            connection.execute(update(table).where(table.c.id == number).values({column.name: _marked(text)}))


def _marked(text: Text) -> Text:
    kept: dict[str, Any] = text.to_json()
    said = {tag: {**version, "words": f"kanari{tag} {version['words']}"} for tag, version in kept["versions"].items()}
    return Text.from_json({**kept, "versions": said})


def _plant_index(connection: Connection, texts: set[tuple[str, str]]) -> None:
    own = TextIndex.__table__
    for line in connection.execute(select(own).where(own.c.state != "missing")).all():
        if (line.entity, line.field) in texts:
            said = f"kanari{line.language} {line.words}"
            connection.execute(update(own).where(own.c.id == line.id).values(words=said))  # type: ignore[arg-type]  # a table
