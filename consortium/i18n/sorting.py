"""Sort order: æøå, åäö and English, the same on every database.

Norwegian sorts æ ø å last, with ä beside æ, ö beside ø and aa as å; Swedish sorts å ä ö last, with æ beside ä and ø
beside ö; both put ü beside y (source: the alphabets of the two languages, as in CLDR's ``nb`` and ``sv`` collations).
Figures sort by value, which CLDR does on request. A key is plain ASCII, so that bytes compare as readers do.
"""

import unicodedata
from functools import cache, lru_cache

from consortium.i18n.language import interface_language

_TAILS = {"nb": "æøå", "nn": "æøå", "sv": "åäö", "en": ""}
_BESIDE = {
    "nb": {"ä": "æ", "ö": "ø", "ü": "y"},
    "sv": {"æ": "ä", "ø": "ö", "ü": "y"},
    "en": {"å": "a", "ä": "a", "æ": "ae", "ø": "o", "ö": "o"},
}
_BESIDE["nn"] = _BESIDE["nb"]
_PLAIN = {"ß": "ss", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "þ": "th", "ł": "l", "ı": "i", "œ": "oe", "ĸ": "k"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BREAK = "!"  # below every code of a letter, figure or space, so that shorter words come first


@cache
def _codes(language: str) -> dict[str, str]:
    """Give each letter of the alphabet of ``language`` an ASCII sign, in its order."""
    return {letter: chr(0x41 + place) for place, letter in enumerate(_LETTERS + _TAILS[language])}


def sort_key(words: str, language: str) -> str:
    """Make a key by which ``words`` sort right for a reader of ``language``; ASCII, compared byte by byte."""
    language = interface_language(language)
    tidy = unicodedata.normalize("NFC", words)
    folded = tidy.casefold()
    if language in {"nb", "nn"}:
        folded = folded.replace("aa", "å")
    primary = "".join(_primary(folded, language))
    accents = "".join("1" if letter in _codes(language) else "2" for letter in folded if letter.isalpha())
    cases = "".join("1" if letter.islower() else "2" for letter in tidy if letter.isalpha())
    return f"{primary}{_BREAK}{accents}{_BREAK}{cases}"


def _primary(folded: str, language: str) -> list[str]:
    codes, signs, figures = _codes(language), [], ""
    for letter in f"{folded} ":
        if letter.isascii() and letter.isdigit():
            figures += letter
            continue
        if figures:
            number = figures.lstrip("0")
            signs.append(f"0{len(number):03d}{number}")
            figures = ""
        signs.append(_code(letter, codes, language))
    return ["".join(signs).rstrip('"')]


def _code(letter: str, codes: dict[str, str], language: str) -> str:
    if letter in codes:
        return codes[letter]
    if letter.isspace() or letter in "-–—/":
        return '"'
    plain = _BESIDE[language].get(letter) or _PLAIN.get(letter) or _bare(letter)
    if all(part in codes for part in plain):
        return "".join(codes[part] for part in plain)
    return f"~{ord(letter):06x}" if letter.isalnum() else ""


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


def fold(words: str) -> str:
    """Fold ``words`` for comparing what people typed: no case, no accents but åäöæø, single spaces."""
    if words.isascii():
        return " ".join(words.lower().split())
    kept = "".join(
        letter if letter in "åäöæø" else _bare(letter) for letter in unicodedata.normalize("NFKC", words).casefold()
    )
    return " ".join(kept.split())
