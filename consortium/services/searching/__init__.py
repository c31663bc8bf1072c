"""Searches everything that is told, in all its languages at once."""

from consortium.services.searching.excerpts import Piece
from consortium.services.searching.finding import Finds, Hit, search

__all__ = ["Finds", "Hit", "Piece", "search"]
