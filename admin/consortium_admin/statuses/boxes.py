"""What the form shows at each of its fields, in the language of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from consortium.documents import Speech, Words
from consortium.i18n.language import INTERFACE_LANGUAGES, language_name
from consortium.i18n.message import Message, _
from consortium.services.editing import Differing
from consortium.services.status_forms import TEXTS, Screen
from consortium.texts.terms import terms

#: each text: what it is called, what is asked for, and an example
ASKED: Mapping[str, tuple[Message, Message, Message]] = {
    "summary": (
        _("Summary"),
        _("How does it stand? Two or three sentences for readers who do not know the work."),
        _("The self-help pages are on trial in two schools, and half of the pupils use them. We are a month late."),
    ),
    "achieved": (
        _("What was achieved"),
        _("What has been done since last time, and what came of it?"),
        _(
            "A peer worker has begun, and 14 people have taken the recovery course. Requests are answered within 48 hours."
        ),
    ),
    "next_steps": (
        _("What comes next"),
        _("What will you do until the next gathering, and when?"),
        _(
            "In September the course starts in the second municipality. The general practitioners are invited in August."
        ),
    ),
    "support_needs": (
        _("What support is needed"),
        _("What do you need from the staff or from other partners? Leave it empty if there is nothing."),
        _("We look for a partner that has an agreement with the specialist health service and can show us theirs."),
    ),
}


@dataclass(frozen=True)
class Clashed:
    """What somebody else has made of a field in the meantime, and what it said at first."""

    theirs: str
    original: str


@dataclass(frozen=True)
class Version:
    """The box for a translation of a text."""

    control: str
    tag: str
    value: str
    problems: tuple[str, ...]
    hints: tuple[str, ...]
    clashed: Clashed | None


@dataclass(frozen=True)
class Asking:
    """What staff asked of a field when they returned the status."""

    day: Words
    words: Words


@dataclass(frozen=True)
class Box:
    """The box for a text, with what was written last time and what is asked of it."""

    control: str
    label: str
    help: str
    example: str
    value: str
    before: Words
    asked: tuple[Asking, ...]
    problems: tuple[str, ...]
    hints: tuple[str, ...]
    clashed: Clashed | None
    others: tuple[Version, ...]


@dataclass(frozen=True)
class Said:
    """What stands in the form, and what is wrong with it.

    :ivar values: by the name of the control
    :ivar problems: in words, by the name of the control; ``""`` for those of the whole
    :ivar clashes: what somebody else has made of a field, by the name of the control
    :ivar hints: what is doubtful about words, by the name of the control
    """

    values: Mapping[str, str]
    problems: Mapping[str, tuple[str, ...]]
    clashes: Mapping[str, Clashed]
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def boxes(screen: Screen, said: Said, speech: Speech) -> Iterator[Box]:
    """Walk the boxes for the texts."""
    language = speech.languages[0]
    writing = said.values.get("language", screen.language)
    for name in TEXTS:
        label, help_words, example = (each.say(language) for each in ASKED[name])
        others = (_version(f"{name}.{tag}", tag, said) for tag in _others(screen, writing))
        yield Box(
            name,
            label,
            help_words,
            example,
            said.values.get(name, ""),
            speech.read(screen.before[name]) if name in screen.before else (),
            asked(screen, name, speech),
            said.problems.get(name, ()),
            said.hints.get(name, ()),
            said.clashes.get(name),
            tuple(others),
        )


def _others(screen: Screen, writing: str) -> tuple[str, ...]:
    return tuple(tag for tag in dict.fromkeys((*screen.others, screen.language)) if tag != writing)


def _version(control: str, tag: str, said: Said) -> Version:
    return Version(
        control,
        tag,
        said.values.get(control, ""),
        said.problems.get(control, ()),
        said.hints.get(control, ()),
        said.clashes.get(control),
    )


def asked(screen: Screen, name: str, speech: Speech) -> tuple[Asking, ...]:
    """List what is asked of a field, the latest first."""
    return tuple(Asking(speech.day(each.day), speech.read(each.words)) for each in screen.comments.get(name, ()))


def states(speech: Speech) -> list[tuple[str, Words]]:
    """List the states to choose from, each with its sign."""
    return [(code, speech.term("state", code, "neuter", sign=True)) for code in terms("state")]


def writing_languages(screen: Screen) -> list[tuple[str, str]]:
    """List the languages in which one can write: the consortium's, the present one, and the others of the interface."""
    tags = dict.fromkeys((screen.language, *screen.others, *INTERFACE_LANGUAGES))
    return [(tag, language_name(tag, tag)) for tag in tags]


def clashes(fields: tuple[Differing, ...], writing: str) -> dict[str, Clashed]:
    """Name the fields that two people have changed as the form calls them."""
    named = ((each.name.removesuffix(f".{writing}"), each) for each in fields if each.is_open)
    return {name: Clashed(each.theirs, each.original) for name, each in named}


def merged(fields: tuple[Differing, ...], writing: str) -> dict[str, str]:
    """Tell what the fields say when what only one of the two has changed is taken as it is."""
    return {each.name.removesuffix(f".{writing}"): each.merged for each in fields}
