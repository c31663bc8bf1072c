"""``consortium mail``: shows the outbox, sends what is due, reminds."""

from typing import TYPE_CHECKING

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import Group, option
from consortium.cli.speech import command as spoken
from consortium.i18n.message import Message, _, _n

if TYPE_CHECKING:
    from consortium.models import Letter
    from consortium.services.reminders import Unreachable

_HOME = option("--consortium", said=_("Key of the consortium, where there are several."), metavar="KEY")

#: what became of a letter
STATES = {
    "queued": _("waits"),
    "sending": _("is being sent"),
    "failed": _("not taken, is tried again"),
    "sent": _("sent"),
    "dead": _("given up"),
    "unsure": _("may have arrived: ask, or try again"),
    "withdrawn": _("withdrawn: the recipient may no longer read it, or has another address"),
    "expired": _("too old, not sent"),
}


@click.group("mail", cls=Group, said=_("Letters: what waits in the outbox, and what became of it."))
def command() -> None:
    """Gather the commands on letters."""


@spoken("list", _("List the letters, the latest first, without their words."))
@option(
    "--state",
    "states",
    said=_("Only letters of which this is true; can be given more than once."),
    type=click.Choice(list(STATES)),
    multiple=True,
)
@_HOME
@pass_setting
def list_all(setting: Setting, /, states: tuple[str, ...], consortium: str | None) -> None:
    """List the letters, a line each."""
    from consortium.services.consortia import find_consortium
    from consortium.services.letters import list_letters

    with setting.database.require().read() as session:
        home = find_consortium(session, setting.principal, consortium)
        found = list_letters(session, setting.principal, consortium=home, states=states)
        for each in found:
            setting.say(_line(each))
        if not found:
            setting.say(_("There are no such letters."))


def _line(letter: "Letter") -> Message:
    from consortium.services.letters import KINDS

    line = _("{key}: {kind} to {address}, “{subject}” – {state}")
    if letter.error:
        line = _("{key}: {kind} to {address}, “{subject}” – {state} ({error})")
    kind = KINDS[letter.kind].name if letter.kind in KINDS else letter.kind
    return line.fill(
        key=letter.key,
        kind=kind,
        address=letter.address,
        subject=letter.subject,
        state=STATES[letter.state],
        error=letter.error,
    )


@spoken(
    "send",
    _(
        "Send the letters that are due.\n\n"
        "CONSORTIUM_SMTP_URL names the mail server: smtp://NAME:PASSWORD@HOST:PORT?starttls=1 or smtps://…. Without it each letter "
        "becomes a file in CONSORTIUM_MAIL_FOLDER, else in var/mail."
    ),
)
@pass_setting
def send(setting: Setting, /) -> None:
    """Send what is due."""
    from consortium.jobs.delivering import deliver
    from consortium.jobs.posts import post_by_setting

    became = deliver(setting.database.require(), post_by_setting())
    setting.say(_n("{count} letter sent.", "{count} letters sent.", became["sent"]))  # type: ignore[index]  # a state is a str
    for state, count in sorted(became.items()):
        if state != "sent":
            line = _n("{count} letter: {state}", "{count} letters: {state}", count)
            setting.say(line.fill(state=STATES[state]))


@spoken("retry", _("Let a letter that was not taken, or may not have arrived, be sent again."))
@click.argument("key")
@_HOME
@pass_setting
def retry(setting: Setting, /, key: str, consortium: str | None) -> None:
    """Send a letter again."""
    from consortium.services.consortia import find_consortium
    from consortium.services.letters import find_letter, retry_letter

    with setting.database.require().write() as session:
        home = find_consortium(session, setting.principal, consortium)
        letter = find_letter(session, setting.principal, consortium=home, key=key)
        retry_letter(session, setting.principal, letter=letter)
        setting.say(_("{key} waits to be sent. Send it with: consortium mail send").fill(key=letter.key))


@spoken(
    "remind",
    _(
        "Write to those who lead sub-projects of which a report is due within two weeks, or a report or a milestone overdue.\n\n"
        "Nobody is reminded of the same twice within a week. The letters wait until they are sent."
    ),
)
@_HOME
@pass_setting
def remind_all(setting: Setting, /, consortium: str | None) -> None:
    """Write reminders."""
    from consortium.services.consortia import find_consortium
    from consortium.services.reminders import remind

    with setting.database.require().write() as session:
        home = find_consortium(session, setting.principal, consortium)
        done = remind(session, setting.principal, consortium=home)
        for each in done.letters:
            setting.say(_line(each))
        for lost in done.unreachable:
            setting.say(_unreached(lost))
        setting.say(_n("{count} reminder written.", "{count} reminders written.", len(done.letters)))


def _unreached(each: "Unreachable") -> Message:
    line = _("{key}: nobody leads it. Give a person the capacity of project manager.")
    if each.people:
        line = _("{key}: {name} has no e-mail address that letters can go to. Add one.")
    return line.fill(key=each.sub_project.key, name=tuple(person.name for person in each.people))


for _command in (list_all, send, retry, remind_all):
    command.add_command(_command)
