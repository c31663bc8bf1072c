"""The language of a page: chosen on any page and remembered, else the one the browser asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Request, Response, current_app, request
from markupsafe import Markup, escape

from consortium.documents import Phrase, Words
from consortium.i18n.language import INTERFACE_LANGUAGES, interface_language, language_name
from consortium.i18n.message import Message
from consortium.writers.markup import stacked
from consortium_admin.addresses import own_address
from consortium_admin.visit import visit

#: remembers the language that was chosen, for a year
COOKIE, A_YEAR = "language", 365 * 24 * 60 * 60

#: signs that stand in no text, and mark places in a message until words are set there
PLACES = 0xF0000


@dataclass(frozen=True)
class LanguageChoice:
    """A language of the interface.

    :ivar name: what its speakers call it
    """

    tag: str
    name: str
    is_present: bool


def choose(asked: Request) -> str:
    """Choose the language of a page: the remembered one, the browser's, English."""
    kept = asked.cookies.get(COOKIE)
    if kept in INTERFACE_LANGUAGES:
        return kept
    for tag, quality in asked.accept_languages:
        first = tag.replace("_", "-").split("-")[0].lower()
        if quality and first in {*INTERFACE_LANGUAGES, "no"}:
            return interface_language(first)
    return "en"


def remember(response: Any, language: str) -> Any:
    """Let the browser remember the language that was chosen."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(COOKIE, language, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def label(response: Response) -> Response:
    """Say in which language a page is."""
    if response.mimetype == "text/html":
        response.content_language.add(visit().language)
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def language_choices() -> Iterator[LanguageChoice]:
    """List the languages of the interface."""
    for tag in INTERFACE_LANGUAGES:
        yield LanguageChoice(tag, language_name(tag, tag), tag == visit().language)


def this_page() -> str:
    """Return the address of this page, to come back to; of a page that was sent to, the first one."""
    is_read = request.method in {"GET", "HEAD"}
    return own_address(request.full_path.rstrip("?")) if is_read else ""


def _say(words: str, /, **values: object) -> str:
    return _within(Message(words), values) if values else _plainly(words, "", visit().language)


def _say_number(words: str, plural: str, count: int, /, **values: object) -> str:
    return _within(Message(words, plural, count), values)


def _say_in_context(context: str, words: str, /, **values: object) -> str:
    return _within(Message(words, context=context), values) if values else _plainly(words, context, visit().language)


@lru_cache(maxsize=4096)  # every page says some dozens of them
def _plainly(words: str, context: str, language: str) -> str:
    return Message(words, context=context).say(language)


def _within(message: Message, values: dict[str, object]) -> str:
    """Say a message; words of facts among its values keep their language, which only a page can tell."""
    language = visit().language
    own = {name: value for name, value in values.items() if _are_words(value)}
    if not own:
        return message.fill(**values).say(language)
    places = {name: chr(PLACES + number) for number, name in enumerate(own)}
    said = str(escape(message.fill(**{**values, **places}).say(language)))
    for name, place in places.items():
        said = said.replace(place, set_words(own[name]))  # type: ignore[arg-type]  # _are_words has looked
    return Markup(said)  # noqa: S704  # both were escaped


def _are_words(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Phrase)


def set_words(words: Words) -> Markup:
    """Set words in the language of the page, each with its own language."""
    language = visit().language
    return Markup(stacked(words, (language,), language))  # noqa: S704  # the writer escapes words


#: what templates say things with: ``_("…")`` makes a message and says it, ``words`` sets words with their languages
VOICE: dict[str, Any] = {
    "_": _say,
    "_n": _say_number,
    "_p": _say_in_context,
    "words": set_words,
    "language_choices": language_choices,
    "this_page": this_page,
    "name_of": lambda tag: language_name(tag, tag),
}
