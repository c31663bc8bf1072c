"""What changed in a text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that was kept, taken out or put in."""

    words: str
    change: Literal["kept", "out", "in"]


def word_difference(then: str, now: str) -> tuple[Piece, ...]:
    """Tell how ``then`` became ``now``; the kept and the put-in pieces together are ``now``, word for word."""
    before, after = _WORD.findall(then), _WORD.findall(now)
    pieces: list[Piece] = []
    for _kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if before[a:b] == after[c:d]:
            pieces.append(Piece("".join(after[c:d]), "kept"))
            continue
        pieces += [Piece("".join(before[a:b]), "out")] * (b > a) + [Piece("".join(after[c:d]), "in")] * (d > c)
    return tuple(pieces)
