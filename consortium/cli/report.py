"""``consortium report``: writes a report into a file."""

from datetime import date
from pathlib import Path

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import _


@spoken(
    "report",
    _(
        "Write a report into a file, for example: consortium report status-summary --language nb+sv --format pdf\n\n"
        "“consortium plugin list” says which reports and formats there are."
    ),
)
@click.argument("name", default="status-summary")
@option(
    "--language",
    said=_("One language, or two side by side: nb, nb+sv. Else the report’s own."),
    default="",
    metavar="TAG[+TAG]",
)
@option(
    "--format",
    "format_",
    said=_("Format of the file; else the ending of its name, else html."),
    default="",
    metavar="FORMAT",
)
@option("--as-of", said=_("The day of which the report speaks: 2026-06-15. Else today."), metavar="DATE")
@option(
    "--since",
    said=_(
        "What to compare with: last-gathering, last-snapshot, a day, a snapshot or a gathering. Else the last gathering."
    ),
    default="",
    metavar="WHAT",
)
@option("--partner", said=_("Tell only of the sub-projects of this partner."), metavar="KEY")
@option("--country", said=_("Tell only of the sub-projects with a partner in this country: NO, SE."), metavar="CODE")
@option("--theme", said=_("Tell only of the sub-projects that have answered about this theme."), metavar="KEY")
@option(
    "--missing",
    said=_("Where a language lacks a text: show another language, a mark, or write no report."),
    type=click.Choice(["fallback", "mark", "block"]),
    default="fallback",
    show_default=True,
)
@option(
    "--output", said=_("Name of the file; else out/REPORT.FORMAT."), type=click.Path(dir_okay=False, path_type=Path)
)
@option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")
@pass_setting
def command(
    setting: Setting,
    /,
    name: str,
    language: str,
    format_: str,
    as_of: str | None,
    output: Path | None,
    consortium: str | None,
    **asked: str,
) -> None:
    """Write a report."""
    from consortium.i18n.dates import parse_date
    from consortium.services.consortia import find_consortium
    from consortium.services.reporting import Order, scope_of, write_report

    ending = format_ or (output.suffix.lstrip(".") if output else "") or "html"
    path = output or Path("out") / f"{name}.{ending}"
    day: date | None = parse_date(as_of) if as_of else None
    scope = scope_of(partner=asked["partner"], country=asked["country"], theme=asked["theme"])
    order = Order(name, language, day, asked["since"], scope, asked["missing"])
    database = setting.database.require()
    with setting.progress() as progress, database.read() as session:
        progress.add_task(_("Writing the report").say(setting.language), total=None)
        found = find_consortium(session, setting.principal, consortium)
        write_report(session, setting.principal, consortium=found, path=path, order=order, format=ending)
    setting.say(_("The report is in {path}.").fill(path=str(path)))
