"""Languages as BCP 47 tags: nb, nn, sv, en and any other; never ``no``."""

import re
from functools import lru_cache

#: the languages of the interface, which have complete catalogs
INTERFACE_LANGUAGES = ("nb", "nn", "sv", "en")

#: whom a reader of the language understands best when a text is missing, best first
NEIGHBOURS = {"nb": ("nn", "sv", "en"), "nn": ("nb", "sv", "en"), "sv": ("nb", "nn", "en"), "en": ("nb", "sv", "nn")}

#: language, script, region and variants of RFC 5646; no private use, no extensions
_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*", re.IGNORECASE | re.ASCII)

#: longer tags than this name no language that people write in
LONGEST_TAG = 35

#: three-letter codes of languages that have a shorter one, which BCP 47 asks for
_SHORT = {"nob": "nb", "nno": "nn", "swe": "sv", "eng": "en"}


def normal_tag(tag: str) -> str:
    """Write a BCP 47 tag in its normal form: ``NB-no`` becomes ``nb-NO``.

    :raises InvalidValue: if it is no such tag, or the ambiguous ``no``
    """
    from consortium.errors import InvalidValue
    from consortium.i18n.message import _

    tidy = tag.strip().replace("_", "-")
    if len(tidy) > LONGEST_TAG or not _TAG.fullmatch(tidy):
        raise InvalidValue(_("“{tag}” is not a language tag. Write for example nb, nn, sv or en.").fill(tag=tag[:40]))
    first, *rest = tidy.lower().split("-")
    first = _SHORT.get(first, first)
    if first in {"no", "nor"}:
        raise InvalidValue(_("“no” does not say which Norwegian. Write nb (Bokmål) or nn (Nynorsk)."))
    return "-".join([first, *map(_cased, rest)])


def _cased(part: str) -> str:
    if len(part) == 2:  # noqa: PLR2004  # a region
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part  # noqa: PLR2004  # a script


@lru_cache(maxsize=512)
def interface_language(tag: str) -> str:
    """Choose the language of the interface for a reader of ``tag``; English where there is none."""
    first = tag.replace("_", "-").split("-")[0].lower()
    first = "nb" if first == "no" else first
    return first if first in INTERFACE_LANGUAGES else "en"


@lru_cache(maxsize=512)
def language_name(tag: str, language: str) -> str:
    """Name the language ``tag`` in ``language``: ``svensk`` for sv in nb."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language, sep="-").languages
    except (UnknownLocaleError, ValueError):
        names = Locale.parse(interface_language(language)).languages
    return str(names.get(tag) or names.get(tag.split("-", maxsplit=1)[0]) or tag)
