"""Writes XML: names and attributes by us, and every word of a document as text."""

from collections.abc import Mapping
from html import escape

from consortium.writers.office.tree import settable

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def element(name: str, attributes: Mapping[str, object] | None = None, *inside: str) -> str:
    """Write an element; what stands ``inside`` is XML already, its attributes are not."""
    given = "".join(f' {key}="{quoted(str(value))}"' for key, value in (attributes or {}).items())
    body = "".join(inside)
    return f"<{name}{given}>{body}</{name}>" if body else f"<{name}{given}/>"


def quoted(words: str) -> str:
    """Write words as text of an element or of an attribute."""
    return escape(settable(words))


def part(root: str) -> bytes:
    """Make a part of an office file of its outermost element."""
    return (HEAD + root).encode("utf-8", "replace")
