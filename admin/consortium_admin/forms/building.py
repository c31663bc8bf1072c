"""Builds forms: which control each field gets, with what in it, and what is to be said of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from consortium.documents import Speech, Words
from consortium.i18n.language import INTERFACE_LANGUAGES, language_name
from consortium.i18n.message import Message
from consortium.models import Indicator, Member, Record, SubProject
from consortium.services.editing import FIXED, Differing
from consortium.services.importing.keeping import MODELS
from consortium.services.importing.layout import Column, Kind
from consortium.services.listing import Choices
from consortium.services.naming import Named
from consortium.texts import Piece, Text, TextState, word_difference
from consortium.texts.terms import terms
from consortium_admin import receipts
from consortium_admin.forms.fields import Control, Field, Form, Look, Option, Reading, Rival
from consortium_admin.forms.help import help_for
from consortium_admin.forms.sent import Sent
from consortium_admin.showing import is_proper, shown

#: texts that stand on one line
LINES = frozenset({"name", "title", "unit", "avoid"})

#: the kinds that people know by their key as much as by their name
KEYED = frozenset({SubProject, Indicator})

#: so many codes are shown as radio buttons, more as a menu
FEW = 6

_LOOKS: Mapping[Kind, Look] = {
    Kind.CODE: Look.RADIOS,
    Kind.LANGUAGE: Look.RADIOS,
    Kind.DATE: Look.DAY,
    Kind.NUMBER: Look.FIGURES,
    Kind.MEASURE: Look.FIGURES,
    Kind.WHOLE: Look.WHOLE,
}

#: by kind, and whether there is more to choose from than a list can show
_REFERRING: Mapping[tuple[Kind, bool], Look] = {
    (Kind.ONE, False): Look.MENU,
    (Kind.ONE, True): Look.SEARCH,
    (Kind.MANY, False): Look.MENUS,
    (Kind.MANY, True): Look.LINE,
}


@dataclass(frozen=True)
class Builder:
    """Builds the form of one record.

    :ivar columns: its fields
    :ivar record: ``None`` for a new one
    :ivar values: what stands in the fields
    :ivar was: what stood there when the form was opened
    :ivar problems: what is wrong, by the machine names of fields
    :ivar hints: what is doubtful, likewise
    :ivar choices: by the names of fields that refer to something, what can be chosen there
    :ivar found: by machine name, what a search found
    """

    kind: type[Record]
    columns: tuple[Column, ...]
    tags: tuple[str, ...]
    speech: Speech
    values: Mapping[str, str]
    was: Mapping[str, str]
    record: Any = None
    problems: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    hints: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    choices: Mapping[str, Choices] = field(default_factory=dict)
    found: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)
    rivals: Mapping[str, Differing] = field(default_factory=dict)
    sent: Sent | None = None
    next: str = ""
    lines: frozenset[str] = LINES

    def form(self) -> Form:
        """Build the form."""
        named = {column.machine_name for column in self.columns}
        return Form(
            fields=tuple(self._fields()),
            version=self.record.version if self.record is not None else None,
            receipt=(self.sent.receipt if self.sent else "") or receipts.new(),
            problems=tuple(told for name, each in self.problems.items() if name not in named for told in each),
            next=self.next,
        )

    def _fields(self) -> Iterator[Field]:
        for _name, group in groupby(self._ordered, key=_group):
            own = tuple(group)
            first = own[0]
            yield Field(
                name=first.name,
                heading=first.heading,
                help=help_for(self.kind, first),
                is_required=_is_required(first),
                controls=tuple(self._control(column) for column in own),
                readings=tuple(self._readings(first)),
            )

    @property
    def _ordered(self) -> list[Column]:
        """Put the name first and the key last, which is made of it where nobody cares."""
        shown = [each for each in self.columns if each.name != "source_language" or len(self.tags) > 1]
        return sorted(shown, key=lambda each: (each.name == "key", each.name != self.kind.sorted_by))

    def _control(self, column: Column) -> Control:
        name, look = column.machine_name, self._look(column)
        rival = self.rivals.get(name)
        return Control(
            name=name,
            look=look,
            heading=column.heading,
            value=self.values.get(name, ""),
            was=self.was.get(name, ""),
            language=column.language,
            options=self._options(column, look),
            problems=self.problems.get(name, ()),
            hints=self.hints.get(name, ()),
            shown=shown(self.record, column, self.speech) if look is Look.FIXED else (),
            rival=self._rival(column, rival) if rival and rival.is_open else None,
            is_theirs=bool(rival and not rival.is_open and rival.theirs != rival.original),
            is_reviewed=bool(self.sent and f"{name}.reviewed" in self.sent.said),
            is_required=_is_required(column),
            **self._state(column),
        )

    def _look(self, column: Column) -> Look:
        if self.record is not None and column.name in FIXED[self.kind]:
            return Look.FIXED
        if column.kind is Kind.WORDS:
            return Look.LINE if column.name in self.lines else Look.AREA
        if column.kind in {Kind.ONE, Kind.MANY}:
            is_cut = column.name in self.choices and self.choices[column.name].is_cut
            return _REFERRING[column.kind, is_cut]
        if column.kind is Kind.CODE and len(terms(column.group)) > FEW:
            return Look.MENU
        return _LOOKS.get(column.kind, Look.EMAIL if column.name == "email" else Look.LINE)

    def _options(self, column: Column, look: Look) -> tuple[Option, ...]:
        speech = self.speech
        if look is Look.FIXED:
            return ()
        if column.kind is Kind.CODE:
            codes = terms(column.group)
            return tuple(Option(code, speech.capital(speech.term(column.group, code))) for code in codes)
        if column.kind is Kind.LANGUAGE:
            offered = self.tags if column.name == "source_language" else INTERFACE_LANGUAGES
            tags = dict.fromkeys((*offered, *filter(None, [self.values.get(column.machine_name)])))
            return tuple(Option(tag, speech.plain(_language(tag, speech))) for tag in tags)
        if column.kind in {Kind.ONE, Kind.MANY}:
            kind, choices = MODELS[column.group], self.choices.get(column.name, Choices())
            listed = self.found.get(column.name, ()) if choices.is_cut else choices.records
            return tuple(self._option(kind, each) for each in listed)
        return ()

    def _option(self, kind: type[Member], choice: Named) -> Option:
        words = self.speech.name(choice.title) or self.speech.plain(choice.name or choice.key)
        if kind not in KEYED:
            return Option(choice.key, words)
        return Option(choice.key, (replace(words[0], words=f"{choice.key} · {words[0].words}"),))

    def _state(self, column: Column) -> dict[str, Any]:
        """Say how far the words in a language can be trusted; where there are none in any, nothing is missing."""
        if not column.language or self.record is None:
            return {}
        text: Text = getattr(self.record, column.name)
        if not text or (column.language not in text and is_proper(self.record, column.name)):
            return {}
        state = text.state(column.language)
        if state is not TextState.OUTDATED:
            return {"state": state}
        source = text.versions[column.language].made_from or ""
        return {"state": state, "changed": text.difference(column.language), "source": source}

    def _readings(self, column: Column) -> Iterator[Reading]:
        if self.record is None or column.kind is not Kind.WORDS:
            return
        text: Text = getattr(self.record, column.name)
        yield from (Reading(tag, text.words(tag) or "") for tag in text if tag not in self.tags)

    def _rival(self, column: Column, rival: Differing) -> Rival:
        values = (rival.original, rival.mine, rival.theirs)
        original, mine, theirs = (self._said(column, each) for each in values)
        # words are set beside the first ones; a code or a day is another one or it is not
        first = original if column.kind in {Kind.WORDS, Kind.PLAIN} else None
        return Rival(values, original, _came_of(first, mine), _came_of(first, theirs))

    def _said(self, column: Column, value: str) -> Words:
        """Say what a value means, as it is chosen in the form."""
        names = {option.value: option.words for option in self._options(column, self._look(column))}
        parts = value.split(";") if column.kind is Kind.MANY else [value]
        if not value:
            return ()
        return self.speech.listed(names.get(part) or self.speech.plain(part) for part in parts)


def _came_of(first: Words | None, now: Words) -> tuple[Piece, ...]:
    """Tell how words came of the first ones."""
    words = now[0].words if now else ""
    return (Piece(words, "kept"),) if first is None else word_difference(first[0].words if first else "", words)


def _is_required(column: Column) -> bool:
    return column.name == "source_language" or (column.required and column.name != "key")


def _group(column: Column) -> str:
    """Put the languages of a text together, and nothing else."""
    return column.name if column.kind is Kind.WORDS else column.machine_name


def _language(tag: str, speech: Speech) -> str:
    return language_name(tag, speech.languages[0])
