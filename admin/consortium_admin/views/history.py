"""What has become of a record, step by step, and the way back to what it said before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request, url_for

from consortium.documents import Words
from consortium.errors import Conflict, NotFound, NotPermitted
from consortium.i18n.message import Message, _
from consortium.models import Record
from consortium.models.chain import ERASED
from consortium.services.editing import FormRefused
from consortium.services.editing.form import sheet_for
from consortium.services.history import ACTIONS, PAGE, FieldChange, Step, history_of, restore
from consortium.services.importing.keeping import MODELS
from consortium.services.importing.layout import Column, Kind
from consortium.services.naming import Named, titles
from consortium.texts import Piece, word_difference
from consortium_admin.addresses import asked_key
from consortium_admin.rules import overseer, staff
from consortium_admin.showing import called, said
from consortium_admin.views.page import page
from consortium_admin.visit import visit

#: a step has a number of at most so many digits
DIGITS = 18


@dataclass(frozen=True)
class ToldChange:
    """What a step did to a field, as it is told.

    :ivar pieces: what was taken away and put in, where it holds words
    :ivar is_back: tells that what it said before can be brought back by itself
    """

    name: str
    heading: Message
    language: str
    before: Words
    after: Words
    pieces: tuple[Piece, ...]
    is_back: bool

    @property
    def before_words(self) -> str:
        """The words that stood there before."""
        return "".join(piece.words for piece in self.pieces if piece.change != "in")


@dataclass(frozen=True)
class ToldStep:
    """A step, as it is told."""

    step: Step
    what: Message
    changes: tuple[ToldChange, ...]

    @property
    def is_back(self) -> bool:
        """Tell whether all of it can be taken back."""
        return self.step.action != "created" and any(change.is_back for change in self.changes)


class HistoryPages:
    """The pages of a record's history."""

    kind: type[Record]
    history_template = "admin/records/history.html"
    restore_template = "admin/records/restore.html"

    def history_of(self, before: int | None = None) -> tuple[Step, ...]:
        """Read the steps of the record that the address names; to others it is as if there were none."""
        here = visit()
        try:
            return history_of(
                here.session,
                here.principal,
                home=here.consortium,
                kind=self.kind,
                key=asked_key(),
                before=before,
            )
        except NotFound:
            abort(404)

    @page("/history/", may=overseer)
    def history_view(self) -> Any:
        """Tell what has become of a record, the last step first."""
        key = asked_key()
        steps = self.history_of(_number("before"))
        earlier = url_for(".history_view", id=key, before=steps[-1].number) if len(steps) == PAGE else ""
        return self.render(  # type: ignore[attr-defined]  # a view has it
            self.history_template,
            key=key,
            name=_name(self.kind, key),
            steps=tuple(_told(steps, self.kind)),
            earlier=earlier,
            heading=sheet_for(self.kind).heading,
            may_restore=staff(visit().principal),
            is_gone=_is_gone(steps) and not request.args.get("before"),
        )

    @page("/history/restore/", may=staff, post=staff)
    def restore_view(self) -> Any:
        """Ask whether a record shall say again what it said before a step, or let it."""
        number, field = _number("step"), request.args.get("field", "")
        if number is None:
            abort(404)
        return self._restore(number, field) if request.method == "POST" else self._ask_back(number, field)

    def _ask_back(self, number: int, field: str, problems: Iterable[Message] = ()) -> Any:
        """Show what a record would say again."""
        step = next((each for each in self.history_of(number + 1) if each.number == number), None)
        told = next(iter(_told((step,), self.kind)), None) if step else None
        changes = tuple(each for each in told.changes if each.is_back and field in {"", each.name}) if told else ()
        if told is None or not changes:
            abort(404)
        return self.render(  # type: ignore[attr-defined]  # a view has it
            self.restore_template,
            key=asked_key(),
            name=_name(self.kind, asked_key()),
            told=told,
            changes=changes,
            problems=tuple(problems),
            heading=sheet_for(self.kind).heading,
        )

    def _restore(self, number: int, field: str) -> Any:
        here = visit()
        try:
            with here.write() as session:
                home = here.home(session)
                names = (field,) if field else ()
                saved = restore(session, here.principal, home=home, kind=self.kind, number=number, names=names)
                key = saved.record.key
        except (NotFound, NotPermitted):
            abort(404)
        except FormRefused as refused:
            return self._ask_back(number, field, refused.problems), 422
        except Conflict as conflict:
            return self._ask_back(number, field, (conflict.message,)), 409
        flash(_("What was there before has been brought back.").say(here.language))
        return redirect(url_for(".history_view", id=key), code=303)


def _name(kind: type[Record], key: str) -> Words:
    """Say what a record is called, also of one that has been removed: by its key then."""
    here = visit()
    found = titles(here.session, here.principal, consortium=here.consortium, keys={kind: (key,)})
    return called(found.get((kind.__tablename__, key)), key, here.speech)


def _is_gone(steps: Iterable[Step]) -> bool:
    """Tell whether the record is no more; names can be taken out of what is told of it also afterwards."""
    return next((each.action for each in steps if each.action != ERASED), "") == "deleted"


def _number(name: str) -> int | None:
    """Read a number of a step from the address."""
    asked = request.args.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < DIGITS else None


def _told(steps: Iterable[Step], kind: type[Record]) -> Iterator[ToldStep]:
    """Tell steps with the names of what they refer to, which are looked up in one query."""
    found = tuple(steps)
    columns = {column.name: column for column in sheet_for(kind).columns}
    names = _names(found)
    for step in found:
        changes = (_change(each, columns, names) for each in step.fields if each.name.split(".")[0] in columns)
        yield ToldStep(step, ACTIONS[step.action].fill(name=step.by), tuple(changes))


def _names(steps: Iterable[Step]) -> Mapping[tuple[str, str], Named]:
    here, keys = visit(), defaultdict[type[Record], set[str]](set)
    for each in (change for step in steps for change in step.fields):
        if each.column and each.column.kind in {Kind.ONE, Kind.MANY}:
            keys[MODELS[each.column.group]] |= {
                key for value in (each.before, each.after) for key in value.split(";") if key
            }
    return titles(here.session, here.principal, consortium=here.consortium, keys=keys)


def _change(each: FieldChange, columns: Mapping[str, Column], names: Mapping[tuple[str, str], Named]) -> ToldChange:
    name, _dot, tag = each.name.partition(".")
    column = each.column or columns[name]
    speech = visit().speech
    is_text = column.kind is Kind.WORDS
    return ToldChange(
        name=each.name,
        heading=column.heading,
        language=tag if is_text else "",
        before=() if is_text else said(each.before, column, names, speech),
        after=() if is_text else said(each.after, column, names, speech),
        pieces=word_difference(each.before, each.after) if is_text else (),
        is_back=each.column is not None,
    )
