"""Retired names: each still works for one version, and says what replaces it."""

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

#: how deep in the stack whoever asked for a name stands: past the warning and the module's ``__getattr__``
_ASKED = 2


class RetiredName(FutureWarning):
    """A name that goes with the next version; the warning says which one replaces it."""


def retired(module: str, names: Mapping[str, tuple[str, str]]) -> Callable[[str], Any]:
    """Make the ``__getattr__`` of a module some of whose names have moved or been replaced.

    :param module: its ``__name__``
    :param names: for each old name, the whole new one (``consortium.testing.Make``) and the API version that goes without
        the old one
    """

    def find(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        new, goes = names[name]
        warnings.warn(
            f"{module}.{name} goes with version {goes} of the plugin API; write {new}.", RetiredName, stacklevel=_ASKED
        )
        place, _dot, last = new.rpartition(".")
        return getattr(import_module(place), last)

    return find
