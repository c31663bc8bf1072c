"""``consortium doctor``: says what this machine has and lacks, and what that means."""

from collections.abc import Iterator

import click

from consortium.cli.setting import Setting, pass_setting
from consortium.cli.speech import command as spoken
from consortium.i18n.message import Message, _

#: what comes with an extra: the module, what it is for, and the extra
EXTRAS = (
    ("typst", _("PDF files and charts"), "pdf"),
    ("font_source_sans_pro", _("Fonts of PDF files"), "pdf"),
    ("pypandoc", _("DOCX and ODT files"), "office"),
    ("psycopg", _("PostgreSQL"), "postgres"),
    ("flask", _("The web admin"), "admin"),
)


@spoken(
    "doctor",
    _(
        "Say what this machine has and lacks for Consortium, and what that means. Ends with code 1 if something is wrong."
    ),
)
@pass_setting
def command(setting: Setting, /) -> None:
    """Look at the machine, the database, the formats, and what keeps plugins apart."""
    is_well = True
    for is_fine, message in (*_program(), *_database(setting), *_formats(), *_guests()):
        mark = _("ok: {what}") if is_fine else _("look here: {what}")
        setting.say(mark.fill(what=message))
        is_well = is_well and is_fine
    setting.say(_("Node is not needed here: only developers use it."))
    if not is_well:
        raise click.exceptions.Exit(1)


def _program() -> Iterator[tuple[bool, Message]]:
    import platform

    from consortium import __version__

    versions = {"version": __version__, "python": platform.python_version(), "system": platform.system()}
    yield True, _("Consortium {version}, Python {python}, {system}").fill(**versions)


def _database(setting: Setting) -> Iterator[tuple[bool, Message]]:
    """Say whether the database is there and how it is kept."""
    from sqlalchemy.exc import DBAPIError

    from consortium.errors import ConsortiumError
    from consortium.models.dialect.condition import condition

    try:
        found = condition(setting.database.engine)
    except ConsortiumError as fault:
        yield False, fault.message
        return
    except DBAPIError as fault:
        reason = (str(fault.orig).strip() or type(fault).__name__).splitlines()[0]
        told = _("The database at {url} is out of reach: {reason}")
        yield False, told.fill(url=setting.database.shown, reason=reason)
        return
    named = {"kind": found.kind, "version": found.version, "url": setting.database.shown}
    if not found.is_there:
        yield (
            True,
            _("{kind} {version}; there is no database at {url} yet. Make it with: consortium init").fill(**named),
        )
    elif not found.journal:
        yield True, _("{kind} {version} answers at {url}").fill(**named)
    elif not found.is_safe and found.journal == "wal":
        told = _("{kind} {version} at {url} can lose data in journal mode {mode}. Update SQLite.")
        yield False, told.fill(mode=found.journal, **named)
    else:
        yield True, _("{kind} {version} at {url}, journal mode {mode}").fill(mode=found.journal, **named)


def _formats() -> Iterator[tuple[bool, Message]]:
    """Say which extras are installed; one that is not is only a wish."""
    from importlib.util import find_spec

    for module, what, extra in EXTRAS:
        if find_spec(module):
            yield True, _("{what}: installed").fill(what=what)
        else:
            told = _("{what}: not installed. Where they are wanted: pip install 'consortium[{extra}]'")
            yield True, told.fill(what=what, extra=extra)


def _guests() -> Iterator[tuple[bool, Message]]:
    """Say what keeps plugins apart, and what does not."""
    import os

    from consortium.errors import ConsortiumError
    from consortium.plugins.apart.limits import MB, is_bound, limits_of
    from consortium.plugins.apart.walls import bubblewrap, refusal

    if os.environ.get("CONSORTIUM_GUESTS") == "inside" or not is_bound():
        yield False, _("Plugins run inside Consortium: a fault of theirs can end it. That is for developers alone.")
        return
    try:
        limits = limits_of()
    except ConsortiumError as fault:
        yield False, fault.message
        return
    told = _(
        "What plugins tell runs in processes of their own: {seconds} seconds, {size} MB of memory, nothing of our environment."
    )
    yield True, told.fill(seconds=f"{limits.seconds:g}", size=str(limits.memory // MB))
    if bubblewrap():
        yield True, _("Bubblewrap is used: they reach no network and no files but their own.")
        return
    told = _(
        "Bubblewrap is not used ({reason}): their faults are contained, but a plugin that means harm could read files, "
        "reach the network and start programs. Install only those that you trust."
    )
    yield True, told.fill(reason=refusal())
    if getattr(os, "geteuid", lambda: 1)() == 0:
        yield False, _("You are root: the system does not limit how many processes a plugin starts. Use another user.")
