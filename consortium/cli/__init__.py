"""How we are asked: one command a file, loaded when it is called."""

from consortium.cli.entry import main

__all__ = ["main"]
