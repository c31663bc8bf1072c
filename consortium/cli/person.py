"""``consortium person``: erases people who ask for it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Group, option
from consortium.cli.speech import command as spoken
from consortium.i18n.message import Message, _, _n

if TYPE_CHECKING:
    from consortium.services.erasing import Erasure


@click.group("person", cls=Group, said=_("People: erased where they ask for it."))
def command() -> None:
    """Gather the commands on people."""


@spoken(
    "erase",
    _(
        "Erase a person for good, also one who was removed: a pseudonym stands in place of name, key and address, in "
        "records, texts, letters and all of the history, which stays whole. An account of theirs is gone. What they did stays."
    ),
)
@click.argument("key")
@option("--dry-run", said=_("Say what would change, and change nothing."), is_flag=True)
@option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")
@pass_setting
def erase(setting: Setting, /, key: str, dry_run: bool, consortium: str | None) -> None:
    """Erase a person."""
    from consortium.services.consortia import find_consortium
    from consortium.services.erasing import erase_person

    database = setting.database.require()
    with database.write() as session:
        home = find_consortium(session, setting.principal, consortium)
        done = erase_person(session, setting.principal, home=home, key=key, is_rehearsal=dry_run)
    for line in _told(done, dry_run=dry_run):
        setting.say(line)
    if not dry_run and not database.scrub():
        setting.say(
            _(
                "Unused parts of the database’s file may still hold what was erased, because others are at work in it or its "
                "disk is full. Put that right, and say “consortium person erase {key}” once more."
            ).fill(key=done.key)
        )


def _told(done: "Erasure", *, dry_run: bool) -> Iterator[Message]:
    records = sum(done.done.records.values())
    yield _("{key} is “{name}” from now on.").fill(key=done.key, name=done.name)
    yield _n("{count} record was written over", "{count} records were written over", records)
    yield _n(
        "{count} step of the history was written over",
        "{count} steps of the history were written over",
        done.done.changes,
    )
    if done.done.letters:
        yield _n("{count} letter was blanked", "{count} letters were blanked", done.done.letters)
    if done.snapshots:
        told = _("These snapshots still name the person, because they are kept as they were reported: {keys}")
        yield told.fill(keys=done.snapshots)
    if dry_run:
        yield _("This was a dry run; nothing was changed.")
    else:
        yield _(
            "Backups, and reports that were written before, still name the person. After a restore, erase them again."
        )


command.add_command(erase)
