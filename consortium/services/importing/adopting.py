"""Imports a file: everything in it, or nothing.

The rows are read and checked first, then laid over the records in memory; only when no problem is left is anything
sent to the database. The same file twice changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import ImportRefused, InvalidValue, PeriodLocked
from consortium.i18n.message import Message, _, _n
from consortium.models import Consortium, Organisation, Record, ReportingPeriod, StatusUpdate
from consortium.services.consortia import find_consortium
from consortium.services.importing.filling import fill
from consortium.services.importing.importers import find_importer, read_foreign
from consortium.services.importing.keeping import MODELS, forget_changes, keep_new, load_closed, load_kept
from consortium.services.importing.reading import read_grids
from consortium.services.importing.rows import MOST_PROBLEMS, Row, read_rows, references
from consortium.services.importing.sheets import LAYOUT
from consortium.services.partners import check_parent
from consortium.services.periods import check_period
from consortium.services.policy import Principal, Verb, demand
from consortium.services.statuses import check_correction

#: the steps of the workflow that only staff take
REVIEWED = frozenset({"approved", "returned"})

#: so often, and among so many keys, a similar one is looked for, which takes long
MOST_CLOSE, MOST_KNOWN = 20, 2000

Progress = Callable[[str, int, int], None]


@dataclass
class ImportResult:
    """How many records of each sheet an import added, changed and found as they were.

    :ivar touched: the records that it added or changed
    """

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    touched: list[Record] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Tell whether the import changed nothing."""
        return not self.added and not self.changed


def import_file(
    session: Session,
    principal: Principal,
    *,
    path: str | Path,
    consortium: str | None = None,
    new: bool = False,
    importer: str = "",
    progress: Progress | None = None,
) -> ImportResult:
    """Import an XLSX workbook, a CSV file or a ZIP file of those, as a whole or not at all.

    :param consortium: key of the consortium that it belongs to, where the file does not say and there are several
    :param new: let the file begin another consortium beside those that there are
    :param importer: key of the importer that reads the file, where it is one of somebody else's
    :param progress: is told the title of the sheet, the rows done and the rows in all
    :raises ImportRefused: with every problem that was found; nothing has been sent to the database then
    :raises NotPermitted: if ``principal`` may not edit the consortium
    :raises NotFound: if no plugin brings the importer
    :raises PluginProblem: if the importer fails
    """
    session.flush()  # what the unit did before stays, whatever becomes of the file
    problems: list[Message] = []
    if importer:
        grids = read_foreign(Path(path), find_importer(session, principal, key=importer, consortium=consortium))
    else:
        grids = read_grids(Path(path))
    rows = read_rows(grids, problems)
    if not any(rows.values()) and not problems:
        problems.append(_("{name} holds no rows.").fill(name=Path(path).name))
    book = Book(session, principal, problems)
    with session.no_autoflush:
        if not problems or (rows["consortium"] and len(problems) < MOST_PROBLEMS):
            book.adopt(rows, consortium, progress or (lambda *_: None), new=new)
        if problems:
            forget_changes(session)
            raise ImportRefused(_refusal(problems).fill(name=Path(path).name), problems)
        keep_new(session, book.new)
    return book.result


def _refusal(problems: Sequence[Message]) -> Message:
    if len(problems) >= MOST_PROBLEMS:
        return _("{name} was not imported. These are the first {count} problems:").fill(count=len(problems))
    return _n(
        "{name} was not imported. There is {count} problem:",
        "{name} was not imported. There are {count} problems:",
        len(problems),
    )


class Adopting:
    """What a file adds and changes, be it of cells or of lines, and what can only be checked when all of it is laid."""

    def __init__(self, session: Session, principal: Principal, problems: list[Message]) -> None:
        self.session, self.principal, self.problems = session, principal, problems
        self.result = ImportResult()
        self.new: list[Record] = []
        self.closed: list[ReportingPeriod] = []
        self.told: set[StatusUpdate] = set()

    def keep(self, record: Record, sheet: str, *, is_new: bool, is_changed: bool, workflow: str | None) -> None:
        """Keep what was laid over ``record``, if that may be done; ``workflow`` is where a status stood before.

        :raises NotPermitted: if not
        """
        if is_changed:
            demand(self.session, self.principal, Verb.ADD if is_new else Verb.EDIT, record)
        if isinstance(record, StatusUpdate) and record.workflow != workflow:
            self._step(record, is_new=is_new)
            self.result.touched.append(record)
        if is_new:
            self.new.append(record)
        tally = self.result.added if is_new else self.result.changed if is_changed else self.result.unchanged
        tally[sheet] += 1

    def _step(self, record: StatusUpdate, *, is_new: bool) -> None:
        """Note a status that is new or has taken a step; only staff say whether it is approved."""
        if record.workflow in REVIEWED:
            demand(self.session, self.principal, Verb.APPROVE, record)
        if is_new or record.workflow != "approved":
            self.told.add(record)

    def check_together(self, record: Any, *, names_corrected: bool) -> None:
        """Check what can only be said when all is laid: who corrects what, what is closed, who belongs to whom.

        :param names_corrected: tells whether the file says which status a status corrects
        :raises InvalidValue: if it corrects what it cannot, or an organisation would belong to itself
        :raises PeriodLocked: if a status lies in a period that is closed
        """
        is_kept = getattr(record, "id", None) is None or record not in self.told
        if isinstance(record, StatusUpdate) and (names_corrected or record in self.told):
            check_correction(record, is_kept=is_kept)
        if record in self.told:
            check_period(record, self.closed)
        if isinstance(record, Organisation):
            check_parent(record)


