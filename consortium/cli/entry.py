"""The command ``consortium``: finds its commands by name, and turns errors into a line and an exit code."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from itertools import pairwise

import click

from consortium import __version__
from consortium.cli.misuse import Misused, explain
from consortium.cli.setting import DEFAULT_DATABASE, Setting
from consortium.cli.speech import Group, Option, environment_language, language_of
from consortium.errors import ConsortiumError, DatabaseProblem, ImportRefused, ManyProblems, NotPermitted
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import Message, _, _n
from consortium.plugin_log import plugin_log, state_folder

#: our own commands: the name, and the module that has it as ``command``
COMMANDS = {
    "backup": "consortium.cli.backup",
    "check": "consortium.cli.check",
    "doctor": "consortium.cli.doctor",
    "example": "consortium.cli.example",
    "export": "consortium.cli.export",
    "gathering": "consortium.cli.gathering",
    "history": "consortium.cli.history",
    "import": "consortium.cli.importing",
    "init": "consortium.cli.init",
    "mail": "consortium.cli.mail",
    "move": "consortium.cli.move",
    "overdue": "consortium.cli.overdue",
    "period": "consortium.cli.period",
    "person": "consortium.cli.person",
    "plugin": "consortium.cli.plugin",
    "report": "consortium.cli.report",
    "restore": "consortium.cli.restore",
    "search": "consortium.cli.search",
    "snapshot": "consortium.cli.snapshot",
    "template": "consortium.cli.template",
}

#: what the exit codes mean; they are told by ``consortium --help``
DONE, REFUSED, MISUSED, UNREACHABLE, FORBIDDEN = 0, 1, 2, 3, 4

#: problems of a file that are told one by one
MOST_PROBLEMS = 50


class House(Group):
    """The commands of the house, and after them those that plugins bring."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List our own commands and those of the plugins."""
        from consortium.plugins import front_desk

        return sorted({*COMMANDS, *front_desk().commands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command when it is called."""
        if cmd_name in COMMANDS:
            found: click.Command = import_module(COMMANDS[cmd_name]).command
            return found
        from consortium.plugins import front_desk

        # a command of the house's own needs no guests, and a server proves them before it lets them in
        return front_desk().own_command(cmd_name) or front_desk().commands.get(cmd_name)


HELP = _(
    "Consortium: status, gatherings and commitments of cross-border projects and networks, in two languages.\n\n"
    "Begin like this: make a workbook with “consortium template”, fill it in, “consortium init”, “consortium import FILE”, and then "
    "“consortium report status-summary --output summary.pdf”.\n\n"
    "Exit codes: 0 done, 1 refused (the message says why), 2 called wrongly, 3 database out of reach, 4 not permitted."
)


@click.group(
    "consortium",
    cls=House,
    said=HELP,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(version)s", cls=Option, said=_("Show the version and exit."))
@click.option(
    "--database",
    cls=Option,
    said=_(
        "Address of the database: sqlite:///FILE or postgresql://HOST/NAME. Else CONSORTIUM_DATABASE_URL, else var/consortium.sqlite."
    ),
    metavar="URL",
)
@click.option(
    "--ui-language",
    cls=Option,
    said=_("Language in which you are addressed. Else the environment’s, else English."),
    type=click.Choice(INTERFACE_LANGUAGES),
    is_eager=True,
    callback=lambda ctx, _param, value: _remember(ctx, value),
)
@click.pass_context
def house(context: click.Context, database: str | None, ui_language: str) -> None:
    """Remember how the user called us."""
    context.obj = Setting(database or os.environ.get("CONSORTIUM_DATABASE_URL") or DEFAULT_DATABASE, ui_language)
    plugin_log.folder = state_folder(context.obj.url)


def _remember(context: click.Context, language: str | None) -> str:
    """Let ``--help`` know the language, which click prints before the command runs."""
    chosen = language or environment_language()
    context.obj = Setting("", chosen)
    return chosen


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # better a “?” than no answer at all
    try:
        code = run(sys.argv[1:] if arguments is None else list(arguments))
    except BrokenPipeError:  # whoever read us has read enough
        _stop_writing()
        code = REFUSED
    sys.exit(code)


def _stop_writing() -> None:
    """Let what Python still wants to write when it ends go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # it is no file
            os.dup2(nowhere, stream.fileno())


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; errors are told in one line each, without a traceback."""
    language = _asked_language(arguments)
    try:
        if not arguments:
            arguments = ["--help"]
        return int(house.main(arguments, prog_name="consortium", standalone_mode=False) or DONE)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo(_("Stopped.").say(language), err=True)
        return REFUSED
    except click.UsageError as fault:
        click.echo(explain(fault).say(language_of(fault.ctx) if fault.ctx else language), err=True)
        return MISUSED
    except ConsortiumError as fault:
        _tell(fault, language)
        return _code(fault)
    except BrokenPipeError:
        raise
    except OSError as fault:  # a disk that is full, for example, where a command says that it is done
        click.echo(_failed(fault).say(language), err=True)
        return REFUSED


def _failed(fault: OSError) -> Message:
    reason = fault.strerror or str(fault)
    what = f"{fault.filename}: {reason}" if fault.filename else reason
    told = _("Something has failed on this machine: {reason}. See what was done before you try again.")
    return told.fill(reason=what)


def _asked_language(arguments: Sequence[str]) -> str:
    """Find out in which language to tell an error, also when the arguments cannot be read."""
    words = [part for argument in arguments for part in argument.split("=", 1)]
    for option, value in pairwise(words):
        if option == "--ui-language" and value in INTERFACE_LANGUAGES:
            return value
    return environment_language()


def _tell(fault: ConsortiumError, language: str) -> None:
    click.echo(fault.say(language), err=True)
    problems = fault.problems if isinstance(fault, ManyProblems) else ()
    for problem in problems[:MOST_PROBLEMS]:
        click.echo(f"  {problem.say(language)}", err=True)
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        click.echo("  " + _n("and {count} more.", "and {count} more.", more).say(language), err=True)
    if isinstance(fault, ImportRefused):
        click.echo(_("Nothing was changed.").say(language), err=True)


def _code(fault: ConsortiumError) -> int:
    if isinstance(fault, DatabaseProblem):
        return UNREACHABLE
    if isinstance(fault, NotPermitted):
        return FORBIDDEN
    return MISUSED if isinstance(fault, Misused) else REFUSED
