"""``consortium plugin new``: writes a plugin to begin with."""

from pathlib import Path

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import _


@spoken(
    "new",
    _(
        "Write a plugin to begin with, for example: consortium plugin new coast-report\n\n"
        "It brings a report with a chapter of its own, its words in Norwegian and Swedish, and tests that pass."
    ),
)
@click.argument("name")
@option(
    "--folder",
    said=_("The folder to make; else consortium-NAME."),
    type=click.Path(path_type=Path),
)
@option("--country", said=_("Tell only of the partners in this country: NO, SE."), default="", metavar="CODE")
@pass_setting
def new(setting: Setting, /, name: str, folder: Path | None, country: str) -> None:
    """Write the plugin, and say what to do next."""
    from consortium.scaffold import new_plugin

    made = new_plugin(name, folder=folder, country=country.upper())
    setting.say(_("The plugin is in {path}. Now:").fill(path=str(made)))
    for line in (
        f"pip install -e '{made}[test]'",
        f"pytest {made}",
        "consortium plugin list",
        f"consortium plugin preview {name}",
    ):
        click.echo(f"  {line}")
