"""``consortium import``: brings a workbook, CSV files or an export into the database."""

from pathlib import Path

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import Message, _


@spoken(
    "import",
    _(
        "Bring a workbook (.xlsx), a CSV file (.csv), a ZIP file of those or an export (.jsonl) into the database, as a whole or not at all.\n\n"
        "An empty cell changes nothing, a dash (–) takes a value away. The same file twice changes nothing."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@option("--dry-run", said=_("Say what would change, and change nothing."), is_flag=True)
@option(
    "--consortium", said=_("Key of the consortium, where the file does not say and there are several."), metavar="KEY"
)
@option("--new", said=_("Let the file begin another consortium beside those that there are."), is_flag=True)
@pass_setting
def command(setting: Setting, file: Path, dry_run: bool, consortium: str | None, new: bool) -> None:
    """Import a file."""
    from consortium.services.exporting import import_lines
    from consortium.services.importing import import_file

    bring = import_lines if file.suffix.lower() == ".jsonl" else import_file
    database = setting.database.require()
    with setting.progress() as progress, database.write() as session:
        bar = progress.add_task(_("Importing").say(setting.language), total=None)
        result = bring(
            session,
            setting.principal,
            path=file,
            consortium=consortium,
            new=new,
            progress=lambda _sheet, done, total: progress.update(bar, completed=done, total=total),
        )
        if dry_run:
            session.rollback()
    for line in _summary(result, dry_run=dry_run):
        setting.say(line)


def _summary(result: object, *, dry_run: bool) -> list[Message]:
    from consortium.services.importing import LAYOUT, ImportResult

    assert isinstance(result, ImportResult)  # noqa: S101  # for the type; imported late to keep the command light
    lines = []
    for sheet in LAYOUT:
        added, changed, same = result.added[sheet.name], result.changed[sheet.name], result.unchanged[sheet.name]
        if added or changed or same:
            line = _("{sheet}: {added} new, {changed} changed, {same} as before")
            lines.append(line.fill(sheet=sheet.heading, added=added, changed=changed, same=same))
    if dry_run:
        lines.append(_("This was a dry run; nothing was changed."))
    elif result.is_empty:
        lines.append(_("Everything was already as the file says."))
    return lines
