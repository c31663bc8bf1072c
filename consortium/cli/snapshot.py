"""``consortium snapshot``: keeps the facts of a day, compares them, and makes their reports again."""

from pathlib import Path

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Group, option
from consortium.cli.speech import command as spoken
from consortium.i18n.message import _, _n

_HOME = option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")


@click.group("snapshot", cls=Group, said=_("Snapshots: the facts of a day, kept as they were known."))
def command() -> None:
    """Gather the commands on snapshots."""


@spoken("take", _("Keep the facts of a day as they are known now."))
@click.argument("key", default="")
@option("--as-of", said=_("The day whose facts are kept: 2026-06-15. Else today."), metavar="DATE")
@_HOME
@pass_setting
def take(setting: Setting, /, key: str, as_of: str | None, consortium: str | None) -> None:
    """Take a snapshot."""
    from consortium.i18n.dates import parse_date
    from consortium.services.consortia import find_consortium
    from consortium.services.snapshots import facts_to_keep, take_snapshot

    day = parse_date(as_of) if as_of else None
    database = setting.database.require()
    with database.read() as session:
        home = find_consortium(session, setting.principal, consortium)
        facts = facts_to_keep(session, setting.principal, consortium=home, day=day)
    with database.write() as session:
        home = find_consortium(session, setting.principal, consortium)
        taken = take_snapshot(session, setting.principal, consortium=home, key=key, facts=facts)
        told = _("The snapshot {key} keeps the facts of {day}. Fingerprint: {fingerprint}")
        setting.say(told.fill(key=taken.key, day=taken.day, fingerprint=taken.fingerprint))


@spoken("list", _("List the snapshots, the latest first."))
@_HOME
@pass_setting
def list_all(setting: Setting, /, consortium: str | None) -> None:
    """List the snapshots, a line each."""
    from consortium.services.consortia import find_consortium
    from consortium.services.snapshots import list_snapshots

    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        found = list_snapshots(session, setting.principal, consortium=home)
        for each in found:
            told = _("{key}: {day}, {fingerprint}")
            setting.say(told.fill(key=each.key, day=each.day, fingerprint=each.fingerprint[:12]))
        if not found:
            setting.say(_("There is no snapshot yet. Take one with: consortium snapshot take"))


@spoken("show", _("Say what a snapshot keeps, and check that it is unchanged."))
@click.argument("key")
@_HOME
@pass_setting
def show(setting: Setting, /, key: str, consortium: str | None) -> None:
    """Show a snapshot."""
    from consortium.services.consortia import find_consortium
    from consortium.services.snapshots import facts_of, find_snapshot

    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        snapshot = find_snapshot(session, setting.principal, consortium=home, key=key)
        facts = facts_of(session, snapshot)
        count = sum(1 for _each in facts.sub_projects)
        setting.say(_("Snapshot {key} of {day}").fill(key=snapshot.key, day=snapshot.day))
        setting.say(_n("{count} sub-project", "{count} sub-projects", count))
        setting.say(_("Fingerprint: {fingerprint}, as it was kept").fill(fingerprint=snapshot.fingerprint))
        versions = ", ".join(f"{name} {version}" for name, version in sorted(snapshot.versions.items()))
        setting.say(_("Taken with: {versions}").fill(versions=versions))


@spoken("diff", _("Say in sentences what has changed from one snapshot to a later one."))
@click.argument("before")
@click.argument("after")
@_HOME
@pass_setting
def diff(setting: Setting, /, before: str, after: str, consortium: str | None) -> None:
    """Compare two snapshots."""
    from consortium.facts.changes import changes_of
    from consortium.services.consortia import find_consortium
    from consortium.services.snapshots import compare, find_snapshot
    from consortium.texts import told

    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        pair = [find_snapshot(session, setting.principal, consortium=home, key=key) for key in (before, after)]
        facts = compare(session, *pair)
        count = 0
        for each in facts.sub_projects:
            for place, change in enumerate(changes_of(each, facts)):
                if place == 0:
                    setting.say(told(each.title))
                setting.say(_("  {sentence}").fill(sentence=change.sentence))
                count += 1
        for gone in facts.gone:
            setting.say(_("No longer there: {titles}.").fill(titles=told(gone.title)))
        setting.say(_n("{count} change", "{count} changes", count + len(facts.gone)))


@spoken("rebuild", _("Make the report of a snapshot again, as it was, whatever has changed since."))
@click.argument("key")
@option("--report", said=_("Which report."), default="status-summary", show_default=True, metavar="NAME")
@option(
    "--language",
    said=_("One language, or two side by side: nb, nb+sv. Else the report’s own."),
    default="",
    metavar="TAG[+TAG]",
)
@option("--since", said=_("Key of an older snapshot to compare with."), metavar="KEY")
@option(
    "--output", said=_("Name of the file; its ending says the format."), type=click.Path(dir_okay=False, path_type=Path)
)
@_HOME
@pass_setting
def rebuild(  # which snapshot, which report of it, where to
    setting: Setting,
    /,
    key: str,
    report: str,
    language: str,
    since: str | None,
    output: Path | None,
    consortium: str | None,
) -> None:
    """Make the report of a snapshot again."""
    from consortium.plugins import front_desk
    from consortium.services.consortia import find_consortium
    from consortium.services.reporting import Order, document_of, write_document
    from consortium.services.snapshots import compare, facts_of, find_snapshot, strange_versions
    from consortium.services.switch_words import demand_report_on
    from consortium.services.switches import switched

    path = output or Path("out") / f"{report}-{_file_name(key)}.html"
    writer = front_desk().writer(path.suffix.lstrip("."))
    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        snapshot = find_snapshot(session, setting.principal, consortium=home, key=key)
        earlier = find_snapshot(session, setting.principal, consortium=home, key=since) if since else None
        facts = compare(session, earlier, snapshot) if earlier else facts_of(session, snapshot)
        demand_report_on(switched(session, consortium=home), report, facts.scope)
        switches = switched(session, consortium=home, until=snapshot.changed_at)
        write_document(document_of(facts, Order(report, language), switches), writer, path, report=report)
        for name, then, now in strange_versions(snapshot):
            told = _("{name} was {then} then and is {now} now, so the report may look different.")
            setting.say(told.fill(name=name, then=then, now=now))
    setting.say(_("The report is in {path}.").fill(path=str(path)))


def _file_name(key: str) -> str:
    """Make a name for a file of a key, which may hold signs that lead elsewhere."""
    return "".join(sign if sign.isalnum() or sign == "-" else "_" for sign in key)


for each in (take, list_all, show, diff, rebuild):
    command.add_command(each)
