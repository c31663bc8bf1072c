"""Commands that explain themselves in the user's language."""

import os
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from consortium.i18n.language import interface_language
from consortium.i18n.message import Message, _

F = TypeVar("F", bound=Callable[..., Any])

#: the environment's ways to say a language, strongest first
_PLACES = ("CONSORTIUM_UI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


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


class Spoken:
    """What commands and groups have in common: a message as help."""

    said: Message
    help: str | None
    short_help: str | None

    def speak(self, context: click.Context | None) -> None:
        """Turn the message into the user's language."""
        self.help = self.said.say(language_of(context))
        self.short_help = self.help.split("\n\n", maxsplit=1)[0]


class Command(Spoken, click.Command):
    """A command whose help is a message."""

    def __init__(self, *args: Any, said: Message, **others: Any) -> None:
        super().__init__(*args, **others)
        self.said = said

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Explain the command in the user's language."""
        self.speak(ctx)
        super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 120) -> str:
        """Explain it in one line."""
        self.speak(click.get_current_context(silent=True))
        return str(super().get_short_help_str(limit))


def command(name: str, said: Message) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command that is explained by the message ``said``."""
    return click.command(name, cls=Command, said=said)


def explain(fault: click.UsageError) -> Message:
    """Say what was wrong with how a command was called."""
    where = fault.ctx.command_path if fault.ctx else "consortium"
    if isinstance(fault, click.NoSuchOption):
        return _("There is no option {name}. See: {where} --help").fill(name=fault.option_name, where=where)
    if isinstance(fault, click.MissingParameter):
        name = fault.param.get_error_hint(fault.ctx) if fault.param and fault.ctx else "?"
        return _("{name} is missing. See: {where} --help").fill(name=name, where=where)
    if isinstance(fault, click.BadParameter):
        name = fault.param.get_error_hint(fault.ctx) if fault.param and fault.ctx else "?"
        return _("The value of {name} cannot be used: {reason} See: {where} --help").fill(
            name=name, reason=fault.message, where=where
        )
    return _("The command cannot be read: {reason} See: {where} --help").fill(
        reason=fault.format_message(), where=where
    )
