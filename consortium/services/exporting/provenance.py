"""Reads a text with all that is known of where its words come from, and believes nothing that cannot be."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consortium.errors import InvalidValue
from consortium.i18n.language import normal_tag
from consortium.i18n.message import LanguageName, Message, _
from consortium.services.codes import LONGEST_PLAIN
from consortium.texts import Text, Version, normal_words
from consortium.texts.version import from_plain
from consortium.texts.words import digest, some_words

#: what a version says: the words, and where they come from
_SAID = frozenset({"words", "from", "digest", "origin", "by", "at", "reviewed_by"})

_DIGEST = re.compile("[0-9a-f]{16}")


def read_text(value: Any) -> Text:
    """Read what :meth:`Text.to_json` wrote.

    :raises InvalidValue: if it is no such text
    """
    if not isinstance(value, dict) or not {"versions"} <= set(value) <= {"versions", "earlier"}:
        raise _no_text(_("it has “versions”, and “earlier” where there are earlier words"))
    versions, earlier = value["versions"], value.get("earlier", {})
    if not isinstance(versions, dict) or not isinstance(earlier, dict):
        raise _no_text(_("“versions” and “earlier” are objects"))
    read = {tag: _read_version(tag, said) for tag, said in versions.items()}
    for tag in read:
        _check_chain(tag, read)
    if sum(version.made_from is None for version in read.values()) != bool(read):
        raise _no_text(_("exactly one version is the source, which has no “from”"))
    return Text(read, {name: _earlier(name, words) for name, words in earlier.items()})


def _read_version(tag: str, said: Any) -> Version:
    if normal_tag(tag) != tag:
        raise InvalidValue(_("“{tag}” is not a language tag. Write for example nb, nn, sv or en.").fill(tag=tag[:40]))
    if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
        raise _no_text(_("a version is an object with strings in it"))
    strange = sorted(set(said) - _SAID)
    if strange or "words" not in said:
        raise _no_text(_("a version has “words”, and no other fields than {known}").fill(known=tuple(sorted(_SAID))))
    _check_origin(said)
    names = {name: _name(said[name]) for name in ("by", "reviewed_by") if name in said}
    return from_plain({**said, **names, "words": some_words(said["words"])})


def _check_origin(said: Mapping[str, str]) -> None:
    if ("from" in said) != ("digest" in said) or not _DIGEST.fullmatch(said.get("digest", "0" * 16)):
        raise _no_text(_("a translation has “from” and the “digest” of the words it was made from: 16 signs 0–9 a–f"))
    if said.get("origin", "machine") != "machine":
        raise _no_text(_("“origin” is “machine”, or is left out"))
    try:
        is_clear = "at" not in said or datetime.fromisoformat(said["at"]).tzinfo is not None
    except ValueError:
        is_clear = False
    if not is_clear:
        raise _no_text(_("“at” is a moment such as 2026-06-15T12:00:00+00:00"))


def _name(words: str) -> str:
    if len(words) > LONGEST_PLAIN:
        told = _("The text is {count} characters long; at most {most} fit.")
        raise InvalidValue(told.fill(count=len(words), most=LONGEST_PLAIN))
    return normal_words(words)


def _check_chain(tag: str, versions: Mapping[str, Version]) -> None:
    """Insist that a translation leads to the source, link by link."""
    seen, link = {tag}, versions[tag].made_from
    while link is not None:
        if link in seen or link not in versions:
            what = _("the version in {language} was made from one that is not there, or from itself")
            raise _no_text(what.fill(language=LanguageName(tag)))
        seen.add(link)
        link = versions[link].made_from


def _earlier(name: str, words: Any) -> str:
    if not isinstance(words, str) or digest(normal_words(words)) != name:
        raise _no_text(_("“earlier” has earlier words under their digest"))
    return normal_words(words)


def _no_text(what: Message) -> InvalidValue:
    return InvalidValue(_("This is no text as exports write it: {what}.").fill(what=what))
