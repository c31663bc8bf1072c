"""What every command needs: the database, the language, the principal, and a voice."""

import getpass
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

from consortium.i18n.message import Message

if TYPE_CHECKING:
    from rich.progress import Progress

    from consortium.models import Database
    from consortium.services.policy import Principal

#: where the database is unless somebody says otherwise
DEFAULT_DATABASE = "sqlite:///var/consortium.sqlite"


@dataclass
class Setting:
    """How the user called us."""

    url: str
    language: str

    @cached_property
    def database(self) -> "Database":
        """The database, which may not be there yet."""
        from consortium.models import Database

        return Database(self.url)

    @property
    def principal(self) -> "Principal":
        """The operator: whoever works on this machine."""
        from consortium.services.policy import operator

        name = os.environ.get("CONSORTIUM_OPERATOR", "")
        with suppress(OSError, KeyError, ImportError):
            name = name or getpass.getuser()
        return operator(name or "operator")

    def say(self, message: Message) -> None:
        """Say something on standard output."""
        click.echo(message.say(self.language))

    def progress(self) -> "Progress":
        """Make a progress bar that shows itself on a terminal only."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


pass_setting = click.make_pass_decorator(Setting)
