"""A trial of one plugin: it is let in beside the residents and asked for everything."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, cached_property
from importlib.metadata import EntryPoint
from itertools import islice
from pathlib import Path
from typing import Any

from consortium import hookspecs
from consortium.documents import Document, Speech
from consortium.facts import Facts, IdentifierKind, Stream
from consortium.facts.importer import Importer
from consortium.facts.submission import Submission, SubmissionCheck
from consortium.i18n.message import Message
from consortium.plugins.desk import GROUP, FrontDesk, Plugin
from consortium.proving import facts
from consortium.proving.telling import Listening, Told, told_section, told_variant
from consortium.proving.walking import words_in
from consortium.texts.check import TextCheck
from consortium.variants import ReportVariant
from consortium.variants.page import Page
from consortium.variants.section import SectionAddition

#: the hooks, without what all their names begin with
HOOKS = tuple(name.removeprefix("consortium_") for name in dir(hookspecs) if name.startswith("consortium_"))

#: what can be tried, by the hook that brings it
KINDS: dict[str, type] = {
    "report_variants": ReportVariant,
    "pages": Page,
    "sections": SectionAddition,
    "text_checks": TextCheck,
    "submission_checks": SubmissionCheck,
    "identifier_kinds": IdentifierKind,
    "importers": Importer,
}

#: the languages in which documents are told
SPOKEN = (("nb",), ("sv",), ("nb", "sv"), ("sv", "nb"))


class Trial:
    """A plugin, what it brings, and the facts that it is tried on; each is made when it is first asked for.

    :ivar name: import name of its module, as in its entry point
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def desk(self) -> FrontDesk:
        """A front desk with the residents and this plugin."""
        return FrontDesk(guests=(EntryPoint(self.name, self.name, GROUP),))

    @cached_property
    def plugin(self) -> Plugin:
        """The plugin as the desk knows it, after it has been asked for everything."""
        for hook in HOOKS:
            getattr(self.desk, hook)
        return next(each for each in self.desk.plugins if each.name == self.name)

    @property
    def is_in(self) -> bool:
        """Tell whether it could be let in."""
        return self.plugin.module is not None

    @property
    def folder(self) -> Path:
        """The folder of its package, or its only file."""
        path = Path(str(self.plugin.module.__file__) if self.plugin.module else "")
        return path.parent if path.name == "__init__.py" else path

    def brought(self, hook: str) -> list[Any]:
        """List what it brings to a hook, also what the desk leaves out because it has a rival."""
        return [each for plugin, each in self.desk.ask(f"consortium_{hook}", object) if plugin.name == self.name]

    def kept(self, hook: str) -> list[Any]:
        """List what it brings to a hook and is of the kind that the hook asks for; whatever else it brings is a fault."""
        kind = KINDS[hook]
        return [each for each in self.brought(hook) if isinstance(each, kind)]

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """All that it tells as a document."""
        reports = self.desk.report_variants
        return (
            *(told_variant(each, "report") for each in self.kept("report_variants")),
            *(told_variant(each, "page") for each in self.kept("pages")),
            *(told_section(each, reports.get(each.report)) for each in self.kept("sections")),
        )

    def documents(self, told: Facts, *, speak: type[Speech] = Speech) -> Iterator[tuple[Told, Document]]:
        """Walk its documents in every language, and in two."""
        for each in self.told:
            for languages in SPOKEN:
                yield each, each.document(told, speak(languages))

    def submissions(self) -> Iterator[Submission]:
        """Walk submissions of every state, and one with odd words."""
        whole = whole_facts()
        for each in (*whole.sub_projects, *(odd for odd in huge_facts().sub_projects if odd.key.endswith("0"))):
            if each.current:
                own = tuple(whole.partner[key] for key in each.partners)
                yield Submission(whole.consortium, whole.day, each, own, each.current)

    @cached_property
    def said(self) -> tuple[Message, ...]:
        """The messages that it says: titles, and what stands in its documents."""
        titles = [each.title for hook in HOOKS for each in self.brought(hook) if hasattr(each, "title")]
        found = dict.fromkeys(title for title in titles if isinstance(title, Message))
        for each in self.told:
            speech = Listening(("nb", "sv"))
            deque(words_in(each.document(whole_facts(), speech)), maxlen=0)
            found |= speech.messages
        return tuple(found)


@cache
def whole_facts() -> Facts:
    """Make the whole facts once."""
    return facts.whole_facts()


@cache
def huge_facts() -> Facts:
    """Make the huge facts once."""
    return facts.huge_facts()


def few(told: Facts, count: int) -> Facts:
    """Take the first sub-projects of facts, and the rest as it is."""
    return replace(told, sub_projects=Stream(lambda: islice(told.sub_projects, count)))
