"""Plugins to try."""

from tests.testing.plugins import plugin

__all__ = ["plugin"]
