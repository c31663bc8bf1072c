"""``python -m benchmarks``: the project beside its limits and its peers; without another word, the report."""

import click

from benchmarks.admin.command import admin
from benchmarks.load import load
from benchmarks.report.command import report


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure, and end with 1 where a goal is missed."""
    if context.invoked_subcommand is None:
        context.invoke(report)


for each in (report, admin, load):
    main.add_command(each)

if __name__ == "__main__":
    main()
