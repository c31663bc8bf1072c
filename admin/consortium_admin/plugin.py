"""How the admin enters the house: by the guests' door, with the command ``serve``."""

from collections.abc import Iterable

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.errors import ConsortiumError
from consortium.hook import hookimpl
from consortium.i18n.message import _


class AdminMissing(ConsortiumError):
    """The packages that the admin needs are not installed."""


@spoken("serve", _("Start the web admin: to read, on this machine alone."))
@option(
    "--port",
    said=_("Port of the address; 0 takes any that is free."),
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
)
@option("--as-of", said=_("The day of which the pages speak: 2026-06-15. Else today."), metavar="DATE")
@option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")
@pass_setting
def serve(setting: Setting, port: int, as_of: str | None, consortium: str | None) -> None:
    """Serve the admin until somebody stops it."""
    from consortium.i18n.dates import parse_date

    try:
        from consortium_admin.app import create_app
        from consortium_admin.server import open_server, run
    except ModuleNotFoundError as fault:
        raise AdminMissing(
            _("The web admin needs {package}. Install it with: pip install consortium[admin]").fill(package=fault.name)
        ) from fault
    day = parse_date(as_of) if as_of else None
    database = setting.database.require()
    app = create_app(database, reader=setting.principal.name, key=consortium, day=day)
    server = open_server(app, port)
    setting.say(
        _("The admin is at {address}, for this machine alone. Stop it with Ctrl+C.").fill(
            address=f"http://{server.effective_host}:{server.effective_port}/"
        )
    )
    run(server)
    database.engine.dispose()
    setting.say(_("Stopped."))


@hookimpl
def consortium_commands() -> Iterable[click.Command]:
    """Bring the command ``serve``."""
    yield serve
