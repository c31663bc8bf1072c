"""``consortium template``: makes a workbook to fill in."""

from pathlib import Path

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import _


@spoken(
    "template",
    _("Make a workbook to fill in: a sheet for each kind of record, a note on every column, lists to choose from."),
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@option(
    "--language",
    said=_("Language of the headings; else the one in which you are addressed."),
    type=click.Choice(INTERFACE_LANGUAGES),
)
@option("--texts", said=_("Languages of the texts, with commas between them."), default="nb,sv", show_default=True)
@option("--force", said=_("Replace the file if there is one."), is_flag=True)
@pass_setting
def command(setting: Setting, file: Path, language: str | None, texts: str, force: bool) -> None:
    """Make an empty workbook."""
    from consortium.services.codes import known_languages
    from consortium.services.importing import write_workbook

    keep_existing(file, force=force)
    tags = tuple(known_languages(texts).split(","))
    write_workbook(file, language=language or setting.language, tags=tags)
    setting.say(_("{file} is ready to be filled in. Import it with: consortium import {file}").fill(file=str(file)))


def keep_existing(file: Path, *, force: bool) -> None:
    """Insist that no file is overwritten without being asked.

    :raises InvalidValue: if there is one
    """
    from consortium.errors import InvalidValue

    if file.exists() and not force:
        raise InvalidValue(
            _("{file} is already there. Choose another name, or say --force to replace it.").fill(file=str(file))
        )
