"""``consortium export``: writes all records of a consortium into a file."""

from pathlib import Path

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import _


@spoken(
    "export",
    _(
        "Write all records of a consortium into a file, which “consortium import” reads again.\n\n"
        "The ending says in which form: .jsonl (JSON Lines, which loses nothing), .xlsx (a workbook to go on with), .csv (one sheet), "
        ".zip (a CSV file for each sheet)."
    ),
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")
@option(
    "--language",
    said=_("Language of a workbook’s headings; else the one in which you are addressed."),
    type=click.Choice(INTERFACE_LANGUAGES),
)
@option("--sheet", said=_("The sheet that a CSV file holds, unless its name says so."), metavar="NAME")
@option("--force", said=_("Replace the file if there is one."), is_flag=True)
@pass_setting
def command(
    setting: Setting, file: Path, consortium: str | None, language: str | None, sheet: str | None, force: bool
) -> None:
    """Export a consortium."""
    from consortium.cli.template import keep_existing
    from consortium.services.consortia import find_consortium
    from consortium.services.exporting import export_records

    keep_existing(file, force=force)
    database = setting.database.require()
    with setting.progress() as progress, database.read() as session:
        progress.add_task(_("Exporting").say(setting.language), total=None)
        found = find_consortium(session, setting.principal, consortium)
        export_records(
            session,
            setting.principal,
            consortium=found,
            path=file,
            language=language or setting.language,
            sheet=sheet,
        )
    setting.say(_("The export is in {path}.").fill(path=str(file)))
