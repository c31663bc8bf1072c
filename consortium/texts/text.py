"""A text in two or more languages, each of which knows what it was made from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec

from consortium.errors import HumanWordsKept, InvalidValue
from consortium.i18n.language import NEIGHBOURS, normal_tag
from consortium.i18n.message import LanguageName, Message, _
from consortium.texts.difference import Piece, word_difference
from consortium.texts.version import Origin, Reading, TextState, Version, from_plain, to_plain, without_stamps
from consortium.texts.words import digest, normal_words, some_words


class Text:
    """A text as a value: at most one version a language, of which exactly one is the source.

    Every verb returns a new text. It keeps itself as plain JSON, because reports read a hundred thousand texts and look
    into each only for the words: ``{"versions": {tag: {"words": …}}, "earlier": {digest: words}}``.
    """

    __slots__ = ("_data", "_raw", "_versions")

    def __init__(self, versions: Mapping[str, Version] | None = None, earlier: Mapping[str, str] | None = None) -> None:
        own = MappingProxyType(dict(versions or {}))
        self._versions: Mapping[str, Version] | None = own
        self._raw = ""
        self._data: Mapping[str, Any] | None = _plain_text(own, earlier or {})

    @property
    def versions(self) -> Mapping[str, Version]:
        """The versions by their language."""
        if self._versions is None:
            self._versions = MappingProxyType({tag: from_plain(kept) for tag, kept in self._said.items()})
        return self._versions

    @property
    def earlier(self) -> Mapping[str, str]:
        """The source words that an outdated translation was made from, by their digest."""
        return MappingProxyType(self._kept.get("earlier", {}))

    @property
    def _kept(self) -> Mapping[str, Any]:
        if self._data is None:
            self._data = msgspec.json.decode(self._raw)
        return self._data

    @property
    def _said(self) -> Mapping[str, dict[str, Any]]:
        return (self._data or self._kept)["versions"]  # type: ignore[no-any-return]  # plain JSON

    @property
    def source(self) -> str | None:
        """The language of the source; ``None`` for an empty text."""
        return next((tag for tag, kept in self._said.items() if "from" not in kept), None)

    def __bool__(self) -> bool:
        """Tell whether there are any words."""
        return bool(self._said)

    def __iter__(self) -> Iterator[str]:
        """Walk the languages that have words, in the order of their tags."""
        return iter(sorted(self._said))

    def words(self, language: str) -> str | None:
        """Return the words in ``language``, or ``None``."""
        kept = self._said.get(language)
        return kept["words"] if kept else None

    def write(self, language: str, words: str, *, by: str = "", at: datetime | None = None) -> "Text":
        """Make ``words`` the source; what was the source before is then a translation, to be checked.

        :raises UnusableText: if the words hold signs that cannot be kept
        """
        language, words = normal_tag(language), some_words(words)
        if self.words(language) == words and self.source == language:
            return self
        versions, earlier = self._with_source(language, self._remember(language))
        versions[language] = Version(words, by=by, at=at)
        return Text(versions, earlier)._tidy()

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
        language, words = normal_tag(language), some_words(words)
        base = made_from or self.source
        present = self.versions.get(language)
        if origin == "machine" and present and (present.origin == "human" or present.reviewed_by):
            kept = _("A person has written the text in {language}; the machine’s draft was not used.")
            raise HumanWordsKept(kept.fill(language=LanguageName(language)))
        if base is None or base not in self.versions or base == language:
            missing = _("There is no text to translate into {language}. Write the original first.")
            raise InvalidValue(missing.fill(language=LanguageName(language)))
        basis = normal_words(based_on) if based_on else self.versions[base].words
        earlier = self._remember(language)
        if basis != self.versions[base].words:
            earlier = {**earlier, digest(basis): basis}
        made = Version(words, base, digest(basis), origin, by, at)
        if present and replace(present, by=by, at=at, reviewed_by=None) == made:
            return self
        versions: dict[str, Version] = dict(self.versions)
        if self._leads_to(base, language):
            versions, earlier = self._with_source(base, earlier)
        return Text({**versions, language: made}, earlier)._tidy()

    def review(self, language: str, *, by: str) -> "Text":
        """Record that ``by`` found the translation right as it stands; it is then up to date."""
        version = self._version(language)
        if version.made_from is None:
            return self
        current = digest(self.versions[version.made_from].words)
        versions = {**self.versions, language: replace(version, reviewed_by=by, digest=current)}
        return Text(versions, self.earlier)._tidy()

    def remove(self, language: str) -> "Text":
        """Take the version in ``language`` away; the source only when nothing is left that was made from it."""
        self._version(language)
        if any(version.made_from == language for version in self.versions.values()):
            raise InvalidValue(
                _(
                    "The text in {language} is the source of a translation. Remove the translation first, or write another source."
                ).fill(language=LanguageName(language))
            )
        versions = {tag: version for tag, version in self.versions.items() if tag != language}
        return Text(versions, self.earlier)._tidy()

    def state(self, language: str) -> TextState:
        """Tell how far the version in ``language`` can be trusted."""
        kept = self._said.get(language)
        if kept is None:
            return TextState.MISSING
        if "from" not in kept:
            return TextState.ORIGINAL
        if self._changed_link(language):
            return TextState.OUTDATED
        if kept.get("reviewed_by") is not None:  # empty where the facts leave out who it was
            return TextState.REVIEWED
        return TextState.MACHINE_DRAFT if "origin" in kept else TextState.TRANSLATED

    def difference(self, language: str) -> tuple[Piece, ...]:
        """Tell word by word how the source has changed since ``language`` was made from it; empty if it has not.

        Where a translation was made from another translation, the first changed link of that chain is told.
        """
        link = self._changed_link(language)
        if link is None:
            return ()
        then = self.earlier.get(link["digest"], "")
        return word_difference(then, self.words(link["from"]) or "")

    def read(self, language: str) -> Reading | None:
        """Give a reader of ``language`` the best there is: the language itself, else its neighbours, else the source."""
        said = self._said
        if kept := said.get(language):
            return Reading(kept["words"], language, self.state(language))
        own = language.split("-", maxsplit=1)[0]
        regional = [tag for tag in self if tag.split("-", maxsplit=1)[0] == own]
        for tag in (*regional, *NEIGHBOURS.get(own, ()), self.source or "", *self):
            if tag in said:
                return Reading(said[tag]["words"], tag, self.state(tag), is_fallback=tag not in regional)
        return None

    def reworded(self, change: Callable[[str], str]) -> "Text":
        """Return the text with ``change`` made in all words and names; what was made from what, and when, stays.

        A translation that was up to date is so still, because what it was made from is digested anew.
        """
        words = [*self.earlier.values(), *(kept["words"] for kept in self._said.values())]
        digests = {digest(each): digest(change(each)) for each in words}
        versions = {tag: version.reworded(change, digests) for tag, version in self.versions.items()}
        return Text(versions, {digests[key]: change(then) for key, then in self.earlier.items()})

    def to_json(self) -> dict[str, Any]:
        """Turn the text into plain JSON, with sorted keys and nothing that says nothing."""
        return {**self._kept, "versions": {tag: dict(kept) for tag, kept in self._said.items()}}

    def unstamped(self) -> bytes:
        """Write the text as the JSON that a fingerprint is made of: with sorted keys, without who wrote it when."""
        return without_stamps(msgspec.json.encode(self._data) if self._data is not None else self._raw)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Text":
        """Turn what :meth:`to_json` wrote into a text again."""
        text = cls.__new__(cls)
        text._data, text._raw, text._versions = data if "versions" in data else {"versions": {}}, "", None
        return text

    @classmethod
    def from_raw(cls, raw: str) -> "Text":
        """Make a text of JSON that is read only when somebody looks into it; a list of a thousand never does."""
        text = cls.__new__(cls)
        text._data, text._raw, text._versions = None, raw, None
        return text

    def _version(self, language: str) -> Version:
        if language not in self.versions:
            raise InvalidValue(_("There is no text in {language}.").fill(language=LanguageName(language)))
        return self.versions[language]

    def _leads_to(self, start: str, goal: str) -> bool:
        """Tell whether the version in ``start`` was made, link by link, from the one in ``goal``."""
        tag: str | None = start
        while tag is not None and tag != goal:
            version = self.versions.get(tag)
            tag = version.made_from if version else None
        return tag is not None

    def _changed_link(self, language: str) -> dict[str, Any] | None:
        """Find the first link of the chain of translations whose source has changed since."""
        said = self._said
        kept = said.get(language)
        while kept and "from" in kept:
            base = said.get(kept["from"])
            if base is None or digest(base["words"]) != kept["digest"]:
                return kept
            kept = base
        return None

    def _with_source(self, language: str, earlier: Mapping[str, str]) -> tuple[dict[str, Version], dict[str, str]]:
        """Let ``language`` be the source; the old one then counts as made from what agreed with it, or from nothing."""
        versions, agreed = dict(self.versions), ""
        if language in versions:
            agreed = "" if self.state(language) is TextState.OUTDATED else versions[language].words
            versions[language] = replace(versions[language], made_from=None, digest=None, reviewed_by=None)
        if (old := self.source) and old != language:
            versions[old] = replace(versions[old], made_from=language, digest=digest(agreed))
        return versions, {**earlier, digest(agreed): agreed}

    def _remember(self, language: str) -> Mapping[str, str]:
        """Keep the words in ``language``, which are about to change, for those who translated them."""
        version = self.versions.get(language)
        return {**self.earlier, digest(version.words): version.words} if version else self.earlier

    def _tidy(self) -> "Text":
        """Forget the earlier words that no translation was made from, or that still stand."""
        links = [version for version in self.versions.values() if version.made_from in self.versions]
        needed = {link.digest for link in links if digest(self.versions[str(link.made_from)].words) != link.digest}
        return Text(self.versions, {key: words for key, words in self.earlier.items() if key in needed})

    def __eq__(self, other: object) -> bool:
        """Compare all that is kept."""
        return isinstance(other, Text) and self._kept == other._kept

    def __hash__(self) -> int:
        """Hash by the words."""
        return hash(tuple((tag, self.words(tag)) for tag in self))

    def __repr__(self) -> str:
        """Show the words."""
        return f"Text({ {tag: self.words(tag) for tag in self} })"


@dataclass(frozen=True)
class Told(Message):
    """A text as a message: read in the language of whoever reads it, or the next best."""

    text: Text = field(default_factory=Text)

    def __hash__(self) -> int:
        """Hash by the text."""
        return hash(self.text)

    def say(self, language: str) -> str:
        """Read the text in ``language``."""
        reading = self.text.read(language)
        return reading.words if reading else ""


def told(text: Text) -> Message:
    """Make a message that is read in the language of whoever reads it."""
    return Told("", text=text)


def _plain_text(versions: Mapping[str, Version], earlier: Mapping[str, str]) -> Mapping[str, Any]:
    kept: dict[str, Any] = {"versions": {tag: to_plain(versions[tag]) for tag in sorted(versions)}}
    return kept | ({"earlier": dict(sorted(earlier.items()))} if earlier else {})
