"""Looks a plugin over: what its author should put right before others install it."""

import re
from collections.abc import Iterator

from consortium import API_VERSION
from consortium.i18n.message import LanguageName, Message, _, _n
from consortium.plugins.brought import Brought, brought_by
from consortium.plugins.catalogs import catalogs_of, lacking
from consortium.plugins.desk import FrontDesk, Plugin
from consortium.plugins.versions import DECLARED
from consortium.variants.page import Page

#: the languages in which every guest speaks
SPOKEN = ("nb", "sv")

#: words that a catalog lacks, told one by one
MOST_TOLD = 3

#: what keys look like: they stand in addresses, in names of files and on the command line
KEY = re.compile(r"[a-z0-9]+([-_:][a-z0-9]+)*")

#: what has no key of its author's choice
_NAMED = frozenset({"consortium_commands", "consortium_catalogs"})


def inspect_plugin(desk: FrontDesk, plugin: Plugin) -> tuple[Message, ...]:
    """List what is wrong with a plugin; nothing where all is well."""
    brought = brought_by(desk, plugin)  # whatever fails when it is asked is noted as a fault
    return (
        *_coming_in(plugin, brought),
        *(each for one in brought for each in _of_one(one)),
        *(each for package in catalogs_of(desk, plugin) for each in _of_catalog(package)),
        *_without_catalog(desk, plugin, brought),
        *(_("It failed: {fault}").fill(fault=fault) for fault in dict.fromkeys(plugin.faults)),
    )


def _coming_in(plugin: Plugin, brought: tuple[Brought, ...]) -> Iterator[Message]:
    if plugin.module is None:
        yield _("It cannot be loaded. Import “{package}” in Python to see why.").fill(package=plugin.package)
    elif not plugin.hooks:
        yield _("It answers no hook: name its functions as in consortium/hookspecs.py, and mark them with @hookimpl.")
    elif not brought and not plugin.faults:
        yield _("It answers hooks, but brings nothing.")
    if plugin.module is not None and not plugin.is_resident and not hasattr(plugin.module, DECLARED):
        told = _("It does not say for which versions of the plugin interface it is made. Write in {package}: {words}")
        yield told.fill(package=plugin.package, words=f'{DECLARED} = ">={API_VERSION.partition(".")[0]}"')


def _of_one(each: Brought) -> Iterator[Message]:
    """Say what is wrong with one thing that a plugin brings."""
    if each.hook not in _NAMED and not KEY.fullmatch(each.key):
        told = _("The key “{key}” should have small letters, figures and hyphens only, such as coast-weather.")
        yield told.fill(key=each.key)
    if isinstance(each.title, Message) and not each.title.words.strip():
        yield _("“{key}” has no title.").fill(key=each.key)
    if isinstance(each.thing, Page) and each.thing.readers is None:
        yield _("Nobody may open the page “{key}”: let it say its readers.").fill(key=each.key)


def _of_catalog(package: str) -> Iterator[Message]:
    for language in SPOKEN:
        if missing := lacking(package, language):
            told = _n(
                "{count} message of {package} is not translated into {language}: {words}",
                "{count} messages of {package} are not translated into {language}: {words}",
                len(missing),
            )
            some = "; ".join(f"“{words}”" for words in missing[:MOST_TOLD]) + (
                "; …" if len(missing) > MOST_TOLD else ""
            )
            yield told.fill(package=package, language=LanguageName(language), words=some)


def _without_catalog(desk: FrontDesk, plugin: Plugin, brought: tuple[Brought, ...]) -> Iterator[Message]:
    """Say whose words nobody translates: messages that are said by a package without a catalog."""
    speaks = any(isinstance(each.title, Message) for each in brought)
    if speaks and not plugin.is_resident and not catalogs_of(desk, plugin):
        yield _("It speaks, but has no catalogs of words: put them into {package}/translations.").fill(
            package=plugin.package.partition(".")[0]
        )
