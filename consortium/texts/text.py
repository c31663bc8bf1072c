"""A text in two or more languages, each of which knows what it was made from."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal

from consortium.errors import HumanWordsKept, InvalidValue, UnusableText
from consortium.i18n.language import NEIGHBOURS, language_name, normal_tag
from consortium.i18n.message import Message, _
from consortium.texts.difference import Piece, word_difference

Origin = Literal["human", "machine"]


class TextState(StrEnum):
    """How far one language version of a text can be trusted."""

    ORIGINAL = "original"
    MISSING = "missing"
    MACHINE_DRAFT = "machine_draft"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Version:
    """The words of a text in one language.

    :ivar made_from: the language it was translated from; ``None`` for the source
    :ivar digest: of the source words at that time
    :ivar by: who wrote it last, ``at`` when
    :ivar reviewed_by: who found a translation right; ``None`` if nobody has
    """

    words: str
    made_from: str | None = None
    digest: str | None = None
    origin: Origin = "human"
    by: str = ""
    at: datetime | None = None
    reviewed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of one language is given: the words, their own language, and how far to trust them."""

    words: str
    language: str
    state: TextState
    is_fallback: bool = False


@dataclass(frozen=True)
class Text:
    """A text as a value: at most one version a language, of which exactly one is the source.

    Every verb returns a new text. ``earlier`` keeps the source words that an outdated translation was made from, under
    their digest, so that the difference can be shown.
    """

    versions: Mapping[str, Version] = field(default_factory=lambda: MappingProxyType({}))
    earlier: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def source(self) -> str | None:
        """The language of the source; ``None`` for an empty text."""
        return next((tag for tag, version in self.versions.items() if version.made_from is None), None)

    def __bool__(self) -> bool:
        """Tell whether there are any words."""
        return bool(self.versions)

    def __iter__(self) -> Iterator[str]:
        """Walk the languages that have words, in the order of their tags."""
        return iter(sorted(self.versions))

    def words(self, language: str) -> str | None:
        """Return the words in ``language``, or ``None``."""
        version = self.versions.get(language)
        return version.words if version else None

    def write(self, language: str, words: str, *, by: str = "", at: datetime | None = None) -> "Text":
        """Make ``words`` the source; what was the source before is then a translation, to be checked.

        :raises UnusableText: if the words hold signs that cannot be kept
        """
        language, words = normal_tag(language), normal_words(words)
        if not words:
            raise InvalidValue(_("A text cannot be empty. To take a translation away, remove it."))
        if self.words(language) == words and self.source == language:
            return self
        versions, earlier = dict(self.versions), self._remember(language)
        old = self.source
        if old and old != language:
            made_of = versions[language].words if language in versions else words
            versions[old] = replace(versions[old], made_from=language, digest=digest(made_of))
        versions[language] = Version(words, by=by, at=at)
        return Text(MappingProxyType(versions), earlier)._tidy()

    def translate(  # provenance is what this verb is about
        self,
        language: str,
        words: str,
        *,
        made_from: str | None = None,
        based_on: str | None = None,
        origin: Origin = "human",
        by: str = "",
        at: datetime | None = None,
    ) -> "Text":
        """Add or replace the version in ``language``, made from ``made_from`` (the source unless told otherwise).

        :param based_on: the words it was made from, where those have changed since
        :raises HumanWordsKept: if a machine's words would replace a person's
        :raises UnusableText: if the words hold signs that cannot be kept
        """
        language, words = normal_tag(language), normal_words(words)
        base = made_from or self.source
        present = self.versions.get(language)
        if origin == "machine" and present and present.origin == "human":
            raise HumanWordsKept(
                _("A person has written the text in {language}; the machine's draft was not used.").fill(
                    language=_named(language)
                )
            )
        if base is None or base not in self.versions or base == language:
            raise InvalidValue(
                _("There is no text to translate into {language}. Write the original first.").fill(
                    language=_named(language)
                )
            )
        basis = normal_words(based_on) if based_on else self.versions[base].words
        earlier = self._remember(language)
        if basis != self.versions[base].words:
            earlier = MappingProxyType({**earlier, digest(basis): basis})
        made = Version(words, base, digest(basis), origin, by, at)
        if present and (present.words, present.made_from, present.digest, present.origin) == (
            words,
            base,
            made.digest,
            origin,
        ):
            return self
        versions = {**self.versions, language: made}
        if self._leads_to(base, language):
            versions[base] = replace(versions[base], made_from=None, digest=None)
        return Text(MappingProxyType(versions), earlier)._tidy()

    def review(self, language: str, *, by: str) -> "Text":
        """Record that ``by`` found the translation right as it stands; it is then up to date."""
        version = self._version(language)
        if version.made_from is None:
            return self
        current = digest(self.versions[version.made_from].words)
        versions = {**self.versions, language: replace(version, reviewed_by=by, digest=current)}
        return Text(MappingProxyType(versions), self.earlier)._tidy()

    def remove(self, language: str) -> "Text":
        """Take the version in ``language`` away; the source only when nothing is left that was made from it."""
        self._version(language)
        if any(version.made_from == language for version in self.versions.values()):
            raise InvalidValue(
                _(
                    "The text in {language} is the source of a translation. Remove the translation first, or write another source."
                ).fill(language=_named(language))
            )
        versions = {tag: version for tag, version in self.versions.items() if tag != language}
        return Text(MappingProxyType(versions), self.earlier)._tidy()

    def state(self, language: str) -> TextState:
        """Tell how far the version in ``language`` can be trusted."""
        version = self.versions.get(language)
        if version is None:
            return TextState.MISSING
        if version.made_from is None:
            return TextState.ORIGINAL
        if self._changed_link(language):
            return TextState.OUTDATED
        if version.reviewed_by:
            return TextState.REVIEWED
        return TextState.MACHINE_DRAFT if version.origin == "machine" else TextState.TRANSLATED

    def difference(self, language: str) -> tuple[Piece, ...]:
        """Tell word by word how the source has changed since ``language`` was made from it; empty if it has not.

        Where a translation was made from another translation, the first changed link of that chain is told.
        """
        link = self._changed_link(language)
        if link is None or link.made_from is None:
            return ()
        then = self.earlier.get(link.digest or "", "")
        return word_difference(then, self.words(link.made_from) or "")

    def read(self, language: str) -> Reading | None:
        """Give a reader of ``language`` the best there is: the language itself, else its neighbours, else the source."""
        for tag in (language, *NEIGHBOURS.get(language.split("-", maxsplit=1)[0], ()), self.source or "", *self):
            if tag in self.versions:
                return Reading(self.versions[tag].words, tag, self.state(tag), tag != language)
        return None

    def to_json(self, *, stamps: bool = True) -> dict[str, Any]:
        """Turn the text into plain JSON, with sorted keys and nothing that says nothing.

        :param stamps: with who wrote each version and when; a fingerprint of what is said goes without
        """
        kept = {tag: _plain(self.versions[tag], stamps=stamps) for tag in self}
        return {"versions": kept} | ({"earlier": dict(sorted(self.earlier.items()))} if self.earlier else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Text":
        """Turn what :meth:`to_json` wrote into a text again."""
        versions = {tag: _version_from(kept) for tag, kept in data.get("versions", {}).items()}
        return cls(MappingProxyType(versions), MappingProxyType(dict(data.get("earlier", {}))))

    def _version(self, language: str) -> Version:
        if language not in self.versions:
            raise InvalidValue(_("There is no text in {language}.").fill(language=_named(language)))
        return self.versions[language]

    def _leads_to(self, start: str, goal: str) -> bool:
        """Tell whether the version in ``start`` was made, link by link, from the one in ``goal``."""
        tag: str | None = start
        while tag is not None and tag != goal:
            version = self.versions.get(tag)
            tag = version.made_from if version else None
        return tag is not None

    def _changed_link(self, language: str) -> Version | None:
        version = self.versions.get(language)
        while version and version.made_from:
            base = self.versions.get(version.made_from)
            if base is None or digest(base.words) != version.digest:
                return version
            version = base
        return None

    def _remember(self, language: str) -> Mapping[str, str]:
        """Keep the words in ``language``, which are about to change, for those who translated them."""
        version = self.versions.get(language)
        return MappingProxyType({**self.earlier, digest(version.words): version.words}) if version else self.earlier

    def _tidy(self) -> "Text":
        """Forget the earlier words that no translation was made from, or that are the present ones again."""
        needed = {v.digest for v in self.versions.values()} - {digest(v.words) for v in self.versions.values()}
        kept = {key: words for key, words in self.earlier.items() if key in needed}
        return Text(self.versions, MappingProxyType(kept))

    def __hash__(self) -> int:
        """Hash by the words."""
        return hash(tuple((tag, self.versions[tag].words) for tag in self))


def digest(words: str) -> str:
    """Return a short fingerprint of ``words``: the first 16 hex digits of their SHA-256."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def normal_words(words: str) -> str:
    """Write ``words`` in their normal form: NFC, plain line ends, no space around.

    :raises UnusableText: if there are control signs or half characters in them
    """
    tidy = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n"))
    for sign in tidy:
        if (sign < " " and sign not in "\n\t") or sign == "\x7f" or "\ud800" <= sign <= "\udfff":
            raise UnusableText(
                _("The text holds a sign that cannot be kept (U+{code}). Delete it and write it anew.").fill(
                    code=f"{ord(sign):04X}"
                )
            )
    return "\n".join(line.rstrip() for line in tidy.split("\n")).strip()


def _named(language: str) -> Message:
    return _LanguageName(language)


class _LanguageName(Message):
    """A language's name, said in the language of whoever reads it."""

    def say(self, language: str) -> str:
        """Name it in ``language``."""
        return language_name(self.words, language)


def _plain(version: Version, *, stamps: bool) -> dict[str, Any]:
    kept = {
        "words": version.words,
        "from": version.made_from,
        "digest": version.digest,
        "origin": version.origin if version.origin != "human" else None,
        "by": (version.by or None) if stamps else None,
        "at": version.at.isoformat() if version.at and stamps else None,
        "reviewed_by": version.reviewed_by if stamps else version.reviewed_by and "reviewed",
    }
    return {name: value for name, value in kept.items() if value is not None}


def _version_from(kept: Mapping[str, Any]) -> Version:
    at = datetime.fromisoformat(kept["at"]) if "at" in kept else None
    origin: Origin = "machine" if kept.get("origin") == "machine" else "human"
    return Version(
        kept["words"], kept.get("from"), kept.get("digest"), origin, kept.get("by", ""), at, kept.get("reviewed_by")
    )
