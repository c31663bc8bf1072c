"""Reads a file of somebody else's with the importer of a plugin: what comes out goes the way of a workbook."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from consortium.errors import ConsortiumError, ImportRefused, NotFound, PluginProblem
from consortium.facts.importer import Importer
from consortium.i18n.message import _
from consortium.plugins import front_desk
from consortium.services.consortia import find_consortium
from consortium.services.importing.cells import Cell
from consortium.services.importing.grids import MOST_COLUMNS, MOST_LINES, Grid, letter
from consortium.services.importing.layout import Sheet
from consortium.services.importing.safety import read_whole
from consortium.services.importing.sheets import LAYOUT
from consortium.services.offers import Offers
from consortium.services.policy import Principal

HOOK = "consortium_importers"

#: rows by the machine name of their sheet, each with cells by the machine names of their columns
Rows = Mapping[str, list[Mapping[str, str]]]


class Unusable(Exception):
    """What an importer brought is not made of rows of the workbook."""


def find_importer(session: Session, principal: Principal, *, key: str, consortium: str | None) -> Importer:
    """Find an importer by its key.

    :param consortium: key of the consortium for which something is imported, where there are several
    :raises NotFound: if no plugin brings it, or it is switched off there; says which there are
    """
    brought = known = front_desk().importers
    with suppress(NotFound):  # a file can begin the first one
        home = find_consortium(session, principal, consortium)
        known = Offers(session, home).on(HOOK, brought)
    if key in known:
        return known[key]
    if key in brought:
        told = _("The importer “{key}” is switched off. Switch it on with: consortium plugin enable {plugin}")
        raise NotFound(told.fill(key=key, plugin=front_desk().owner(HOOK, key).name))
    if not known:
        raise NotFound(
            _("No plugin brings an importer. Install one that reads “{key}”, or leave out --as.").fill(key=key)
        )
    told = _("There is no importer “{key}”. There are: {known}.")
    raise NotFound(told.fill(key=key, known=tuple(sorted(known))))


def read_foreign(path: Path, importer: Importer) -> tuple[Grid, ...]:
    """Read a file with an importer.

    :raises ImportRefused: if the file is too large, or of another kind than the importer reads
    :raises InvalidValue: if the importer finds something wrong in it
    :raises PluginProblem: if the importer fails, or brings something else than rows; names its plugin
    """
    ending = path.suffix.lower().lstrip(".")
    if ending not in importer.endings:
        told = _("{name} is not a file for “{title}”. It reads: {endings}.")
        endings = tuple(f".{each}" for each in importer.endings)
        raise ImportRefused(told.fill(name=path.name, title=importer.title, endings=endings), ())
    rows = _heard(importer, path.name, read_whole(path))
    return tuple(_grid(path.name, sheet, rows[sheet.name]) for sheet in LAYOUT if sheet.name in rows)


def _heard(importer: Importer, name: str, content: bytes) -> Rows:
    """Let the importer read; what it refuses is told in its words, what fails in it with the plugin's name."""
    refusals: list[ConsortiumError] = []
    faults: list[str] = []

    def look() -> Iterator[Rows]:
        try:
            yield dict(_checked(importer.read(content)))
        except ConsortiumError as refusal:
            refusals.append(refusal)
        except (Exception, SystemExit) as fault:
            faults.append(f"{type(fault).__name__}: {fault}")
            raise

    found: list[Any] = front_desk().hear(HOOK, importer.key, look, dict)
    if found:
        return found[0]  # type: ignore[no-any-return]  # a mapping of rows, as was just asked for
    if refusals:
        raise refusals[0]
    plugin = front_desk().owner(HOOK, importer.key)
    told = _(
        "The plugin “{plugin}” could not read {name}: {reason}. Nothing was imported; tell the maker of the plugin."
    )
    raise PluginProblem(told.fill(plugin=plugin.name, name=name, reason=next(iter(faults), "–")[:300]))


def _checked(brought: Any) -> Iterator[tuple[str, list[Mapping[str, str]]]]:
    """Walk what was brought, sheet by sheet.

    :raises Unusable: if it is not made of rows of the workbook, or there are too many
    """
    if not isinstance(brought, Mapping):
        raise Unusable(f"brought a {type(brought).__name__}, not rows by their sheets")
    sheets = {sheet.name: sheet for sheet in LAYOUT}
    for name, rows in brought.items():
        if name not in sheets:
            raise Unusable(f"there is no sheet {name!r}")
        own = list(islice(iter(rows), MOST_LINES + 1))
        if len(own) > MOST_LINES:
            raise Unusable(f"brought more than {MOST_LINES} rows")
        known: set[str] = set()
        for row in own:
            _check_row(sheets[name], row, known)
        yield name, own


def _check_row(sheet: Sheet, row: Any, known: set[str]) -> None:
    """Insist on words in columns that there are; ``known`` are those that have been found before."""
    if not isinstance(row, Mapping):
        raise Unusable(f"brought a {type(row).__name__}, not a row")
    for column, words in row.items():
        if not isinstance(column, str) or not isinstance(words, str):
            raise Unusable(f"a cell of {sheet.name} holds a {type(words).__name__}, not words")
        if column not in known:
            found = sheet.find(column)
            if found is None or found.machine_name != column:
                raise Unusable(f"the sheet {sheet.name} has no column {column!r}")
            known.add(column)
    if len(known) > MOST_COLUMNS:
        raise Unusable(f"brought more than {MOST_COLUMNS} columns")


def _grid(name: str, sheet: Sheet, rows: list[Mapping[str, str]]) -> Grid:
    """Lay rows out as a sheet, with the machine names of their columns in its first row."""
    title = f"{name} ({sheet.name})"
    heads = {column: letter(place) for place, column in enumerate(dict.fromkeys(key for row in rows for key in row))}
    first = tuple(Cell(column, title, 1, heads[column]) for column in heads)
    others = (
        tuple(Cell(words, title, number, heads[column]) for column, words in row.items())
        for number, row in enumerate(rows, start=2)
    )
    return Grid(title, sheet, (first, *others) if rows else ())