class Book(Adopting):
    """The records that a file tells of: those that are there, and those that it adds."""

    def __init__(self, session: Session, principal: Principal, problems: list[Message]) -> None:
        super().__init__(session, principal, problems)
        self.known: dict[str, dict[str, Any]] = {sheet.name: {} for sheet in LAYOUT}

    def adopt(self, rows: Mapping[str, list[Row]], key: str | None, progress: Progress, *, new: bool) -> None:
        """Lay all rows over the records, sheet by sheet; then check what they say together."""
        home = self._home(rows["consortium"], key, new=new)
        if home is None:
            return
        self._load(rows, home)
        done, total = 0, sum(map(len, rows.values()))
        for sheet in LAYOUT:
            for row in rows[sheet.name]:
                if len(self.problems) >= MOST_PROBLEMS:
                    return
                self._adopt_row(row, home)
                done += 1
                progress(sheet.name, done, total)
        for row in (*rows["organisations"], *rows["status_updates"]):
            self._check_together(row)

    def _home(self, rows: list[Row], key: str | None, *, new: bool) -> Consortium | None:
        """Find the consortium that the file tells of, or begin a new one."""
        if not rows:
            home = find_consortium(self.session, self.principal, key)
            demand(self.session, self.principal, Verb.EDIT, home)
            return home
        told = self._strangeness(rows, key, new=new)
        if told:
            self.problems.append(rows[-1].problem("key", told))
            return None
        known = self.session.scalar(select(Consortium).where(Consortium.key == rows[0].key))
        demand(self.session, self.principal, Verb.EDIT if known else Verb.ADD, known or Consortium())
        return known or Consortium(key=rows[0].key, programme="")

    def _strangeness(self, rows: list[Row], key: str | None, *, new: bool) -> Message | None:
        """Say what is odd about the consortium that a file names."""
        named = rows[0].key
        if len(rows) > 1:
            return _("A file tells of one consortium. Move the others to files of their own.")
        if key and key != named:
            return _("The file tells of the consortium “{named}”, not of “{key}”.").fill(named=named, key=key)
        known = self.session.scalars(select(Consortium.key).order_by(Consortium.key)).all()
        if known and named not in known and not new:
            told = _("There is no consortium “{named}” yet, but {known}. Correct the key, or begin another with --new.")
            return told.fill(named=named, known=tuple(known))
        return None

    def _load(self, rows: Mapping[str, list[Row]], home: Consortium) -> None:
        """Load the records that the file tells of or refers to, and begin those that it adds."""
        if home.id is not None:
            self._load_known(rows, home)
        self.known["consortium"] = {home.key: home}
        for sheet in LAYOUT:
            known = self.known[sheet.name]
            for row in rows[sheet.name]:
                if row.key and row.key not in known:
                    known[row.key] = MODELS[sheet.name](key=row.key)

    def _load_known(self, rows: Mapping[str, list[Row]], home: Consortium) -> None:
        """Load what is there, a few queries a sheet."""
        wanted: dict[str, set[str]] = {name: {row.key for row in found} for name, found in rows.items()}
        for row in (row for found in rows.values() for row in found):
            for _name, sheet, key in references(row):
                wanted[sheet].add(key)
        for name in MODELS:
            self.known[name] |= load_kept(self.session, home, name, wanted[name])
        if rows["status_updates"]:
            self.closed = load_closed(self.session, home)

    def _adopt_row(self, row: Row, home: Consortium) -> None:
        record = self.known[row.sheet.name].get(row.key)
        if record is None:  # its key could not be read, which has been told
            return
        is_new, before = record.id is None, len(self.problems)
        workflow = getattr(record, "workflow", None)
        is_changed = fill(record, row, self, home, is_new=is_new)
        if len(self.problems) > before or (is_new and row.is_adrift):  # which has been told where the cell was read
            return
        self.keep(record, row.sheet.name, is_new=is_new, is_changed=is_changed, workflow=workflow)

    def _check_together(self, row: Row) -> None:
        """Check what the row says together with others, and note at which cell it is wrong."""
        try:
            self.check_together(self.known[row.sheet.name].get(row.key), names_corrected="corrects" in row.values)
        except InvalidValue as fault:
            self.problems.append(row.problem(fault.field, fault.message))
        except PeriodLocked as fault:
            self.problems.append(row.problem("day", fault.message))

    def find(self, row: Row, name: str, sheet: str, key: str) -> Any:
        """Find the record that ``row`` refers to in column ``name``; notes a problem if it is not there."""
        record = self.known[sheet].get(key)
        if record is None:
            known = self.known[sheet] if len(self.problems) < MOST_CLOSE else ()
            self.problems.append(row.problem(name, _unknown(key, sheet, known)))
        return record


def _unknown(key: str, sheet: str, known: Iterable[str]) -> Message:
    heading = next(each.heading for each in LAYOUT if each.name == sheet)
    close = get_close_matches(key, list(islice(known, MOST_KNOWN)), n=1)
    if close:
        return _("“{key}” does not stand in the sheet “{sheet}”. Do you mean “{close}”?").fill(
            key=key, sheet=heading, close=close[0]
        )
    return _("“{key}” does not stand in the sheet “{sheet}”. Add it there, or correct the key.").fill(
        key=key, sheet=heading
    )
