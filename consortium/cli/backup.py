"""``consortium backup``: writes the whole database into a file."""

from pathlib import Path

import click

from consortium.cli.restore import say_contents, say_left_out
from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import _


@spoken(
    "backup",
    _(
        "Write the whole database into a file, as it is at one moment; others may go on working.\n\n"
        "It holds everything: records, history, snapshots, letters, accounts. Only its owner can read it. “consortium restore FILE "
        "--verify” tells whether it is whole, “consortium restore FILE” makes a database of it, on SQLite or PostgreSQL."
    ),
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@option("--force", said=_("Replace the file if there is one."), is_flag=True)
@pass_setting
def command(setting: Setting, /, file: Path, force: bool) -> None:
    """Take a backup."""
    from consortium.backup import take
    from consortium.cli.template import keep_existing

    if file.is_file():
        keep_existing(file, force=force)
    with setting.progress() as progress:
        progress.add_task(_("Taking the backup").say(setting.language), total=None)
        taken = take(setting.database, file)
    setting.say(_("The backup of {url} is in {path}.").fill(url=setting.database.shown, path=str(file)))
    say_contents(setting, taken.manifest)
    say_left_out(setting, taken.left_out)
