"""Catalogs of words: in which languages a plugin speaks, and what it lacks there."""

from importlib.resources import files
from pathlib import Path

from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.message import load_catalog, translations_of
from consortium.plugins.brought import brought_by
from consortium.plugins.desk import FrontDesk, Plugin

#: how messages are made, as gettext's tools are told
_MAKERS = ("_", "_l", "_n:1,2", "_p:1c,2")


def catalogs_of(desk: FrontDesk, plugin: Plugin) -> tuple[str, ...]:
    """List the packages whose catalogs a guest brings: those it says, else its own where that has any."""
    said = tuple(each.key for each in brought_by(desk, plugin) if each.hook == "consortium_catalogs")
    own = plugin.package.partition(".")[0]
    return said or ((own,) if not plugin.is_resident and plugin.module is not None and languages_of(own) else ())


def languages_of(package: str) -> tuple[str, ...]:
    """List the languages of which a package has a catalog; English is in the code itself."""
    try:
        folder = translations_of(package)
        return tuple(tag for tag in INTERFACE_LANGUAGES if (folder / tag / "LC_MESSAGES").is_dir())
    except (ImportError, OSError, AttributeError, TypeError, ValueError):  # a module of another kind has no files
        return ()


def lacking(package: str, language: str) -> tuple[str, ...]:
    """List the words in the code of a package that its catalog in ``language`` does not have."""
    from babel.messages.extract import extract_from_dir
    from babel.messages.frontend import parse_keywords

    folder = Path(str(files(package)))
    known = load_catalog(package, language).words
    found: dict[str, None] = {}
    methods = [("**.py", "python")]
    for _file, _line, words, _comments, context in extract_from_dir(folder, methods, keywords=parse_keywords(_MAKERS)):
        first = words if isinstance(words, str) else words[0]
        if not known.get((context or "", first, 0)):
            found[first] = None
    return tuple(found)
