"""``consortium move``: moves everything into another database."""

import click

from consortium.cli.restore import say_contents, say_history, say_left_out
from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.i18n.message import _, _n


@spoken(
    "move",
    _(
        "Move everything from the database into another one: from SQLite to PostgreSQL, or back.\n\n"
        "There must be none yet at URL, or an empty one. Stop the admin first: what is written meanwhile stays behind. The old "
        "database is left as it is."
    ),
)
@click.argument("url", metavar="URL")
@pass_setting
def command(setting: Setting, /, url: str) -> None:
    """Move the database."""
    from consortium.backup import move
    from consortium.models import Database

    to = Database(url)
    try:
        with setting.progress() as progress:
            progress.add_task(_("Moving").say(setting.language), total=None)
            moved = move(setting.database, to)
    finally:
        setting.database.engine.dispose()
        to.engine.dispose()
    setting.say(_("Everything from {old} is in {new} now.").fill(old=setting.database.shown, new=to.shown))
    say_contents(setting, moved.restored.manifest)
    say_history(setting, moved.restored)
    say_left_out(setting, moved.left_out)
    if moved.missed:
        told = _n(
            "{count} change was made in the old database meanwhile, and is not in the new one. Move it away and begin anew.",
            "{count} changes were made in the old database meanwhile, and are not in the new one. Move it away and begin anew.",
            moved.missed,
        )
        click.echo(told.say(setting.language), err=True)
        raise click.exceptions.Exit(1)
    setting.say(
        _("From now on set CONSORTIUM_DATABASE_URL to its address, and keep the old one until you have looked.")
    )
