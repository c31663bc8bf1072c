"""Writes, translates and reviews the texts of records."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import FrozenWords
from consortium.i18n.message import _
from consortium.models import Record, StatusUpdate
from consortium.services.policy import Principal, Verb, demand
from consortium.texts import Text
from consortium.texts.version import Origin

#: words by language; the first one is the source
Written = Mapping[str, str]


def new_text(principal: Principal, words: Written | str | None, *, language: str = "") -> Text:
    """Make a text of words by language, the first of which is the source; a plain string is in ``language``."""
    if not words:
        return Text()
    (source, original), *others = ({language: words} if isinstance(words, str) else words).items()
    text = Text().write(source, original, by=principal.name, at=clock.now())
    for tag, translation in others:
        text = text.translate(tag, translation, by=principal.name, at=clock.now())
    return text


def write_text(
    session: Session, principal: Principal, *, record: Record, field: str, language: str, words: str
) -> Text:
    """Make ``words`` the source of a text; its translations are outdated at once.

    :raises NotPermitted: if ``principal`` may not edit the record
    :raises FrozenWords: if the record is a status update, whose source words stay as they were submitted
    """
    demand(session, principal, Verb.EDIT, record)
    before: Text = getattr(record, field)
    after = before.write(language, words, by=principal.name, at=clock.now())
    return _keep(record, field, after)


def translate_text(  # a translation has a record, a field, words and where they come from
    session: Session,
    principal: Principal,
    *,
    record: Record,
    field: str,
    language: str,
    words: str,
    origin: Origin = "human",
    based_on: str | None = None,
) -> Text:
    """Add or replace a translation; a machine's words never replace a person's.

    :raises NotPermitted: if ``principal`` may not translate the record
    :raises HumanWordsKept: if a machine's draft would replace a person's words
    """
    demand(session, principal, Verb.TRANSLATE, record)
    before: Text = getattr(record, field)
    after = before.translate(language, words, origin=origin, based_on=based_on, by=principal.name, at=clock.now())
    return _keep(record, field, after)


def review_text(session: Session, principal: Principal, *, record: Record, field: str, language: str) -> Text:
    """Record that the translation is right as it stands, also after the source has changed.

    :raises NotPermitted: if ``principal`` may not translate the record
    """
    demand(session, principal, Verb.TRANSLATE, record)
    before: Text = getattr(record, field)
    return _keep(record, field, before.review(language, by=principal.name))


def check_frozen(record: Any, before: Text, after: Text) -> None:
    """Insist that a submitted status keeps its source words; a draft or a returned one may be rewritten.

    :raises FrozenWords: if they would change
    """
    if not isinstance(record, StatusUpdate) or not record.is_frozen or record.id is None:
        return
    source = before.source or ""
    if after.source != before.source or after.words(source) != before.words(source):
        raise FrozenWords(
            _(
                "The status of {day} has been submitted and keeps its words. Add a new status that corrects “{key}” instead."
            ).fill(day=record.day, key=record.key)
        )


def _keep(record: Record, field: str, after: Text) -> Text:
    check_frozen(record, getattr(record, field), after)
    setattr(record, field, after)
    return after
