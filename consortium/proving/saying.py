"""Claims on words: every message of the package is said in Norwegian and in Swedish."""

import string
from collections.abc import Iterator

from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.frontend import parse_keywords

from consortium.i18n.message import DOMAIN, Catalog, Message, load_catalog
from consortium.proving.trial import Trial

#: the languages that every plugin speaks; readers of others get the nearest one
SPOKEN = ("nb", "sv")

_KEYWORDS = parse_keywords(["_", "_n:1,2", "_p:1c,2"])

#: a message of the code: its context, and its words for one and for many
Found = tuple[str, tuple[str, ...]]


def every_message_is_said_in_nb_and_sv(trial: Trial) -> Iterator[str]:
    """Insist that the catalogs of the package are complete, and that what it says is said from them."""
    if not trial.is_in:
        return
    own = dict.fromkeys(_in_code(trial))
    for language in SPOKEN:
        catalog, house = load_catalog(trial.name, language), load_catalog(DOMAIN, language)
        for context, forms in own:
            if (context, forms[0], 0) not in house.words:
                yield from (f"{fault} into {language}: “{forms[0]}”" for fault in _faults(catalog, context, forms))
    words = {forms[0] for _context, forms in own}
    for message in trial.said:
        yield from _strange(message, trial.name, words)


def _in_code(trial: Trial) -> Iterator[Found]:
    """Walk the messages that stand in the code of the package."""
    if trial.folder.is_dir():
        found = extract_from_dir(trial.folder, [("**.py", "python")], keywords=_KEYWORDS)
        messages = ((words, context) for _file, _line, words, _comments, context in found)
    else:
        alone = extract_from_file("python", trial.folder, keywords=_KEYWORDS)
        messages = ((words, context) for _line, words, _comments, context in alone)
    for words, context in messages:
        yield context or "", (words,) if isinstance(words, str) else tuple(words)


def _faults(catalog: Catalog, context: str, forms: tuple[str, ...]) -> Iterator[str]:
    """Say what is wrong with a translation."""
    for form, english in enumerate(forms):
        said = catalog.words.get((context, forms[0], form))
        if not said:
            yield "there is no translation"
            return
        if not _places(said) <= _places(english) | ({"count"} if len(forms) > 1 else set()):
            yield "another place for a value stands in the translation"
        if not _places(said) >= _places(english) - {"count"}:
            yield "a place for a value is missing in the translation"


def _strange(message: Message, name: str, own: set[str]) -> Iterator[str]:
    """Say that words of the plugin are sought in the catalogs of the house."""
    is_ours = message.domain == DOMAIN and message.words in own and type(message) is Message
    if is_ours and (message.context, message.words, 0) not in load_catalog(DOMAIN, SPOKEN[0]).words:
        yield f"“{message.words}” is sought in the catalogs of the house: write _ = Voice({name!r})"


def _places(words: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(words) if name is not None}
