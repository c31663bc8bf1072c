"""Puts the form of a record together as it shall be shown: blank, as it stands, as it was sent, or in conflict."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from consortium.i18n.message import Message, _
from consortium.models import Record
from consortium.services.editing import FIXED, Clash, Differing, form_of, present
from consortium.services.history import latest_step
from consortium.services.importing.keeping import MODELS
from consortium.services.importing.layout import Kind
from consortium.services.listing import Choices, choices
from consortium.services.naming import Named
from consortium_admin.forms.building import LINES, Builder
from consortium_admin.forms.fields import Form
from consortium_admin.forms.sent import Sent
from consortium_admin.hints import hints_at, hints_at_codes
from consortium_admin.visit import visit

Problems = Mapping[str, tuple[Message, ...]]

#: a longer list is searched rather than read; matches that are offered, and the fewest letters to search by
MOST_LISTED, MOST_FOUND, FEWEST_LETTERS = 200, 50, 2

#: what a search in a form can end in
_NOTHING = _("Nothing was found. Write at least two letters of the name, in any language.")


class FormPage:
    """The forms of one kind of record in this visit.

    :ivar lines: texts that stand on one line
    """

    def __init__(self, kind: type[Record], *, lines: frozenset[str] = LINES) -> None:
        here = visit()
        self.kind, self.lines, self.tags = kind, lines, here.consortium.tags
        self.columns = form_of(kind, self.tags)

    def blank(self, given: Mapping[str, str], *, next: str = "") -> Form:
        """Make an empty form; ``given`` are values that it begins with."""
        values = {"source_language": self._first_language(), **given}
        return self._builder(None, values, {}, next=next).form()

    def standing(self, record: Any, *, next: str = "") -> Form:
        """Make the form of a record as it is."""
        values = present(record, self.columns, language=visit().language)
        return self._builder(record, values, values, next=next).form()

    def again(self, record: Any, sent: Sent, problems: Problems) -> Form:
        """Make the form as it was sent, with what is wrong in it."""
        builder = self._builder(record, {**self._known(record), **sent.said}, sent.was, problems=problems, sent=sent)
        if sent.unchosen:
            rivals = {each.name: each for each in sent.unchosen}
            missing = _("Choose whose words shall stand.")
            problems = {**builder.problems, **dict.fromkeys(rivals, (missing,))}
            builder = replace(builder, rivals=rivals, problems=problems)
        return replace(builder.form(), version=sent.version)

    def searched(self, record: Any, sent: Sent) -> Form:
        """Make the form as it was sent, with what was found for the field that somebody has searched in."""
        name = sent.wish
        choices = self._choices(record)
        is_searched = name in choices and choices[name].is_cut
        found = self.find(name, sent.said.get(name, "")) if is_searched else ()
        told: Problems = {name: (_NOTHING,)} if is_searched and not found else {}
        chosen = {name: found[0].key if len(found) == 1 else ""} if found else {}
        values = {**self._known(record), **sent.said, **chosen}
        builder = self._builder(record, values, sent.was, problems=told, sent=sent)
        form = replace(builder, found={name: found} if found else {}).form()
        return replace(form, version=sent.version)

    def clash(self, record: Any, sent: Sent, clash: Clash) -> Form:
        """Make the form in which two have written: what only one has changed stands, the rest is to be chosen."""
        rivals = {each.name: each for each in clash.fields}
        values = {**clash.theirs, **{each.name: _standing(each) for each in clash.fields}}
        builder = self._builder(record, values, clash.theirs, sent=sent)
        here = visit()
        latest = latest_step(here.session, here.principal, home=here.consortium, kind=self.kind, key=record.key)
        return replace(replace(builder, rivals=rivals).form(), version=clash.version, latest=latest)

    def _builder(
        self,
        record: Any,
        values: Mapping[str, str],
        was: Mapping[str, str],
        *,
        problems: Problems | None = None,
        sent: Sent | None = None,
        next: str = "",
    ) -> Builder:
        here = visit()
        return Builder(
            kind=self.kind,
            columns=self.columns,
            tags=self.tags,
            speech=here.speech,
            values=values,
            was=was,
            record=record,
            problems=problems or {},
            hints={**hints_at(self.columns, values), **({} if sent else hints_at_codes(here.session, record))},
            choices=self._choices(record),
            sent=sent,
            next=sent.next if sent else next,
            lines=self.lines,
        )

    def _choices(self, record: Any) -> Mapping[str, Choices]:
        """List what can be chosen, in one query for all references that can be changed."""
        here, fixed = visit(), FIXED[self.kind] if record is not None else frozenset()
        kinds = {name: kind for name, kind in self.references.items() if name not in fixed}
        return choices(
            here.session,
            here.principal,
            consortium=here.consortium,
            kinds=kinds,
            language=here.language,
            at_most=MOST_LISTED,
            to_report=True,
        )

    @property
    def references(self) -> Mapping[str, type[Record]]:
        """The kinds of records that fields refer to, by the fields."""
        return {each.name: MODELS[each.group] for each in self.columns if each.kind in {Kind.ONE, Kind.MANY}}

    def find(self, name: str, words: str) -> tuple[Named, ...]:
        """Find what a field can refer to by words in its name: at most 50 records that may be seen."""
        here = visit()
        if len(words.strip()) < FEWEST_LETTERS or name not in self.references:
            return ()
        found = choices(
            here.session,
            here.principal,
            consortium=here.consortium,
            kinds={name: self.references[name]},
            language=here.language,
            words=words[:200],
            at_most=MOST_FOUND,
            to_report=True,
        )
        return found[name].records

    def _known(self, record: Any) -> Mapping[str, str]:
        return present(record, self.columns, language=visit().language) if record is not None else {}

    def _first_language(self) -> str:
        own = visit().language
        return own if own in self.tags else self.tags[0]


def _standing(each: Differing) -> str:
    return each.mine if each.is_open else each.merged
