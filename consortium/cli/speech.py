"""Commands that explain themselves in the user's language."""

import os
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from consortium.cli.misuse import Misused
from consortium.i18n.language import interface_language
from consortium.i18n.message import Message, _, say

F = TypeVar("F", bound=Callable[..., Any])

#: the environment's ways to say a language, strongest first
_PLACES = ("CONSORTIUM_UI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

#: click's headings, and ours
_USAGE = _("Usage")
_HEADINGS = {"Options": _("Options"), "Commands": _("Commands")}


def environment_language(environment: Mapping[str, str] = os.environ) -> str:
    """Choose the language of the interface from the environment; English where it says none of ours."""
    for place in _PLACES:
        if value := environment.get(place):
            return interface_language(value.split(".")[0])
    return "en"


def language_of(context: click.Context | None) -> str:
    """Tell in which language the user of a command is addressed."""
    setting = context.find_root().obj if context else None
    return setting.language if setting else environment_language()


class Option(click.Option):
    """An option whose help is a message."""

    def __init__(self, *args: Any, said: Message, **others: Any) -> None:
        super().__init__(*args, **others)
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Explain the option in the user's language."""
        self.help = self.said.say(language_of(ctx))
        return super().get_help_record(ctx)


def option(*names: str, said: Message, **others: Any) -> Callable[[F], F]:
    """Declare an option that is explained by the message ``said``."""
    return click.option(*names, cls=Option, said=said, **others)


class Formatter(click.HelpFormatter):
    """Lays out a help page under headings in the user's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Say how a command is called."""
        super().write_usage(prog, args, prefix or f"{self._said(_USAGE)}: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(self._said(_HEADINGS.get(heading, heading)))

    def _said(self, heading: Message | str) -> str:
        return say(heading, language_of(click.get_current_context(silent=True)))


class Context(click.Context):
    """A call of a command, with help in the user's language."""

    formatter_class = Formatter


class Spoken(click.Command):
    """What commands and groups have in common: a message as help."""

    context_class = Context

    def __init__(self, *args: Any, said: Message, **others: Any) -> None:
        super().__init__(*args, **others)
        self.said = said

    def speak(self, context: click.Context | None) -> None:
        """Turn the message into the user's language."""
        self.help = self.said.say(language_of(context))
        self.short_help = self.help.split("\n\n", maxsplit=1)[0]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Explain the command in the user's language."""
        self.speak(ctx)
        super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 120) -> str:
        """Explain it in one line."""
        self.speak(click.get_current_context(silent=True))
        return str(super().get_short_help_str(limit))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Explain the option that explains."""
        found = super().get_help_option(ctx)
        if found:
            found.help = _("Show this message and exit.").say(language_of(ctx))
        return found


class Command(Spoken):
    """A command whose help is a message."""


class Group(Spoken, click.Group):
    """A group of commands whose help is a message."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command that was called, or say which there are."""
        if self.get_command(ctx, args[0]) is None:
            raise Misused(
                _("There is no command “{name}”. There are: {known}.").fill(
                    name=args[0], known=", ".join(self.list_commands(ctx))
                )
            )
        return super().resolve_command(ctx, args)


def command(name: str, said: Message) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command that is explained by the message ``said``."""
    return click.command(name, cls=Command, said=said)
