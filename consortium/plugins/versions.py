"""Which versions of the plugin API a plugin is made for: ``consortium_api = ">=1,<2"`` in its module."""

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

from consortium import API_VERSION
from consortium.errors import PluginProblem
from consortium.i18n.message import _

#: the name in a plugin's module
DECLARED = "consortium_api"

_CLAUSE = re.compile(r"(>=|<=|==|>|<)\s*(\d{1,6}(?:\.\d{1,6}){0,3})")
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}

Version = tuple[int, ...]


def is_within(version: str, versions: str) -> bool:
    """Tell whether a version lies in a range such as ``>=1,<2``.

    :raises PluginProblem: if the range cannot be read
    """
    own = _version(version)
    return all(_COMPARED[sign](own, other) for sign, other in _clauses(versions))


def demand_version(module: object, version: str = API_VERSION) -> None:
    """Insist that a plugin is made for this version of the API; one that does not say is let in.

    :raises PluginProblem: if it is made for others
    """
    versions = getattr(module, DECLARED, None)
    if versions is not None and not is_within(version, str(versions)):
        told = _(
            "It is made for version {versions} of the plugin interface, and this is {own}. Install a version of it that fits."
        )
        raise PluginProblem(told.fill(versions=str(versions)[:60], own=version))


def _clauses(versions: str) -> Iterator[tuple[str, Version]]:
    for clause in versions.split(","):
        found = _CLAUSE.fullmatch(clause.strip())
        if found is None:
            told = _("“{versions}” is no range of versions. Write for example {name} = {example}.")
            raise PluginProblem(told.fill(versions=versions[:60], name=DECLARED, example='">=1,<2"'))
        yield found[1], _version(found[2])


def _version(words: str) -> Version:
    """Read a version; trailing noughts say nothing, so that 1 and 1.0 are the same."""
    parts = [int(part) for part in words.split(".")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return tuple(parts)
