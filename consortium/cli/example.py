"""``consortium example``: makes the workbook of the invented example."""

from pathlib import Path

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.cli.template import keep_existing
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import _


@spoken("example", _("Make a workbook with the example: an invented project of twelve partners, to try things with."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@option(
    "--language",
    said=_("Language of the headings; else the one in which you are addressed."),
    type=click.Choice(INTERFACE_LANGUAGES),
)
@option("--force", said=_("Replace the file if there is one."), is_flag=True)
@pass_setting
def command(setting: Setting, file: Path, language: str | None, force: bool) -> None:
    """Make the workbook of the example."""
    from consortium.example import write_example

    keep_existing(file, force=force)
    write_example(file, language=language or setting.language)
    setting.say(_("{file} holds the example. Import it with: consortium import {file}").fill(file=str(file)))
