"""``consortium plugin preview``: shows a report while it is written."""

from typing import TYPE_CHECKING

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import _

if TYPE_CHECKING:
    from pathlib import Path

    from consortium.preview.server import PreviewServer
    from consortium.preview.sources import Source
    from consortium.preview.stage import Stage


@spoken(
    "preview",
    _(
        "Show a report in the browser, and load it anew whenever you save, for example: consortium plugin preview ./consortium-coast\n\n"
        "An error shows the line of your file. Ctrl+C ends it."
    ),
)
@click.argument("plugin", metavar="NAME_OR_FOLDER")
@option(
    "--on",
    said=_("On which facts: those of the example, or of your own database."),
    type=click.Choice(["example", "own"]),
    default="example",
    show_default=True,
)
@option("--report", said=_("Key of the report, page or section; else the first one."), default="", metavar="KEY")
@option(
    "--language",
    said=_("One language, or two side by side: nb, nb+sv. Else the report’s own."),
    default="",
    metavar="TAG[+TAG]",
)
@option("--port", said=_("Port on this machine; else any that is free."), type=click.IntRange(0, 65535), default=0)
@option("--consortium", said=_("Key of the consortium, where there are several."), default="", metavar="KEY")
@pass_setting
def preview(setting: Setting, /, plugin: str, on: str, port: int, consortium: str, **asked: str) -> None:
    """Show a report until somebody presses Ctrl+C."""
    import signal
    import threading
    from contextlib import suppress

    from consortium.preview.server import PreviewServer
    from consortium.preview.stage import Stage
    from consortium.preview.target import find_target
    from consortium.scratch import scratch_folder

    target = find_target(plugin)
    with scratch_folder() as folder:
        source = _source(setting, on, consortium, folder)
        stage = Stage(target, source, folder, setting.language, asked["report"], asked["language"])
        with _server(stage, port, PreviewServer) as server, suppress(KeyboardInterrupt):
            setting.say(
                _("{name} is shown at {address} (Ctrl+C ends it)").fill(name=target.name, address=server.address)
            )
            watching = threading.Thread(target=stage.watch, args=(lambda shown: _tell(setting, shown),), daemon=True)
            watching.start()
            for sign in (signal.SIGINT, signal.SIGTERM):  # whatever ends it, its files go too
                signal.signal(sign, signal.default_int_handler)
            server.serve_forever()
        stage.end()


def _server(stage: "Stage", port: int, kind: "type[PreviewServer]") -> "PreviewServer":
    from consortium.errors import InvalidValue

    try:
        return kind(stage, port)
    except OSError as fault:
        told = _("Port {port} cannot be used: {reason}. Choose another one with --port.")
        raise InvalidValue(told.fill(port=port, reason=fault.strerror or str(fault)), "port") from fault


def _source(setting: Setting, on: str, consortium: str, folder: "Path") -> "Source":
    from consortium.preview.sources import example_source, own_source

    if on == "own":
        return own_source(setting.principal, setting.database.require(), consortium)
    return example_source(setting.principal, folder)


def _tell(setting: Setting, stage: "Stage") -> None:
    """Say on the terminal what was shown, or which line failed."""
    failure = stage.failure
    if failure is None:
        setting.say(_("Shown."))
    elif failure.file:
        where = _("{file}, line {line}: {fault}")
        setting.say(where.fill(file=failure.file, line=failure.line, fault=failure.words))
    else:
        setting.say(_("It cannot be shown: {fault}").fill(fault=failure.words))
