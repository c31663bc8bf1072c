"""The last page: which texts are missing, outdated, drafted by a machine or not reviewed, and what was done about it."""

from collections import Counter
from collections.abc import Iterator

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
        return _("A note stands in the place of the text.")
    if flaw is TextState.MISSING:
        return _("Shown in another language, which is named.")
    if flaw is TextState.OUTDATED:
        return _("Shown with a mark; the original has changed since.")
    if flaw is TextState.MACHINE_DRAFT:
        return _("Shown with a mark; nobody has reviewed it.")
    return _("Shown as it is.")


def _list(telling: Telling) -> Table:
    """Set each text that is missing, outdated or a draft on a line."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Where")), share=5),
        Column(speech.say(_("Text")), share=3),
        Column(speech.say(_("Language")), share=2),
        Column(speech.say(_("State of the text")), share=2),
    )
    rows = Stream(
        lambda: (
            _row(place, flaw, tag, telling)
            for place in places_of(telling.facts, telling.sub_projects())
            for flaw, tag in telling.flaws(place)
            if flaw is not TextState.TRANSLATED
        )
    )
    return Table(speech.say(_("Texts that are missing, outdated or drafts")), columns, rows)


def _row(place: Place, flaw: TextState, tag: str, telling: Telling) -> Row:
    speech = telling.speech
    cells: tuple[Words, ...] = (
        speech.say(place.owner),
        speech.say(place.field),
        speech.say(_("{language}").fill(language=LanguageName(tag))),
        speech.say(_NAMES[flaw]),
    )
    return Row(cells, anchor(*place.anchor), place.record)
