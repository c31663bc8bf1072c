"""One language version of a text: its words, where they come from, and how far they can be trusted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

import msgspec

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

    def reworded(self, change: Callable[[str], str], digests: Mapping[str, str]) -> "Version":
        """Return the version with ``change`` made in words and names; ``digests`` tells those of the words it was made from."""
        return replace(
            self,
            words=change(self.words),
            digest=self.digest and digests.get(self.digest, self.digest),
            by=change(self.by),
            reviewed_by=self.reviewed_by and change(self.reviewed_by),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of one language is given: the words, their own language, and how far to trust them."""

    words: str
    language: str
    state: TextState
    is_fallback: bool = False


class _Said(msgspec.Struct, omit_defaults=True):
    """A version as a fingerprint takes it: what is said, from what it was made, whether it was reviewed; not by whom."""

    words: str
    made_from: str | None = msgspec.field(default=None, name="from")
    digest: str | None = None
    origin: str | None = None
    reviewed_by: str | None = None


class _Kept(msgspec.Struct, omit_defaults=True):
    versions: dict[str, _Said]
    earlier: dict[str, str] = {}  # msgspec makes a new one for each


_READ = msgspec.json.Decoder(_Kept)
_WRITE = msgspec.json.Encoder(order="sorted")


def without_stamps(raw: str | bytes) -> bytes:
    """Leave out of a text's JSON who wrote and who reviewed it; that somebody has reviewed a version stays."""
    kept = _READ.decode(raw)
    for said in kept.versions.values():
        if said.reviewed_by is not None:
            said.reviewed_by = ""
    return _WRITE.encode(kept)


def to_plain(version: Version) -> dict[str, Any]:
    """Turn a version into plain JSON that says nothing where there is nothing to say."""
    kept = {
        "words": version.words,
        "from": version.made_from,
        "digest": version.digest,
        "origin": version.origin if version.origin != "human" else None,
        "by": version.by or None,
        "at": version.at.isoformat() if version.at else None,
        "reviewed_by": version.reviewed_by,
    }
    return {name: value for name, value in kept.items() if value is not None}


def from_plain(kept: Mapping[str, Any]) -> Version:
    """Turn plain JSON into a version again."""
    at = datetime.fromisoformat(kept["at"]) if "at" in kept else None
    origin: Origin = "machine" if kept.get("origin") == "machine" else "human"
    return Version(
        kept["words"], kept.get("from"), kept.get("digest"), origin, kept.get("by", ""), at, kept.get("reviewed_by")
    )
