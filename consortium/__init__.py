"""Consortium: cross-border project consortia and inter-municipal networks, in two languages throughout.

Plugins begin here: ``hookimpl`` marks their answers to :mod:`consortium.hookspecs`.
"""

from consortium.hook import hookimpl

__all__ = ["API_VERSION", "__version__", "hookimpl"]

__version__ = "0.1.0"

#: of what plugins meet: hooks, facts, documents, variants, the test kit; the first figure grows when a name is removed
API_VERSION = "1.0"
