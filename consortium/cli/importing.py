"""``consortium import``: brings a workbook, CSV files or an export into the database."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import Message, _, _n

#: as much is told of what is doubtful about words that came in
MOST_TOLD = 10


@spoken(
    "import",
    _(
        "Bring a workbook (.xlsx), a CSV file (.csv), a ZIP file of those or an export (.jsonl) into the database, as a whole or not at all.\n\n"
        "An empty cell changes nothing, a dash (–) takes a value away. The same file twice changes nothing."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--as",
    "importer",
    said=_("Read a file of a register, a portal or another system with the importer of a plugin."),
    metavar="KEY",
)
@option("--dry-run", said=_("Say what would change, and change nothing."), is_flag=True)
@option(
    "--consortium", said=_("Key of the consortium, where the file does not say and there are several."), metavar="KEY"
)
@option("--new", said=_("Let the file begin another consortium beside those that there are."), is_flag=True)
@pass_setting
def command(
    setting: Setting, /, file: Path, importer: str | None, dry_run: bool, consortium: str | None, new: bool
) -> None:
    """Import a file."""
    from functools import partial

    from consortium.services.exporting import import_lines
    from consortium.services.hints import doubts_of
    from consortium.services.importing import import_file

    is_export = file.suffix.lower() == ".jsonl" and not importer
    bring = import_lines if is_export else partial(import_file, importer=importer or "")
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
        told, count = doubts_of(session, result.touched, at_most=MOST_TOLD)
        if dry_run:
            session.rollback()
    for line in (*_summary(result, dry_run=dry_run), *_doubts(told, count)):
        setting.say(line)


def _doubts(told: Sequence[Message], count: int) -> Iterator[Message]:
    """Walk what is said about doubtful words: how much there is, and the first of it."""
    if not count:
        return
    yield _n("{count} text may need another look:", "{count} texts may need another look:", count)
    yield from (_("  {doubt}").fill(doubt=each) for each in told)
    if count > len(told):
        yield _("  and {count} more; “consortium check” tells all of them.").fill(count=count - len(told))


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
