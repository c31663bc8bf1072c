"""The consortium's own terms: added, and put beside those of the house."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Consortium, TermEntry
from consortium.services.codes import known_code, known_key
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.texts import Written, new_text
from consortium.texts.glossary import Entry, Glossary, house_glossary


def add_term(  # what a term is
    session: Session,
    principal: Principal,
    *,
    consortium: Consortium,
    key: str,
    words: Written,
    avoid: Written | None = None,
    kind: str = "term",
) -> TermEntry:
    """Add a term with what each language calls it, or a name that no language changes.

    :param avoid: by language, the words to avoid for it, with commas between them
    :raises NotPermitted: if ``principal`` is not staff
    :raises InvalidValue: if the key is taken, or there are no words
    """
    entry = TermEntry(
        consortium_id=consortium.id,
        key=known_key(key),
        kind=known_code("term_kind", kind),
        words=new_text(principal, words),
        avoid=new_text(principal, avoid),
    )
    demand(session, principal, Verb.ADD, entry)
    if not entry.words:
        raise InvalidValue(_("A term needs words in at least one language."), "words")
    taken = select(TermEntry.id).where(TermEntry.consortium_id == consortium.id, TermEntry.key == entry.key)
    if session.scalar(taken):
        raise InvalidValue(_("There is already a term “{key}”. Choose another key.").fill(key=key), "key")
    session.add(entry)
    session.flush()
    return entry


def glossary_of(session: Session, principal: Principal, *, consortium: Consortium) -> Glossary:
    """Return the glossary of the house with the consortium's own terms and names."""
    query = select(TermEntry).where(TermEntry.consortium_id == consortium.id, visible(principal, TermEntry))
    return house_glossary().extended(
        [_entry(each, consortium) for each in session.scalars(query.order_by(TermEntry.key))]
    )


def _entry(each: TermEntry, consortium: Consortium) -> Entry:
    said = {tag: each.words.words(tag) or "" for tag in each.words}
    avoid = {tag: tuple(_parts(each.avoid.words(tag) or "")) for tag in each.avoid}
    if each.kind == "name":
        source = said.get(each.words.source or "", "")
        return Entry({tag: said.get(tag, source) for tag in {*consortium.tags, *said}}, avoid, is_name=True)
    return Entry(said, avoid)


def _parts(words: str) -> Iterator[str]:
    return (part.strip() for part in words.split(",") if part.strip())
