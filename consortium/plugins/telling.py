"""Lets a plugin tell a document: a resident in this process, a guest in one of its own; and adds the sections of others.

A guest's faults end with its process, and what it could not tell is marked in its place. That contains faults, not malice,
unless bubblewrap is on: see :mod:`consortium.plugins.apart.walls`.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from consortium.documents import Block, Details, Document, Speech
from consortium.errors import NotFound
from consortium.facts import Facts, Scope
from consortium.facts.discretion import discreet
from consortium.i18n.message import Message, _
from consortium.plugins.apart.asking import Answer, ask
from consortium.plugins.apart.limits import is_bound, limits_of
from consortium.plugins.apart.reasons import marked, reason
from consortium.plugins.apart.task import Guest, Task
from consortium.plugins.apart.told import Failed
from consortium.plugins.desk import FrontDesk, Plugin
from consortium.variants import ReportVariant
from consortium.variants.parts import Parts
from consortium.variants.section import SectionAddition
from consortium.variants.telling import Telling

Walk = Callable[[], Iterable[Block]]

REPORTS, PAGES, SECTIONS = "consortium_report_variants", "consortium_pages", "consortium_sections"


class Allowing(Protocol):
    """Says what is switched on."""

    def allow(self, plugin: str, key: str, scope: Scope | None = None) -> bool:
        """Tell whether what ``plugin`` brings as ``key`` is on for ``scope``."""


def runs_apart(plugin: Plugin) -> bool:
    """Tell whether a plugin tells in a process of its own: guests do, unless ``CONSORTIUM_GUESTS`` is ``inside``."""
    is_guest = bool(plugin.value) and not plugin.is_resident
    return is_guest and is_bound() and os.environ.get("CONSORTIUM_GUESTS") != "inside"


@dataclass(frozen=True)
class Asked:
    """A document that is asked for.

    :ivar hook: by which its variant was brought: ``consortium_report_variants`` or ``consortium_pages``
    :ivar switches: what is on; everything without them
    """

    desk: FrontDesk
    hook: str
    variant: ReportVariant
    facts: Facts
    speech: Speech
    switches: Allowing | None = None

    @property
    def plugin(self) -> Plugin:
        """The plugin that brought the variant."""
        return self.desk.owner(self.hook, self.variant.key)

    def task(self, what: str, plugin: Plugin) -> Task:
        """Make the task of a process in which ``plugin`` tells."""
        owner, speech = self.plugin, self.speech
        known = [plugin, *([owner] if owner.value and owner is not plugin else [])]
        return Task(
            what,
            tuple(Guest(each.name, each.value) for each in known),
            residents=() if owner.value else (owner.name,),
            hook=self.hook,
            key=self.variant.key,
            languages=speech.languages,
            missing=speech.missing,
            fingerprint=self.facts.fingerprint,
            limits=limits_of(),
        )

    def mark(self, plugin: Plugin, title: Message, key: str, failed: Failed) -> Walk:
        """Make what stands in the place of something that a plugin could not tell, and note the fault."""
        why = reason(failed, limits_of())
        where = ": ".join(dict.fromkeys((self.variant.key, key)))
        plugin.note(f"{where}: {why.say('en')}", failed.at)
        section = marked(plugin.name, title, key, why, self.speech)
        return lambda: (section,)


def tell(asked: Asked) -> Document:
    """Tell the document that is asked for, with the sections that other plugins add to it.

    :raises NotFound: if it is switched off for what the facts are limited to
    """
    plugin, variant = asked.plugin, asked.variant
    if asked.switches and not asked.switches.allow(plugin.name, variant.key, asked.facts.scope):
        told = _("The report “{key}” is switched off here. Staff can switch on what the plugin {plugin} brings.")
        raise NotFound(told.fill(key=variant.key, plugin=plugin.name))
    additions = _additions(asked) if asked.hook == REPORTS else {}
    replaced = tuple(each.chapter for each in additions.values() if each.place == "replace")
    document = _apart(asked, replaced) if runs_apart(plugin) else _inside(asked)
    blocks = document.blocks
    if not additions or not isinstance(blocks, Parts):
        return document
    return replace(document, blocks=Parts(_joined(blocks.walks, additions, _told_sections(asked, additions, blocks))))


def _inside(asked: Asked) -> Document:
    return asked.variant.document(discreet(asked.facts, asked.variant.personal_data), asked.speech)


def _apart(asked: Asked, replaced: tuple[str, ...]) -> Document:
    plugin, variant = asked.plugin, asked.variant
    facts = discreet(asked.facts, variant.personal_data)
    answer = ask(plugin, replace(asked.task("document", plugin), left_out=replaced), facts)
    if answer.document is None:
        failed = answer.failed or Failed("ended", "exit 0")
        return _document(asked, Parts({"fault": asked.mark(plugin, variant.title, variant.key, failed)}))
    walks = {
        name: asked.mark(plugin, variant.title, name, part) if isinstance(part, Failed) else part
        for name, part in answer.parts.items()
    }
    return replace(answer.document, key=variant.key, fingerprint=asked.facts.fingerprint, blocks=Parts(walks))


def _document(asked: Asked, blocks: Parts) -> Document:
    """Make a document of its own for what a plugin has told without one."""
    facts, speech = asked.facts, asked.speech
    return Document(
        key=asked.variant.key,
        title=speech.say(asked.variant.title),
        owner=speech.name(facts.consortium.name),
        languages=speech.languages,
        day=facts.day,
        period=speech.say(_("Status on {day}").fill(day=facts.day)),
        details=Details(()),
        fingerprint=facts.fingerprint,
        blocks=blocks,
    )


def _additions(asked: Asked) -> dict[str, SectionAddition]:
    """Find what others add to the report; where two would replace one chapter, the first one does."""
    found: dict[str, SectionAddition] = {}
    replaced: dict[str, Plugin] = {}
    for key, each in asked.desk.sections.items():
        plugin = asked.desk.owner(SECTIONS, key)
        is_on = asked.switches is None or asked.switches.allow(plugin.name, key, asked.facts.scope)
        if each.report != asked.variant.key or not is_on:
            continue
        if each.place == "replace" and each.chapter in replaced:
            rival = replaced[each.chapter].name
            plugin.note(f"{SECTIONS}: {key!r} is left out: {rival} replaces the chapter {each.chapter!r} already")
            continue
        if each.place == "replace":
            replaced[each.chapter] = plugin
        found[key] = each
    return found


def _told_sections(asked: Asked, additions: Mapping[str, SectionAddition], blocks: Parts) -> Mapping[str, Walk]:
    """Let each plugin tell its sections whose chapter is there."""
    told: dict[str, Walk] = {}
    by_plugin: dict[str, dict[str, SectionAddition]] = {}
    for key, each in additions.items():
        if each.chapter in blocks.walks:
            by_plugin.setdefault(asked.desk.owner(SECTIONS, key).name, {})[key] = each
    for own in by_plugin.values():
        told |= _sections_of(asked, asked.desk.owner(SECTIONS, next(iter(own))), own)
    return told


def _sections_of(asked: Asked, plugin: Plugin, own: Mapping[str, SectionAddition]) -> Mapping[str, Walk]:
    declared = frozenset().union(*(each.personal_data for each in own.values()))
    if not runs_apart(plugin):
        return {key: partial(_section_inside, asked, plugin, each) for key, each in own.items()}
    answer: Answer = ask(
        plugin, replace(asked.task("sections", plugin), sections=tuple(own)), discreet(asked.facts, declared)
    )
    lacking = answer.failed or Failed("ended", "exit 0")
    parts = {key: answer.parts.get(key, lacking) for key in own}
    return {
        key: asked.mark(plugin, own[key].title, key, part) if isinstance(part, Failed) else part
        for key, part in parts.items()
    }


def _section_inside(asked: Asked, plugin: Plugin, section: SectionAddition) -> Iterator[Block]:
    """Tell a section in this process; where it fails, what it has told so far is left out too."""
    telling = Telling(discreet(asked.facts, section.personal_data), asked.speech, asked.variant)  # type: ignore[arg-type]  # one with chapters is headed
    try:
        blocks: Iterable[Block] = list(section.tell(telling))
    except Exception as fault:  # contained: the report is whole without it
        failed = Failed("raised", f"{type(fault).__name__}: {fault}")
        blocks = asked.mark(plugin, section.title, section.key, failed)()
    return iter(blocks)


def _joined(
    walks: Mapping[str, Walk], additions: Mapping[str, SectionAddition], told: Mapping[str, Walk]
) -> Mapping[str, Walk]:
    """Put sections before, after and in the place of chapters."""
    joined: dict[str, Walk] = {}
    for name, walk in walks.items():
        own: dict[str, dict[str, Walk]] = {"before": {}, "replace": {}, "after": {}}
        for key, each in additions.items():
            if each.chapter == name:
                own[each.place][f"section {key}"] = told[key]
        joined |= own["before"] | (own["replace"] or {name: walk}) | own["after"]
    return joined
