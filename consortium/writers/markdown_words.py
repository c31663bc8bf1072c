"""Words as Markdown: what somebody wrote is never read as markup."""

import re

from consortium.documents import Mark, Phrase
from consortium.writers.office.tree import settable

#: what could begin or end markup anywhere: emphasis, code, links, HTML, tables, formulas, entities, addresses, emoji
_MARKUP = re.compile(r"[\\`*_\[\]<>|~$&@]|(?<=\w):(?=//)|(?<=\bwww)\.|(?<!\S)#|:(?=[\w+-]+:)", re.IGNORECASE)
#: what could at the start of a line: headings, lists, rules
_AT_START = re.compile(r"^(?:[+=-]|(?<!\d)(\d+)(?=[.)]))")


def escaped(words: str) -> str:
    """Write the words of one line so that they are read as they are."""
    return _MARKUP.sub(r"\\\g<0>", settable(words).strip())


def started(line: str) -> str:
    """Let a line begin with its words, where they could be taken for the sign of a heading, a list or a rule."""
    return _AT_START.sub(lambda start: f"{start[1]}\\" if start[1] else f"\\{start[0]}", line)


def said(phrase: Phrase) -> str:
    """Set a phrase within a line, with its mark if it has one."""
    return _marked(phrase, " ".join(_lines(phrase)))


def paragraph(phrase: Phrase) -> str:
    """Set a phrase as a paragraph; single line breaks stay."""
    return _marked(phrase, "\\\n".join(map(started, _lines(phrase))))


def _lines(phrase: Phrase) -> list[str]:
    return [line for line in map(escaped, settable(phrase.words).split("\n")) if line]


def _marked(phrase: Phrase, words: str) -> str:
    if phrase.mark in (Mark.FALLBACK, Mark.MISSING) and words:
        words = f"*{words}*"
    note = said(Phrase(phrase.note, phrase.language)) if phrase.note else ""
    return f"{words} ({note})".lstrip() if note else words
