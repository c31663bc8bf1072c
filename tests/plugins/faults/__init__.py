"""Plugins of which each has a fault of its own."""
