"""``consortium search``: finds what is told, in all its languages at once."""

from typing import TYPE_CHECKING

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.cli.speech import option
from consortium.i18n.message import Message, _, _n

if TYPE_CHECKING:
    from consortium.services.naming import Named
    from consortium.services.searching import Finds, Hit


@spoken(
    "search",
    _(
        "Find what is told in sub-projects, statuses, gatherings and all else, in every language: all words must be there, inflected or "
        "as the glossary calls them in another language.\n\n"
        "Those that are called so come first; then those that only say it."
    ),
)
@click.argument("words", nargs=-1, required=True)
@option(
    "--kind", said=_("Only records of this kind: sub_project, status_update, statement …"), metavar="KIND", default=""
)
@option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")
@pass_setting
def command(setting: Setting, words: tuple[str, ...], kind: str, consortium: str | None) -> None:
    """Tell what was found."""
    from consortium.services.consortia import find_consortium
    from consortium.services.searching import search

    said = " ".join(words)
    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        finds = search(session, setting.principal, consortium=home, words=said, language=setting.language, kind=kind)
    if not finds.page.records:
        setting.say(_("Nothing was found. Write fewer words, or other ones."))
        return
    for hit in finds.page.records:
        setting.say(_line(hit))
    setting.say(_sum(finds, kind))


def _line(hit: "Hit") -> Message:
    """Say what a record is called, what it belongs to, and where the words stand in it; they are marked with stars."""
    from consortium.services.naming import CALLED, KINDS

    excerpt = " ".join("".join(f"*{each.words}*" if each.is_found else each.words for each in hit.excerpt).split())
    line = _("{kind} {record}: {excerpt}")
    return line.fill(kind=CALLED[KINDS[hit.named.kind]], record=_record(hit.named), excerpt=excerpt)


def _record(named: "Named") -> Message:
    from consortium.texts import told

    title = named.name or told(named.title)
    if named.of is None:
        return _("{key} “{title}”").fill(key=named.key, title=title)
    return _("{key} “{title}” ({owner})").fill(key=named.key, title=title, owner=named.of.key)


def _sum(finds: "Finds", kind: str) -> Message:
    shown, found = len(finds.page.records), finds.counts.get(kind, 0) if kind else sum(finds.counts.values())
    if finds.is_cut:
        return _("Too much was found to look into all of it. Write more words.")
    if shown < found:
        return _("These are the first {shown} of {found}. Write more words to find fewer.").fill(
            shown=shown, found=found
        )
    return _n("{count} was found.", "{count} were found.", found)
