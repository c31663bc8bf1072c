"""The consortium's own terms: added, and put beside those of the house and of plugins."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Consortium, TermEntry
from consortium.plugins import front_desk
from consortium.services.codes import known_code, known_key
from consortium.services.offers import Offers
from consortium.services.policy import Principal, Verb, demand, visible
from consortium.services.texts import Written, new_text
from consortium.texts.glossary import Entry, Friend, Glossary, house_glossary

HOOK = "consortium_term_bases"


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
    """Return the glossary of the house with the term bases of plugins, and with the consortium's own terms and names.

    The own ones come last, and so have the last word.
    """
    query = select(TermEntry).where(TermEntry.consortium_id == consortium.id, visible(principal, TermEntry))
    own = [_entry(each, consortium) for each in session.scalars(query.order_by(TermEntry.key))]
    return _with_bases(session, house_glossary(), consortium).extended(own)


def _with_bases(session: Session, glossary: Glossary, consortium: Consortium) -> Glossary:
    """Put behind what a glossary has what the term bases bring that are on for the consortium."""
    desk = front_desk()
    for base in Offers(session, consortium).on(HOOK, desk.term_bases).values():
        entries = desk.hear(HOOK, base.key, lambda base=base: base.entries, Entry)  # type: ignore[misc]  # a name of its own each time
        friends = desk.hear(HOOK, base.key, lambda base=base: base.friends, Friend)  # type: ignore[misc]  # as above
        glossary = Glossary((*glossary.entries, *entries), (*glossary.friends, *friends))
    return glossary


def _entry(each: TermEntry, consortium: Consortium) -> Entry:
    said = {tag: each.words.words(tag) or "" for tag in each.words}
    avoid = {tag: tuple(_parts(each.avoid.words(tag) or "")) for tag in each.avoid}
    if each.kind == "name":
        source = said.get(each.words.source or "", "")
        return Entry({tag: said.get(tag, source) for tag in {*consortium.tags, *said}}, avoid, is_name=True)
    return Entry(said, avoid)


def _parts(words: str) -> Iterator[str]:
    return (part.strip() for part in words.split(",") if part.strip())
