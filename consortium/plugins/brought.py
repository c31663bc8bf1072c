"""What each plugin brings, and which of it can be switched off."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consortium.i18n.message import Message, _
from consortium.plugins.desk import FrontDesk, Plugin

#: by hook, what people call what it brings
HOOKS: dict[str, Message] = {
    "consortium_report_variants": _("Reports"),
    "consortium_sections": _("Sections of reports"),
    "consortium_pages": _("Pages"),
    "consortium_submission_checks": _("Checks before a status is submitted"),
    "consortium_text_checks": _("Checks on texts"),
    "consortium_term_bases": _("Terms"),
    "consortium_importers": _("Files that can be imported"),
    "consortium_writers": _("Formats"),
    "consortium_identifier_kinds": _("Numbers of organisations"),
    "consortium_commands": _("Commands"),
    "consortium_catalogs": _("Languages"),
}

#: what records, formats and the command line stand on is always on, and so are words
ALWAYS_ON = frozenset(
    {"consortium_writers", "consortium_identifier_kinds", "consortium_commands", "consortium_catalogs"}
)


@dataclass(frozen=True)
class Brought:
    """Something that a plugin brings.

    :ivar title: what people call it; its key where it has no other name
    :ivar thing: a report variant, a page, a check, …
    """

    hook: str
    key: str
    title: Message | str
    thing: Any

    @property
    def is_switched(self) -> bool:
        """Tell whether it can be switched off."""
        return self.hook not in ALWAYS_ON


def brought_by(desk: FrontDesk, plugin: Plugin) -> tuple[Brought, ...]:
    """List what ``plugin`` brings, hook by hook."""
    return tuple(_walk(desk, plugin))


def _walk(desk: FrontDesk, plugin: Plugin) -> Iterator[Brought]:
    for hook in HOOKS:
        for key, thing in getattr(desk, hook.removeprefix("consortium_")).items():
            if desk.owner(hook, key) is plugin:
                title = getattr(thing, "title", None)
                yield Brought(hook, key, title if isinstance(title, Message) else key, thing)
