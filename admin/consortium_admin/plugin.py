"""How the admin enters the house: by the guests' door, with the commands ``serve`` and ``account``."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.hook import hookimpl
from consortium.i18n.message import _
from consortium_admin.accounts.commands import account, needing_admin, settings_of

if TYPE_CHECKING:
    from flask import Flask

    from consortium.models import Database
    from consortium_admin.settings import Settings


@spoken("serve", _("Start the web admin: on this machine alone, unless CONSORTIUM_ADDRESS says how others reach it."))
@option(
    "--port",
    said=_("Port of the address; 0 takes any that is free."),
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
)
@option(
    "--host", said=_("Address to listen on, where CONSORTIUM_ADDRESS is set. Else this machine alone."), metavar="IP"
)
@option("--as-of", said=_("The day of which the pages speak: 2026-06-15. Else today."), metavar="DATE")
@option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")
@option(
    "--demo",
    said=_(
        "Make an account for each role, with new passwords that are printed. For the example alone, never for real work."
    ),
    is_flag=True,
)
@pass_setting
def serve(  # each option of the command is a parameter
    setting: Setting, /, port: int, host: str | None, as_of: str | None, consortium: str | None, demo: bool
) -> None:
    """Serve the admin until somebody stops it."""
    from consortium.i18n.dates import parse_date

    day = parse_date(as_of) if as_of else None
    with needing_admin(), ExitStack() as open_things:
        from consortium.plugins import front_desk
        from consortium.plugins.apart.proving import prove
        from consortium_admin.app import create_app
        from consortium_admin.server import LOOPBACK, open_port, open_server, run

        settings = settings_of(setting, host=host or "", demo=demo)
        database = setting.database.require()
        front_desk().refuse(prove)
        open_things.callback(database.engine.dispose)
        door = open_things.enter_context(open_port(port, host or LOOPBACK))
        if not settings.is_public:
            settings = replace(settings, address=f"http://localhost:{door.getsockname()[1]}")
        app = create_app(database, settings=settings, key=consortium, day=day)
        if demo:
            from consortium_admin.accounts.demo import make_accounts

            make_accounts(app, setting)
        _deliver_letters(app, database, open_things)
        server = open_server(app, door, settings)
        _say_where(setting, settings)
        run(server)
    setting.say(_("Stopped."))


def _deliver_letters(app: "Flask", database: "Database", open_things: ExitStack) -> None:
    """Let letters leave from this process, unless the environment says that another one sends them."""
    from consortium.jobs.worker import worker_by_setting
    from consortium_admin.accounts.letters import WORKER

    if worker := worker_by_setting(database):
        app.extensions[WORKER] = open_things.enter_context(worker)


def _say_where(setting: Setting, settings: "Settings") -> None:
    told = _("The admin is at {address}, for this machine alone. Stop it with Ctrl+C.")
    if settings.is_public:
        told = _("The admin is at {address}. Stop it with Ctrl+C.")
    setting.say(told.fill(address=f"{settings.address}/"))


@hookimpl
def consortium_commands() -> Iterable[click.Command]:
    """Bring the commands."""
    yield serve
    yield account
