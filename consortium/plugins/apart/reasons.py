"""Why something of a guest is not there, in the words of whoever reads the report."""

import math
import re
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from consortium.documents import Heading, Note, Section, Speech
from consortium.i18n.message import Message, _, _n
from consortium.plugins.apart.limits import MB, Limits
from consortium.plugins.apart.told import Failed
from consortium.variants.anchors import anchor

#: where files lie is nobody's business who reads a report
_PATH = re.compile(r"""(?<![\w.])(?:[A-Za-z]:[\\/]|~?/)[^\s'"“”:,;]+""")


_REASONS = {
    "refused": _("It stopped: {reason}"),
    "raised": _("It failed with an error: {reason}."),
    "strange": _("What it told is no part of a report: {reason}."),
    "signal": _("Its process crashed ({reason})."),
    "ended": _("Its process ended before it had told everything ({reason})."),
}


@dataclass(frozen=True, eq=False)
class _Said(Message):
    """What a guest has said itself, in some languages."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def say(self, language: str) -> str:
        """Say it in ``language``, else in English."""
        return self.by_language.get(language, self.words)


def reason(failed: Failed, limits: Limits) -> Message:
    """Say in a sentence why something is not there."""
    words = without_paths(failed.words) or "–"
    if failed.kind == "refused":
        tidy = {tag: without_paths(said) for tag, said in failed.said.items()}
        return _REASONS["refused"].fill(reason=_Said(words, by_language=tidy))
    if failed.kind == "time":
        seconds = math.ceil(limits.seconds)
        return _n(
            "It took more than {count} second, and was stopped.",
            "It took more than {count} seconds, and was stopped.",
            seconds,
        )
    if failed.kind == "memory":
        return _("It needed more memory than the {size} MB that it may use.").fill(size=str(limits.memory // MB))
    return _REASONS.get(failed.kind, _REASONS["ended"]).fill(reason=words)


def without_paths(words: str) -> str:
    """Leave out of words where files lie."""
    return _PATH.sub("…", words)


def how_it_ended(code: int | None) -> Failed:
    """Say how a process ended that has not come to its end."""
    if code is None:
        return Failed("time")
    number = -code if code < 0 else code - 128  # bubblewrap tells a signal as shells do
    if number in {signal.SIGALRM, signal.SIGXCPU}:
        return Failed("time")
    with suppress(ValueError):
        return Failed("signal", signal.Signals(number).name)
    return Failed("ended", f"exit {code}")


def marked(plugin: str, title: Message, key: str, why: Message, speech: Speech) -> Section:
    """Put a marked section in the place of what a plugin could not tell."""
    words = _("The plugin “{plugin}” could not tell this part ({part}). {reason} What others tell is complete.")
    return Section(
        Heading(speech.say(title), 1, anchor("fault", f"{plugin}-{key}")),
        (Note(speech.say(words.fill(plugin=plugin, part=key, reason=why))),),
    )
