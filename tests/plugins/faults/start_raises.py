"""Raises an error when it is imported."""

raise ImportError("a part of it is not installed")
