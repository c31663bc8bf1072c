"""What has changed: first how much of what kind, then sub-project by sub-project in sentences."""

from collections.abc import Iterator, Sequence

from consortium.documents import Block, Column, Heading, Note, Paragraph, Row, Section, Table
from consortium.facts import Stream
from consortium.facts.changes import Change, changes_of
from consortium.i18n.message import Message, _, listed
from consortium.texts import told
from consortium.texts.terms import terms
from consortium.variants.anchors import anchor
from consortium.variants.situation import follow
from consortium.variants.telling import Telling


def chapter(telling: Telling) -> Iterator[Block]:
    """Tell what has changed since what the report compares with."""
    yield Section(Heading(telling.speech.say(_title(telling)), 1, "changes"), Stream(lambda: _blocks(telling)))


def _title(telling: Telling) -> Message:
    since = telling.facts.since
    if since is None:
        return _("What has changed since the update before")
    if since.kind == "gathering":
        return _("What has changed since the gathering of {day}").fill(day=since.day)
    if since.kind == "snapshot":
        return _("What has changed since the snapshot of {day}").fill(day=since.day)
    return _("What has changed since {day}").fill(day=since.day)


def _blocks(telling: Telling) -> Iterator[Block]:
    speech, facts = telling.speech, telling.facts
    if facts.since and facts.since.kind != "snapshot":
        words = _(
            "Compared are dated statuses, milestones and readings. Other fields are compared only against a snapshot."
        )
        yield Paragraph(speech.say(words))
    if not telling.survey.changes and not telling.gone:
        yield Note(speech.say(_("Nothing has changed.")))
        return
    if telling.survey.changes:
        yield _counts(telling)
    for each in telling.sub_projects():
        if changes := list(changes_of(each, facts)):
            label = speech.title(each.title)
            yield Paragraph(speech.say(_news(changes)), label, anchor("sub-project", each.key))
    if telling.gone:
        words = _("No longer there: {titles}.").fill(titles=listed(told(gone.title) for gone in telling.gone))
        yield Note(speech.say(words))


def _news(changes: Sequence[Change]) -> Message:
    """Tell one change as a sentence, several as a list."""
    if len(changes) == 1:
        return changes[0].sentence
    return follow((_("– {sentence}").fill(sentence=change.sentence) for change in changes), "\n")


def _counts(telling: Telling) -> Table:
    speech, changes = telling.speech, telling.survey.changes
    columns = (Column(speech.say(_("Change")), share=3), Column(speech.say(_("How many")), align="end"))
    counts = [(code, sum(count for kind, count in changes.items() if kind == code)) for code in terms("change")]
    rows = tuple(
        Row((speech.term("change", code, "plural" if count > 1 else "neuter", sign=True), speech.number(count)))
        for code, count in counts
        if count
    )
    return Table(speech.say(_("Changes by kind")), columns, rows)
