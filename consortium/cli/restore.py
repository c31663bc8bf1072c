"""``consortium restore``: makes a database of a backup, or says whether the backup is whole."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import _, _n

if TYPE_CHECKING:
    from consortium.backup.manifest import Manifest
    from consortium.backup.restoring import Restored


@spoken(
    "restore",
    _(
        "Make a database of a backup, at the address that --database names: all of it, or nothing.\n\n"
        "There must be none yet, or an empty one. A backup of an older version is brought up to date. Everything is read back and "
        "compared with the backup before it is kept."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--verify", said=_("Only say whether the backup is whole: restore it where nobody sees it, and look."), is_flag=True
)
@pass_setting
def command(setting: Setting, /, file: Path, verify: bool) -> None:
    """Restore a backup, or verify it."""
    from consortium import backup

    with setting.progress() as progress:
        progress.add_task(_("Reading the backup").say(setting.language), total=None)
        if verify:
            manifest = backup.verify(file)
        else:
            restored = backup.restore(file, setting.database)
    if verify:
        setting.say(_("The backup {path} is whole and can be restored.").fill(path=str(file)))
        say_contents(setting, manifest)
        return
    setting.say(_("The database {url} is restored from {path}.").fill(url=setting.database.shown, path=str(file)))
    say_contents(setting, restored.manifest)
    say_history(setting, restored)


def say_contents(setting: Setting, manifest: "Manifest") -> None:
    """Say what a backup holds, and how far its history had come."""
    rows = _n(
        "It holds {count} row, as it was at {moment} (UTC).",
        "It holds {count} rows, as they were at {moment} (UTC).",
        manifest.rows,
    )
    setting.say(rows.fill(moment=f"{manifest.at:%Y-%m-%d %H:%M:%S}"))
    if manifest.link:
        setting.say(_("Last link of the history: {link}").fill(link=f"{manifest.change}:{manifest.link}"))


def say_history(setting: Setting, restored: "Restored") -> None:
    """Say where the history does not fit, if it does not: the backup is whole, and tells what was."""
    if restored.broken_at is not None:
        told = _("The history does not fit from change {number} on: somebody has altered it in the database.")
        click.echo(told.fill(number=restored.broken_at).say(setting.language), err=True)


def say_left_out(setting: Setting, tables: tuple[str, ...]) -> None:
    """Say which tables are not in a backup, because they are not ours."""
    if tables:
        told = _("Left out, because no version of Consortium made them: {tables}.")
        click.echo(told.fill(tables=", ".join(tables)).say(setting.language), err=True)
