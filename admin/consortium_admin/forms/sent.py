"""What came back from a form: the values of its fields, and of nothing else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from consortium.services.editing import Differing
from consortium.services.importing.layout import Column, Kind

#: longer numbers are no version of ours
VERSION = re.compile("[0-9]{1,9}")

#: what somebody can choose where two have written
PICKS = ("mine", "theirs", "other")


def asks_first(form: MultiDict[str, str]) -> bool:
    """Tell whether somebody wants more to choose from, or has yet to choose between two versions."""
    rivals = (name.removeprefix("mine.") for name in form if name.startswith("mine."))
    return bool(form.get("wish")) or any(form.get(f"pick.{name}") not in PICKS for name in rivals)


@dataclass(frozen=True)
class Sent:
    """A form that was sent.

    :ivar said: what each field says that was sent; those of a clash, as was chosen
    :ivar was: what each field said when the form was opened
    :ivar version: of the record at that time
    :ivar wish: the field for which more is wanted, matches or places, before anything is kept
    :ivar unchosen: fields that two people have changed, and of which nobody has said whose words shall stand
    """

    said: Mapping[str, str]
    was: Mapping[str, str]
    version: int | None
    receipt: str
    next: str
    wish: str
    unchosen: tuple[Differing, ...] = ()

    @classmethod
    def read(cls, columns: Iterable[Column], form: MultiDict[str, str], *, is_new: bool) -> "Sent":
        """Read the fields of ``columns`` from what was sent; whatever else there is, is passed over."""
        own = tuple(columns)
        names = [column.machine_name for column in own]
        version = form.get("version", "")
        said = {**dict(_values(own, form)), **dict(_ticks(own, form))}
        if is_new and not _is_written(own, said):
            said.pop("source_language", None)
        return cls(
            said=said,
            was={name: form[f"was.{name}"] for name in names if f"was.{name}" in form},
            version=int(version) if VERSION.fullmatch(version) else None,
            receipt=form.get("receipt", "")[:100],
            next=form.get("next", ""),
            wish=form.get("wish", ""),
            unchosen=tuple(_unchosen(names, form)),
        )


def _values(columns: Iterable[Column], form: MultiDict[str, str]) -> Iterator[tuple[str, str]]:
    for column in columns:
        name = column.machine_name
        pick = form.get(f"pick.{name}", "")
        if pick in PICKS[:2] and f"{pick}.{name}" in form:
            yield name, form[f"{pick}.{name}"]
        elif column.kind is Kind.MANY and name in form:
            yield name, ";".join(dict.fromkeys(each.strip() for each in form.getlist(name) if each.strip()))
        elif name in form:
            yield name, form[name]


def _is_written(columns: Iterable[Column], said: Mapping[str, str]) -> bool:
    """Tell whether anything is written in the language that is called the first; else the one that is written is."""
    tag = said.get("source_language", "")
    return any(said.get(each.machine_name, "").strip() for each in columns if each.language == tag)


def _ticks(columns: Iterable[Column], form: MultiDict[str, str]) -> Iterator[tuple[str, str]]:
    for column in columns:
        tick = f"{column.machine_name}.reviewed"
        if column.language and form.get(tick):
            yield tick, "1"


def _unchosen(names: Iterable[str], form: MultiDict[str, str]) -> Iterator[Differing]:
    for name in names:
        if f"mine.{name}" in form and form.get(f"pick.{name}") not in PICKS:
            values = (form.get(f"{part}.{name}", "") for part in ("original", "mine", "theirs"))
            yield Differing(name, *values)
