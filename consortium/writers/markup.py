"""Words as HTML: escaped, and each in its own language."""

from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape

from consortium.documents import Mark, Phrase, Words
from consortium.i18n.language import INTERFACE_LANGUAGES, interface_language
from consortium.writers.signs import SIGNS

#: words that stand in the place of others look different
_STANDS_IN = (Mark.FALLBACK, Mark.MISSING)


@cache
def language_attribute(tag: str, around: str) -> str:
    """Write the attribute that says in which language an element is; nothing where the one around it says the same."""
    if tag == around:
        return ""
    # a reader's browser knows which way a language is written that we do not
    direction = "" if tag in INTERFACE_LANGUAGES else ' dir="auto"'
    return f' lang="{escape(tag)}"{direction}'


def text(words: str) -> str:
    """Escape ``words`` for an element or an attribute's value; single line breaks stay."""
    escaped = escape(words)
    return escaped.replace("\n", "<br>") if "\n" in escaped else escaped


def note(phrase: Phrase, asked: str, around: str) -> str:
    """Write the mark of ``phrase`` in words, with its sign; ``asked`` is the language of its reader."""
    if not phrase.mark or not phrase.note:
        return ""
    sign = SIGNS.get(f"mark.{phrase.mark}")
    return f' <span class="mark"{language_attribute(interface_language(asked), around)}>{sign.svg() if sign else ""}{escape(phrase.note)}</span>'


def paragraph(phrase: Phrase, asked: str, around: str) -> str:
    """Set a phrase as a paragraph, with its mark if it has one; nothing where there are no words."""
    if not phrase.words:
        return ""
    attributes = language_attribute(phrase.language, around)
    if phrase.mark is None:
        return f"<p{attributes}>{text(phrase.words)}</p>\n"
    kind = _kind(phrase)
    return f"<p{kind}{attributes}>{text(phrase.words)}{note(phrase, asked, phrase.language)}</p>\n"


def _kind(phrase: Phrase) -> str:
    return f' class="{phrase.mark}"' if phrase.mark in _STANDS_IN else ""


def inline(phrase: Phrase, asked: str, around: str) -> str:
    """Set a phrase within a line, with its mark if it has one."""
    said = text(phrase.words)
    if phrase.mark is None:  # nearly always
        if phrase.language == around:
            return said
        return f"<span{language_attribute(phrase.language, around)}>{said}</span>"
    kind, attributes = _kind(phrase), language_attribute(phrase.language, around)
    return (f"<span{kind}{attributes}>{said}</span>" if kind or attributes else said) + note(phrase, asked, around)


def chip(words: Words, languages: tuple[str, ...], around: str) -> str:
    """Set words of state or trend with their sign, on the state's tint."""
    sign = SIGNS.get(words[0].sign)
    if sign is None:
        return "".join(_lines(words, languages, around))
    classes = words[0].sign.replace(".", " ")
    return f'<span class="chip {classes}">{sign.svg()}<span>{"".join(_lines(words, languages, around))}</span></span>'


#: longer words hardly ever come again
_SHORT = 200


def again(words: Words, languages: tuple[str, ...], around: str) -> str:
    """Set words as :func:`stacked` does, and remember it: states, days, names and labels come again and again."""
    if any(len(each.words) > _SHORT for each in words):
        return stacked(words, languages, around)
    return _known(words, languages, around)


@lru_cache(maxsize=2_000)
def _known(words: Words, languages: tuple[str, ...], around: str) -> str:
    return stacked(words, languages, around)


def stacked(words: Words, languages: tuple[str, ...], around: str) -> str:
    """Set words line under line, one for each language; the same words in the same language only once."""
    if not words:
        return ""
    if words[0].sign:
        return chip(words, languages, around)
    if len(words) == 1:
        return inline(words[0], languages[0], around)
    return "".join(_lines(words, languages, around))


def _lines(words: Words, languages: tuple[str, ...], around: str) -> Iterator[str]:
    first = words[0]
    if len(words) == 1:
        yield inline(first, languages[0], around)
        return
    yield f'<span class="line">{inline(first, languages[0], around)}</span>'
    for phrase, asked in zip(words[1:], languages[1:], strict=False):
        if (phrase.words, phrase.language) != (first.words, first.language):
            yield f' <span class="line second">{inline(phrase, asked, around)}</span>'
        elif said := note(phrase, asked, around):
            yield f' <span class="line second">{said.lstrip()}</span>'
