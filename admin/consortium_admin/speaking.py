"""The language of a page: chosen by a link and remembered, else the one the browser asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Request, Response, request
from markupsafe import Markup

from consortium.documents import Words
from consortium.i18n.language import INTERFACE_LANGUAGES, interface_language, language_name
from consortium.i18n.message import Message
from consortium.writers.markup import stacked
from consortium_admin.visit import visit

#: remembers the language that was chosen, for a year
COOKIE, A_YEAR = "language", 365 * 24 * 60 * 60

#: a longer query is nothing of ours; no link repeats it
LONGEST_QUERY = 500


@dataclass(frozen=True)
class LanguageLink:
    """A link to the same page in another language.

    :ivar name: what its speakers call it
    """

    tag: str
    name: str
    address: str
    is_present: bool


def choose(asked: Request) -> str:
    """Choose the language of a page: the one in the address, the remembered one, the browser's, English."""
    for tag in (asked.args.get("lang"), asked.cookies.get(COOKIE)):
        if tag in INTERFACE_LANGUAGES:
            return tag
    for tag, quality in asked.accept_languages:
        first = tag.replace("_", "-").split("-")[0].lower()
        if quality and first in {*INTERFACE_LANGUAGES, "no"}:
            return interface_language(first)
    return "en"


def remember(response: Response) -> Response:
    """Remember the language that was chosen, and say in which one the page is."""
    chosen = request.args.get("lang")
    if chosen in INTERFACE_LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax")
    if response.mimetype == "text/html":
        response.content_language.add(visit().language)
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def language_links() -> Iterator[LanguageLink]:
    """List the languages of the interface, each with the address of this page in it."""
    kept = request.args.to_dict() if len(request.query_string) <= LONGEST_QUERY else {}
    for tag in INTERFACE_LANGUAGES:
        address = f"?{urlencode({**kept, 'lang': tag})}"
        yield LanguageLink(tag, language_name(tag, tag), address, tag == visit().language)


def _say(words: str, **values: object) -> str:
    return Message(words).fill(**values).say(visit().language)


def _say_number(words: str, plural: str, count: int, **values: object) -> str:
    return Message(words, plural, count).fill(**values).say(visit().language)


def _say_in_context(context: str, words: str, **values: object) -> str:
    return Message(words, context=context).fill(**values).say(visit().language)


def _set(words: Words) -> Markup:
    language = visit().language
    return Markup(stacked(words, (language,), language))  # noqa: S704  # the writer escapes words


#: what templates say things with: ``_("…")`` makes a message and says it, ``words`` sets words with their languages
VOICE: dict[str, Any] = {
    "_": _say,
    "_n": _say_number,
    "_p": _say_in_context,
    "words": _set,
    "language_links": language_links,
    "name_of": lambda tag: language_name(tag, tag),
}
