"""Consortium: cross-border project consortia and inter-municipal networks, in two languages throughout.

Plugins begin here: ``hookimpl`` marks their answers to :mod:`consortium.hookspecs`.
"""

from consortium.hook import hookimpl

__all__ = ["__version__", "hookimpl"]

__version__ = "0.1.0"
