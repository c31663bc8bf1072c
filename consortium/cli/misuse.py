"""What was wrong with how a command was called, in the user's language."""

import click

from consortium.errors import ConsortiumError
from consortium.i18n.message import Message, _


class Misused(ConsortiumError):
    """A command was called in a way that does not exist."""


def explain(fault: click.UsageError) -> Message:
    """Say what was wrong with how a command was called, and where it is explained."""
    where = fault.ctx.command_path if fault.ctx else "consortium"
    return _("{what} See: {where} --help").fill(what=_what(fault), where=where)


def _what(fault: click.UsageError) -> Message:
    if isinstance(fault, click.BadParameter):
        return _value(fault)
    if isinstance(fault, click.NoSuchOption):
        return _("There is no option {name}.").fill(name=fault.option_name)
    if isinstance(fault, click.exceptions.NoArgsIsHelpError):
        return _("A command is missing.")
    return _call(fault)


def _call(fault: click.UsageError) -> Message:
    """Tell the remaining kinds apart by click's words, for want of anything better."""
    name = fault.option_name if isinstance(fault, click.BadOptionUsage) else ""
    if name and fault.message.endswith("requires an argument."):
        return _("The option {name} needs a value.").fill(name=name)
    if name and fault.message.endswith("does not take a value."):
        return _("The option {name} takes no value.").fill(name=name)
    if fault.message.startswith("Got unexpected extra argument"):
        return _("This is more than the command takes: {words}.").fill(
            words=fault.message.partition("(")[2].removesuffix(")")
        )
    return _("The command cannot be read: {reason}").fill(reason=fault.format_message())


def _value(fault: click.BadParameter) -> Message:
    name = fault.param.get_error_hint(fault.ctx) if fault.param and fault.ctx else "?"
    if isinstance(fault, click.MissingParameter):
        return _("{name} is missing.").fill(name=name)
    return _("The value of {name} cannot be used: {reason}").fill(name=name, reason=_reason(fault))


def _reason(fault: click.BadParameter) -> Message | str:
    kind = fault.param.type if fault.param else None
    if isinstance(kind, click.Choice):
        return _("it must be one of {known}.").fill(known=tuple(str(each) for each in kind.choices))
    if isinstance(kind, click.IntRange) and kind.min is not None and kind.max is not None:
        return _("it must be a whole number from {least} to {most}.").fill(least=kind.min, most=kind.max)
    if isinstance(kind, click.types.IntParamType):
        return _("it must be a whole number.")
    if isinstance(kind, click.Path) and fault.message.endswith(" is a directory."):
        return _("it is a folder; name a file.")
    if isinstance(kind, click.Path) and fault.message.endswith(" is not readable."):
        return _("you may not read it.")
    return fault.message
