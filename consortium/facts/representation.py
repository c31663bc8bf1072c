"""Who is represented at a gathering: how many of the members are there, by type of organisation and by country."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from consortium.facts.gatherings import RECORDED
from consortium.i18n.message import Message, _
from consortium.texts.terms import Form, Term, term, terms


class Attending(Protocol):
    """An answer to an invitation: of which organisation, and which."""

    @property
    def organisation(self) -> str:
        """The key of the organisation."""

    @property
    def state(self) -> str:
        """The code of the answer."""


class Belonging(Protocol):
    """An organisation that takes part in a consortium."""

    @property
    def key(self) -> str:
        """The key of the organisation."""

    @property
    def type(self) -> str:
        """The code of its type."""

    @property
    def country(self) -> str:
        """The code of its country."""


class Joining(Protocol):
    """Somebody who takes part from one day to another."""

    @property
    def joined(self) -> date:
        """The first day."""

    @property
    def left(self) -> date | None:
        """The first day without them."""


J = TypeVar("J", bound=Joining)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the members there are.

    :ivar kind: code of the type of organisation that is counted; empty for all types
    :ivar country: code of the country that is counted; empty for all countries
    """

    present: int
    members: int
    kind: str = ""
    country: str = ""

    @property
    def percent(self) -> int:
        """The share of the members in whole per cent; a half is rounded up."""
        return (200 * self.present + self.members) // (2 * self.members) if self.members else 0


@dataclass(frozen=True, slots=True)
class Representation:
    """Who is represented at a gathering.

    :ivar types: a count for each type of organisation that has members, in the order of the term base
    :ivar countries: a count for each country that has members
    :ivar parts: a count for each type in each country
    :ivar guests: keys of the organisations that are there and are no members, in the order of the attendance
    :ivar is_expected: tells that nobody has been there yet, so that those who have accepted are counted
    """

    total: Count
    types: tuple[Count, ...]
    countries: tuple[Count, ...]
    parts: tuple[Count, ...]
    guests: tuple[str, ...]
    is_expected: bool


def members_on(partners: Iterable[J], day: date) -> tuple[J, ...]:
    """Return the partners that take part on ``day``."""
    return tuple(each for each in partners if each.joined <= day and (each.left is None or day < each.left))


def representation(
    attendance: Iterable[Attending], members: Sequence[Belonging], *, has_begun: bool, is_recorded: bool = False
) -> Representation:
    """Count who is represented; an organisation is as soon as one of its people is.

    :param members: who takes part on the first day of the gathering, see :func:`members_on`
    :param has_begun: before a gathering, and while nobody has written down who came, those who have accepted are counted
    :param is_recorded: tells that it is written down who came, also where none of ``attendance`` did
    """
    rows = list(attendance)
    is_expected = not has_begun or not (is_recorded or any(row.state in RECORDED for row in rows))
    counted = {"attended", "accepted"} if is_expected else {"attended"}
    there = dict.fromkeys(row.organisation for row in rows if row.state in counted)
    types, countries = terms("organisation_type"), terms("country")
    known = {member.key for member in members}
    return Representation(
        total=_count(there, members),
        types=_some(_count(there, members, kind) for kind in types),
        countries=_some(_count(there, members, country=country) for country in countries),
        parts=_some(_count(there, members, kind, country) for country in countries for kind in types),
        guests=tuple(key for key in there if key not in known),
        is_expected=is_expected,
    )


def _count(there: Container[str], members: Iterable[Belonging], kind: str = "", country: str = "") -> Count:
    own = [each for each in members if kind in {"", each.type} and country in {"", each.country}]
    return Count(sum(each.key in there for each in own), len(own), kind, country)


def _some(counts: Iterable[Count]) -> tuple[Count, ...]:
    return tuple(count for count in counts if count.members)


class _Kinds(Message):
    """The type of so and so many organisations: ``kommune``, ``kommuner``; of any type they are partners."""

    def say(self, language: str) -> str:
        """Say what one or several of the type are called."""
        form: Form = "common" if self.count == 1 else "plural"
        if self.words:
            return term("organisation_type", self.words, language, form)
        return term("belonging", "partner", language, form)


#: types with two words joined by “or”, of which one cannot say “both”
_TWOFOLD = frozenset({"region", "university"})


def told(count: Count) -> Message:
    """Say a count: ``11 of 14 partners``, ``1 of 3 city districts``, ``both the hospital trusts``."""
    said = _told_of_all(count).fill(present=count.present)
    if not count.country:
        return said
    return _("{members} in {country}").fill(members=said, country=Term(count.country, context="country"))


def _told_of_all(count: Count) -> Message:
    if count.kind and count.present == count.members == 2 and count.kind not in _TWOFOLD:  # noqa: PLR2004  # that is what “both” means
        return _("both {organisations}").fill(organisations=_whole(count))
    kinds = _Kinds(count.kind, count=count.members)
    return _("{present} of {members} {organisations}").fill(members=count.members, organisations=kinds)


def told_share(count: Count) -> Message:
    """Say the share of a type of organisation, or of all members: ``52 per cent of the municipalities``."""
    said = _("{percent} per cent of {organisations}").fill(percent=count.percent, organisations=_whole(count))
    if not count.country:
        return said
    return _("{members} in {country}").fill(members=said, country=Term(count.country, context="country"))


def told_whole(found: Representation, *, has_begun: bool = False) -> Message:
    """Say in a line who is represented, first of all members, then type by type.

    :param has_begun: whoever is only expected at a gathering that has begun is not said to be still to come
    """
    if not found.types:
        return _("Nobody was a partner on that day.")
    line = _("Present: {members} ({types}).")
    if found.is_expected:
        line = _("Had accepted: {members} ({types}).") if has_begun else _("Expected: {members} ({types}).")
    return line.fill(members=told(found.total), types=tuple(map(told, found.types)))


def _whole(count: Count) -> Message:
    """Name all organisations of a type: ``the municipalities``; or all partners."""
    if not count.kind:
        return Term("partner", context="belonging_whole")
    return Term(count.kind, context="organisation_type_whole")
