"""Where texts stand in the facts, so that those that are missing or not to be trusted can be found and told."""

from collections.abc import Iterator
from dataclasses import dataclass

from consortium.facts.names import named
from consortium.facts.sub_projects import SubProjectFacts
from consortium.facts.values import Facts
from consortium.i18n.message import Message, _
from consortium.texts import Text, told


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a record.

    :ivar record: key of the record
    :ivar owner: whose text it is, for a reader
    :ivar field: what the text is of the record
    :ivar anchor: kind and key of the part of a report that shows it
    """

    record: str
    owner: Message
    field: Message
    text: Text
    anchor: tuple[str, str]


def places_of(facts: Facts, sub_projects: Iterator[SubProjectFacts]) -> Iterator[Place]:
    """Walk the texts of ``facts`` that have words in any language; names of organisations are left as they are."""
    for theme in facts.themes:
        name, anchor = told(theme.name), ("theme", theme.key)
        yield from _filled(theme.key, name, anchor, (_("Name"), theme.name), (_("Question"), theme.question))
    for gathering in facts.gatherings:
        name, anchor = told(gathering.title), ("gathering", gathering.key)
        yield from _filled(gathering.key, name, anchor, (_("Title"), gathering.title), (_("Topic"), gathering.topic))
        for statement in gathering.statements:
            yield from _filled(statement.key, named(statement.name), anchor, (_("Statement"), statement.words))
    for each in sub_projects:
        yield from places_of_sub_project(each)


def places_of_sub_project(each: SubProjectFacts) -> Iterator[Place]:
    """Walk the texts of a sub-project: its own, its status, its milestones, indicators and assessments."""
    owner, anchor = told(each.title), ("sub-project", each.key)
    yield from _filled(each.key, owner, anchor, (_("Title"), each.title), (_("Purpose"), each.purpose))
    if status := each.current:
        yield from _filled(
            status.key,
            owner,
            anchor,
            (_("Summary"), status.summary),
            (_("Achieved"), status.achieved),
            (_("Next steps"), status.next_steps),
            (_("Support needs"), status.support_needs),
        )
    for milestone in each.milestones:
        yield from _filled(milestone.key, owner, anchor, (_("Milestone"), milestone.title))
    for indicator in each.indicators:
        yield from _filled(indicator.key, owner, anchor, (_("Indicator"), indicator.name), (_("Unit"), indicator.unit))
        if target := indicator.new_target:
            yield from _filled(target.key, owner, anchor, (_("Reason for the new target"), target.words))
    for assessment in each.assessments:
        yield from _filled(assessment.key, owner, anchor, (_("Assessment"), assessment.words))


def _filled(record: str, owner: Message, anchor: tuple[str, str], *fields: tuple[Message, Text]) -> Iterator[Place]:
    return (Place(record, owner, field, text, anchor) for field, text in fields if text)
