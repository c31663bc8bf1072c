"""What the form shows beside its boxes, in the language of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consortium.documents import Speech, Words
from consortium.i18n.dates import Days
from consortium.i18n.language import language_name
from consortium.i18n.message import Message, _
from consortium.services.status_forms import Figure, Screen, Step
from consortium_admin.statuses.boxes import ASKED, Said


@dataclass(frozen=True)
class Shown:
    """A figure to fill in or a milestone to tick, with what is known of it."""

    number: int
    words: Words
    told: Message
    unit: Words = ()


def beside(screen: Screen, said: Said, speech: Speech) -> dict[str, Any]:
    """Say what stands around the boxes."""
    return {
        "title": speech.title(screen.title),
        "partners": speech.listed(map(speech.name, screen.partners)),
        "last_state": speech.term("state", screen.last[1], "neuter", sign=True) if screen.last else (),
        "told": [
            (speech.capital(speech.term("statement_kind", each.kind)), speech.read(each.words)) for each in screen.said
        ],
        "told_where": speech.title(screen.said[0].gathering) if screen.said else (),
        "told_days": _days(screen, speech),
        "figures": [_figure(each, speech) for each in screen.figures],
        "steps": [_step(each, speech) for each in screen.steps],
        "has_others": any(said.values.get(f"{name}.{tag}") for name in ASKED for tag in screen.others),
        "problems": list(_problems(screen, said, speech)),
        "labels": labels(screen, speech),
    }


def _days(screen: Screen, speech: Speech) -> str:
    first = next(iter(screen.said), None)
    return Days("", start=first.start, end=first.end).say(speech.languages[0]) if first else ""


def _figure(each: Figure, speech: Speech) -> Shown:
    if each.before is None:
        told = _("Not read before.")
    elif each.read is None:
        told = _("It began at {before}.").fill(before=each.before)
    else:
        told = _("Last time {before}, {day}.").fill(before=each.before, day=each.read)
    if each.target is not None:
        told = _("{before} The target is {target}.").fill(before=told, target=each.target)
    return Shown(each.number, speech.read(each.name), told, speech.read(each.unit))


def _step(each: Step, speech: Speech) -> Shown:
    return Shown(each.number, speech.read(each.title), _("due {day}").fill(day=each.due))


def labels(screen: Screen, speech: Speech) -> Mapping[str, str]:
    """Name the controls."""
    language = speech.languages[0]
    named = {"state": _("How does it stand?"), "day": _("The status is of"), "language": _("You write in")}
    found = {name: message.say(language) for name, message in named.items()}
    for name, (label, _help, _example) in ASKED.items():
        found[name] = label.say(language)
        for tag in (screen.language, *screen.others):
            found[f"{name}.{tag}"] = f"{label.say(language)} – {language_name(tag, language)}"
    found |= {f"reading.{each.number}": speech.read(each.name)[0].words for each in screen.figures}
    return found | {f"milestone.{each.number}": speech.read(each.title)[0].words for each in screen.steps}


def _problems(screen: Screen, said: Said, speech: Speech) -> Iterator[tuple[str, str, str]]:
    """Walk what is wrong: the control, what it is called, and what to do; without a control what is wrong with it all."""
    known = labels(screen, speech)
    for name, found in said.problems.items():
        for told in found:
            yield (name, known[name], told) if name in known else ("", "", told)
