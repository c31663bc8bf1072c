"""The last page: which texts are missing, outdated, drafted by a machine or not reviewed, and what was done about it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from consortium.documents import Block, Column, Heading, Note, Row, Section, Table, Words
from consortium.facts import Stream
from consortium.facts.places import Place, places_of
from consortium.i18n.message import LanguageName, Message, _
from consortium.texts import TextState
from consortium.variants.anchors import anchor
from consortium.variants.telling import FLAWS, Telling


def chapter(telling: Telling) -> Iterator[Block]:
    """Account for the texts of the report."""
    heading = Heading(telling.speech.say(_("About the texts")), 1, "texts")
    yield Section(heading, Stream(lambda: _blocks(telling)))


def _blocks(telling: Telling) -> Iterator[Block]:
    speech = telling.speech
    counts = telling.survey.texts
    if not counts:
        yield Note(speech.say(_("All texts are there in all languages of the report, and reviewed.")))
        return
    yield _counts(counts, telling)
    if any(flaw is not TextState.TRANSLATED for flaw, _tag in counts):
        yield _list(telling)


def _counts(counts: Counter[tuple[TextState, str]], telling: Telling) -> Table:
    """Set how many texts are flawed in which way, and what was done about them."""
    speech = telling.speech
    tags = speech.languages
    columns = (
        Column(speech.say(_("State of the text")), share=3),
        *(
            Column(speech.capital(speech.say(_("{language}").fill(language=LanguageName(tag)))), "end", 2)
            for tag in tags
        ),
        Column(speech.say(_("What was done")), share=6),
    )
    rows = tuple(
        Row(
            (
                speech.say(_NAMES[flaw]),
                *(speech.number(counts[flaw, tag]) for tag in tags),
                speech.say(_done(flaw, telling)),
            )
        )
        for flaw in FLAWS
        if any(counts[flaw, tag] for tag in tags)
    )
    return Table(speech.say(_("Texts by state")), columns, rows)


_NAMES = {
    TextState.MISSING: _("missing"),
    TextState.OUTDATED: _("outdated"),
    TextState.MACHINE_DRAFT: _("machine draft"),
    TextState.TRANSLATED: _("translated, not reviewed"),
}


def _done(flaw: TextState, telling: Telling) -> Message:
    if flaw is TextState.MISSING and telling.speech.missing == "mark":
        return _("A note stands in the place of the text; a title stays, with a mark.")
    if flaw is TextState.MISSING:
        return _("Shown in another language, which is named.")
    if flaw is TextState.OUTDATED:
        return _("Shown with a mark; the original has changed since.")
    if flaw is TextState.MACHINE_DRAFT:
        return _("Shown with a mark; nobody has reviewed it.")
    return _("Shown as it is.")


def _list(telling: Telling) -> Table:
    """Set the texts of one owner that are missing, outdated or drafts on a line, for each language and state."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Where")), share=5),
        Column(speech.say(_("Texts")), share=6),
        Column(speech.say(_("Language")), share=2),
        Column(speech.say(_("State of the text")), share=2),
    )
    places = Stream(lambda: places_of(telling.facts, telling.sub_projects()))
    rows = Stream(
        lambda: (row for _owner, own in groupby(places, key=_owner_of) for row in _rows_of(tuple(own), telling))
    )
    return Table(speech.say(_("Texts that are missing, outdated or drafts")), columns, rows)


def _owner_of(place: Place) -> tuple[tuple[str, str], str]:
    return place.anchor, place.owner.say("en")


def _rows_of(places: Sequence[Place], telling: Telling) -> Iterator[Row]:
    """Gather the texts of one owner that are flawed in the same way in the same language."""
    speech = telling.speech
    flawed: dict[tuple[TextState, str], list[Place]] = {}
    for place in places:
        for flaw in telling.flaws(place):
            flawed.setdefault(flaw, []).append(place)
    for (state, tag), some in flawed.items():
        if state is TextState.TRANSLATED:
            continue
        cells: tuple[Words, ...] = (
            speech.say(some[0].owner),
            speech.say(_("{fields}").fill(fields=tuple(_fields(some)))),
            speech.say(_("{language}").fill(language=LanguageName(tag))),
            speech.say(_NAMES[state]),
        )
        yield Row(cells, anchor(*some[0].anchor), ", ".join(dict.fromkeys(place.record for place in some)))


def _fields(places: Sequence[Place]) -> Iterator[Message]:
    """Name each field once, with how many texts there are of it."""
    counts = Counter(place.field for place in places)
    for field, count in counts.items():
        yield field if count == 1 else _("{field} ({count})").fill(field=field, count=count)
