"""Imports an export: everything in it, or nothing; records are found again by their keys, and none is deleted."""

from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import ConsortiumError, ImportRefused, NotFound
from consortium.i18n.message import Message, _, _n
from consortium.models import Consortium, Record, StatusUpdate
from consortium.services.consortia import find_consortium
from consortium.services.exporting.fields import fields, kinds, sheet_of
from consortium.services.exporting.laying import lay
from consortium.services.exporting.reading import Export, Line, read_lines
from consortium.services.importing.adopting import Adopting, ImportResult, Progress
from consortium.services.importing.keeping import CHUNK, forget_changes, keep_new, load_closed, load_kept
from consortium.services.importing.layout import Kind
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.statuses import check_summary


def import_lines(
    session: Session,
    principal: Principal,
    *,
    path: str | Path,
    consortium: str | None = None,
    new: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Import JSON Lines as an export writes them, as a whole or not at all; what a line does not name stays as it is.

    :param consortium: key of the consortium that it must be of, where somebody wants to be sure
    :param new: let the file begin another consortium beside those that there are
    :param progress: is told the kind of record, the lines done and the lines in all
    :raises ImportRefused: with every problem that was found; nothing has been sent to the database then
    :raises NotPermitted: if ``principal`` may not edit the consortium
    """
    session.flush()  # what the unit did before stays, whatever becomes of the file
    problems: list[Message] = []
    export = read_lines(Path(path), problems)
    with session.no_autoflush:
        home = _home(session, principal, export, consortium, new=new)
        home = home or _begun(session, principal, export, problems)
        adoption = Adoption(session, principal, home, problems)
        adoption.adopt(export.lines, progress or (lambda *_: None))
        if problems:
            forget_changes(session)
            total = _n(
                "{name} was not imported. There is {count} problem:",
                "{name} was not imported. There are {count} problems:",
                len(problems),
            )
            raise ImportRefused(total.fill(name=Path(path).name), problems)
        keep_new(session, adoption.new)
    return adoption.result


def _home(
    session: Session, principal: Principal, export: Export, wanted: str | None, *, new: bool
) -> Consortium | None:
    """Find the consortium that the file tells of; ``None`` if it may begin one."""
    named = export.consortium
    if wanted and wanted != named:
        told = _("The file tells of the consortium “{named}”, not of “{key}”.").fill(named=named, key=wanted)
        raise ImportRefused(told, ())
    known = tuple(
        session.scalars(select(Consortium.key).where(visible(principal, Consortium)).order_by(Consortium.key))
    )
    if named in known:
        home = find_consortium(session, principal, named)
        demand(session, principal, Verb.EDIT, home)
        return home
    if known and not new:
        told = _("There is no consortium “{named}” yet, but {known}. Correct the key, or begin another with --new.")
        raise ImportRefused(told.fill(named=named, known=known), ())
    return None


def _begun(session: Session, principal: Principal, export: Export, problems: list[Message]) -> Consortium:
    """Begin the consortium that the file tells of; where its line could not be read, that has been told."""
    demand(session, principal, Verb.ADD, Consortium())
    if not problems and all((line.kind, line.key) != (Consortium, export.consortium) for line in export.lines):
        told = _("There is no consortium “{key}”, and no line of the file tells of it. Export it as a whole.")
        raise NotFound(told.fill(key=export.consortium))
    return Consortium(key=export.consortium)


class Adoption(Adopting):
    """The records that an export tells of: those that are there, and those that it adds."""

    def __init__(self, session: Session, principal: Principal, home: Consortium, problems: list[Message]) -> None:
        super().__init__(session, principal, problems)
        self.home = home
        self.known: dict[type[Record], dict[str, Any]] = {kind: {} for kind in kinds()}
        self.known[Consortium][home.key] = home

    def adopt(self, lines: tuple[Line, ...], progress: Progress) -> None:
        """Lay all lines over the records, and then check what they say together."""
        if self.home.id is not None:
            self._load(lines)
        for line in lines:
            if line.key not in self.known[line.kind] and line.kind is not Consortium:
                self.known[line.kind][line.key] = line.kind(key=line.key)
        for done, line in enumerate(lines, start=1):
            self._adopt_line(line)
            progress(line.kind.__tablename__, done, len(lines))
        for line in lines:
            self._check_together(line)

    def find(self, kind: type[Record], key: str) -> Any:
        """Find what a line refers to.

        :raises NotFound: if it is neither in the file nor in the database
        """
        record = self.known[kind].get(key)
        if record is None:
            raise NotFound(_unknown(key, kind, self.known[kind]))
        return record

    def _load(self, lines: tuple[Line, ...]) -> None:
        """Load what is there, a few queries a kind."""
        wanted: dict[type[Record], set[str]] = defaultdict(set)
        for line in lines:
            wanted[line.kind].add(line.key)
            for field in (each for each in fields(line.kind) if each.relation is not None):
                said = line.values.get(field.name) or ()
                wanted[field.target] |= {said} if field.kind is Kind.ONE and said else set(said)
        for kind in kinds():
            if kind is not Consortium:
                self.known[kind] |= self._load_kind(kind, wanted[kind])
        if wanted[StatusUpdate]:
            self.closed = load_closed(self.session, self.home)

    def _load_kind(self, kind: type[Any], keys: set[str]) -> Mapping[str, Any]:
        if sheet := sheet_of(kind):
            return load_kept(self.session, self.home, sheet.name, keys)
        found: dict[str, Any] = {}
        ordered = sorted(keys)
        for start in range(0, len(ordered), CHUNK):
            some = kind.key.in_(ordered[start : start + CHUNK])
            kept = self.session.scalars(select(kind).where(kind.consortium_id == self.home.id, some))
            found |= {record.key: record for record in kept}
        return found

    def _adopt_line(self, line: Line) -> None:
        record = self.known[line.kind].get(line.key)
        if record is None:
            told = _("The file tells of the consortium “{named}”, not of “{key}”.")
            self.problems.append(line.problem(told.fill(named=self.home.key, key=line.key)))
            return
        is_new, before, workflow = record.id is None, len(self.problems), getattr(record, "workflow", None)
        is_changed = lay(record, line, self, is_new=is_new)
        if len(self.problems) > before:
            return
        sheet = sheet_of(line.kind)
        name = sheet.name if sheet else line.kind.__tablename__
        self.keep(record, name, is_new=is_new, is_changed=is_changed, workflow=workflow)

    def _check_together(self, line: Line) -> None:
        """Check what the line says together with others."""
        record = self.known[line.kind].get(line.key)
        try:
            self.check_together(record, names_corrected=bool(line.values.get("corrects")))
            if isinstance(record, StatusUpdate) and record in self.told and record.is_frozen:
                check_summary(record)
        except ConsortiumError as fault:
            self.problems.append(line.problem(fault.message))


def _unknown(key: str, kind: type[Record], known: Mapping[str, Any]) -> Message:
    name = kind.__tablename__
    close = get_close_matches(key, list(known), n=1)
    if close:
        told = _("There is no {kind} “{key}”, neither in the file nor in the database. Do you mean “{close}”?")
        return told.fill(kind=name, key=key, close=close[0])
    told = _("There is no {kind} “{key}”, neither in the file nor in the database. Add it, or correct the key.")
    return told.fill(kind=name, key=key)
