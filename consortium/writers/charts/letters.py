"""How wide words are, where no font is at hand to ask."""

import re
from bisect import bisect_right
from itertools import accumulate
from unicodedata import category, east_asian_width

#: hundredths of the size, measured in Source Sans Pro, upright and italic, each rounded up
_MEASURED = {
    20: " ",
    25: "',.:;ij|í·’",
    28: "Il!",
    31: "()[]f{}-",
    36: "rt°/\\",
    43: '"*?szšž«»“”',
    47: "xcvyçčJLY–",
    50: "#$+0123456789<=>F^_ek~éè×§€",
    54: "EVXÉASTZ`aghnouøåäöüÅÄáàóúñ",
    58: "PRbdpqđBCKß",
    64: "&DGŋŧNUÜ",
    74: "HOQØÖMw",
    82: "Wæ—%mÆ@",
    96: "…",
}
_WIDTHS = {letter: hundredths / 100 for hundredths, letters in _MEASURED.items() for letter in letters}

#: semibold words are a little wider
STRONG = 1.05

MORE = "…"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")


def clean(words: str) -> str:
    """Leave out the signs that XML or PDF/A forbids, which show nothing anyway."""
    return _FORBIDDEN.sub("", words)


def letter_width(letter: str) -> float:
    """Estimate the width of one letter, in sizes of the type."""
    if known := _WIDTHS.get(letter):
        return known
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 1.2 if east_asian_width(letter) in "WF" else 0.7


def width(words: str) -> float:
    """Estimate the width of ``words``, in sizes of the type."""
    return sum(map(letter_width, words))


def shortened(words: str, room: float) -> str:
    """Cut ``words`` so that they stand in ``room``, and show that they were cut."""
    ends = list(accumulate(map(letter_width, words)))
    if not ends or ends[-1] <= room:
        return words
    return words[: bisect_right(ends, room - width(MORE))].rstrip(" ,;:–-" + MORE) + MORE


def wrapped(words: str, room: float, most: int) -> list[str]:
    """Break ``words`` into at most ``most`` lines of ``room`` sizes; what has no place is cut and shown to be."""
    lines: list[str] = []
    for word in clean(words).split():
        if lines and width(longer := f"{lines[-1]} {word}") <= room:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = shortened(f"{lines[-1]} {word}", room)
            break
        else:
            lines.append(word)
    return [shortened(line, room) for line in lines]
