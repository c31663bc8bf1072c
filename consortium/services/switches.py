"""Switches what plugins bring on and off: for a partner, for a country, or for all of the consortium."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from typing import TypeAlias

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, join, or_, outerjoin, select
from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import InvalidValue, NotFound
from consortium.facts import Scope
from consortium.i18n.message import _
from consortium.models import Consortium, Organisation, Partner, PluginSwitch
from consortium.plugins import Plugin, front_desk
from consortium.plugins.brought import brought_by
from consortium.services.codes import known_code
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.remembered import MEMORY

#: key of a partner, or code of a country; neither for all of the consortium
Place: TypeAlias = tuple[str, str]

EVERYWHERE: Place = ("", "")


@dataclass(frozen=True, slots=True)
class Switched:
    """What somebody has said about a plugin.

    :ivar number: grows with every word, so that the later one of two can be told
    :ivar variant: key of what the plugin brings; empty for all of it
    :ivar partner: key of the partner that it is about, if any
    :ivar is_on: ``None`` takes back what was said there before
    """

    number: int
    plugin: str
    variant: str
    partner: str
    country: str
    is_on: bool | None
    by: str
    at: datetime

    @property
    def place(self) -> Place:
        """Where it counts."""
        return self.partner, self.country


@dataclass(frozen=True)
class Switches:
    """Where what plugins bring is on: what was said last at the narrowest place; where nobody has said anything, it is on.

    A partner is narrower than its country, and a country than the consortium. At one place the last word counts, be it
    about all that a plugin brings or about the very thing.

    :ivar said: the last word on each thing at each place, oldest first
    :ivar countries: of each partner whose country has a word of its own, by their keys
    """

    said: tuple[Switched, ...] = ()
    countries: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _last(self) -> Mapping[tuple[str, str, Place], Switched]:
        return {(each.plugin, each.variant, each.place): each for each in self.said}

    def allow(self, plugin: str, key: str, scope: Scope | None = None) -> bool:
        """Tell whether what ``plugin`` brings as ``key`` is on for ``scope``, or for the consortium as a whole."""
        word = self.why(plugin, key, scope)
        return word is None or bool(word.is_on)

    def why(self, plugin: str, key: str, scope: Scope | None = None) -> Switched | None:
        """Find the word that decides; ``None`` where nobody has said anything."""
        places = _places(scope, self.countries)
        return next((word for place in places if (word := self.at(plugin, key, place))), None)

    def at(self, plugin: str, key: str, place: Place = EVERYWHERE) -> Switched | None:
        """Find the word that counts at one place about ``key``: its own, or a later one about all that ``plugin`` brings."""
        own, all_of_it = self._last.get((plugin, key, place)), self._last.get((plugin, "", place))
        if own and (own.is_on is None or (all_of_it and all_of_it.number > own.number)):
            own = None
        word = own or all_of_it
        return None if word is None or word.is_on is None else word


def _places(scope: Scope | None, countries: Mapping[str, str]) -> Iterator[Place]:
    """Walk the places that count for ``scope``, narrowest first."""
    if scope and scope.kind == "partner":
        yield scope.key, ""
        if country := countries.get(scope.key):
            yield "", country
    if scope and scope.kind == "country":
        yield "", scope.key
    yield EVERYWHERE


def switched(session: Session, *, consortium: Consortium, until: datetime | None = None) -> Switches:
    """Read where what plugins bring is on, for code that offers or uses it.

    Words are only ever added, so that the last one tells whether there are others; after a restore, its number may be that
    of another one.

    :param until: as it stood at that moment, for a report that is made again as it was; at present without
    """
    if until:
        return _switched(session, consortium, until)
    last = session.execute(_LAST, {"home": consortium.id}).first()
    if last is None:
        return Switches()
    key = ("switches", consortium.id, *last)
    return MEMORY.recall(session, key, lambda: _switched(session, consortium, None), of=(Partner, Organisation))


#: written once, as every form asks for it
_LAST = (
    select(PluginSwitch.id, PluginSwitch.at, PluginSwitch.plugin, PluginSwitch.variant, PluginSwitch.is_on)
    .where(PluginSwitch.consortium_id == bindparam("home"))
    .order_by(PluginSwitch.id.desc())
    .limit(1)
)


def _switched(session: Session, consortium: Consortium, until: datetime | None) -> Switches:
    mine = [PluginSwitch.consortium_id == consortium.id, *([PluginSwitch.at <= until] if until else [])]
    about = (PluginSwitch.plugin, PluginSwitch.variant, PluginSwitch.partner_id, PluginSwitch.country)
    last = select(func.max(PluginSwitch.id)).where(*mine).group_by(*about)
    said: dict[int, Switched] = {}
    countries: dict[str, str] = {}
    for row, partner in session.execute(_told(PluginSwitch.id.in_(last)).order_by(PluginSwitch.id)):
        if row.country and partner:  # a line for each partner there
            countries[partner] = row.country
        said[row.id] = _word(row, "" if row.country else partner or "")
    return Switches(tuple(said.values()), countries)


def is_on(
    session: Session, *, consortium: Consortium, plugin: str, variant: str = "", scope: Scope | None = None
) -> bool:
    """Tell whether a plugin, or what it brings as ``variant``, is on for ``scope``."""
    return switched(session, consortium=consortium).allow(plugin, variant, scope)


def switch_history(
    session: Session, principal: Principal, *, consortium: Consortium, plugin: str = ""
) -> tuple[Switched, ...]:
    """List what was said about a plugin, or about all, newest first; nothing to whom it is not told."""
    criteria = [PluginSwitch.consortium_id == consortium.id, visible(principal, PluginSwitch)]
    if plugin:
        criteria.append(PluginSwitch.plugin == plugin)
    query = select(PluginSwitch, Partner.key).outerjoin(PluginSwitch.partner).where(*criteria)
    rows = session.execute(query.order_by(PluginSwitch.id.desc()))
    return tuple(_word(row, partner or "") for row, partner in rows)


def switch(  # of what, where, and whether
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    plugin: str,
    variant: str = "",
    partner: str = "",
    country: str = "",
    is_on: bool | None,
) -> bool:
    """Switch a plugin, or what it brings as ``variant``, on or off for a partner, a country or all of the consortium.

    Return whether that changed anything: what was said at that very place already is not kept twice.

    :param partner: key of the partner
    :param is_on: ``None`` takes back what was said there, so that the country's or the consortium's word counts again
    :raises NotPermitted: if ``principal`` is not staff
    :raises NotFound: if there is no such plugin or partner, or the plugin brings no such thing
    :raises InvalidValue: if it cannot be switched, or not at such a place
    """
    row = PluginSwitch(
        consortium_id=consortium.id, plugin=plugin, variant=variant, is_on=is_on, by=principal.name, at=clock.now()
    )
    demand(session, principal, Verb.ADD, row)
    if partner and country:
        told = _("A plugin is switched for a partner or for a country. Choose one of them.")
        raise InvalidValue(told, "country")
    _demand_switchable(plugin, variant)
    row.country = known_code("country", country) if country else ""
    row.partner_id = _partner(session, principal, consortium, partner) if partner else None
    if _is_said(switched(session, consortium=consortium), row, (partner, row.country)):
        return False
    session.add(row)
    session.flush()
    return True


def _is_said(present: Switches, row: PluginSwitch, place: Place) -> bool:
    """Tell whether all that a new word is about has the same one at its place already."""
    keys = {each.variant for each in present.said if (each.plugin, each.place) == (row.plugin, place)}
    about = {row.variant} if row.variant else {"", *keys}
    words = (present.at(row.plugin, key, place) for key in about)
    return all((word.is_on if word else None) is row.is_on for word in words)


def find_plugin(name: str) -> Plugin:
    """Find a plugin by its name.

    :raises NotFound: if there is none
    """
    plugins = {plugin.name: plugin for plugin in front_desk().plugins}
    if name not in plugins:
        guests = tuple(key for key, each in plugins.items() if not each.is_resident)
        told = _("There is no plugin “{name}”. There are: {known}.")
        raise NotFound(told.fill(name=name[:80], known=guests or "–"))
    return plugins[name]


def switchable(plugin: Plugin) -> tuple[str, ...]:
    """List the keys of what ``plugin`` brings and what can be switched off."""
    if plugin.is_resident:
        return ()
    return tuple(dict.fromkeys(each.key for each in brought_by(front_desk(), plugin) if each.is_switched))


def _demand_switchable(name: str, variant: str) -> None:
    """Insist that there is something to be switched."""
    plugin = find_plugin(name)
    if plugin.is_resident:
        raise InvalidValue(_("“{name}” is a part of Consortium itself and always on.").fill(name=name), "plugin")
    known = switchable(plugin)
    if plugin.module is not None and not known:
        told = _("“{name}” brings nothing that can be switched off: its formats, numbers and commands are always on.")
        raise InvalidValue(told.fill(name=name), "plugin")
    if variant and variant not in known:
        told = _("The plugin “{name}” brings no “{key}” that can be switched. It brings: {known}.")
        raise NotFound(told.fill(name=name, key=variant[:80], known=known or "–"))


def _partner(session: Session, principal: Principal, consortium: Consortium, key: str) -> int:
    query = select(Partner.key, Partner.id).where(Partner.consortium_id == consortium.id, visible(principal, Partner))
    known = dict(session.execute(query).all())
    if key in known:
        return known[key]
    told = _("There is no partner “{key}” in this consortium.").fill(key=key[:80])
    near = get_close_matches(key, known, n=1)
    raise NotFound(_("{sentence} Do you mean {tag}?").fill(sentence=told, tag=near[0]) if near else told)


def _told(criterion: ColumnElement[bool]) -> Select[PluginSwitch, str]:
    """Select words with the keys of the partners that they are about: with all of a country, where they are about that."""
    of_country = and_(PluginSwitch.country != "", Organisation.country == PluginSwitch.country)
    meant = and_(
        Partner.consortium_id == PluginSwitch.consortium_id, or_(Partner.id == PluginSwitch.partner_id, of_country)
    )
    partners = join(Partner, Organisation, Partner.organisation_id == Organisation.id)
    return select(PluginSwitch, Partner.key).select_from(outerjoin(PluginSwitch, partners, meant)).where(criterion)


def _word(row: PluginSwitch, partner: str) -> Switched:
    return Switched(row.id, row.plugin, row.variant, partner, row.country, row.is_on, row.by, row.at)
