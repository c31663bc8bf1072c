"""The counties that there have been, each with its number, its first and last day, and what took its place."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class County:
    """A county, from its first to its last day.

    :ivar start: ``None`` for those of 1946
    :ivar end: ``None`` for those of today
    :ivar successors: the numbers of the counties that took its place
    """

    number: str
    name: str
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()


@cache
def counties() -> Mapping[str, County]:
    """Read the counties, by their numbers."""
    kept = tomllib.loads(files("consortium_norway").joinpath("counties.toml").read_text(encoding="utf-8"))
    made = (County(**{**each, "successors": tuple(each.get("successors", ()))}) for each in kept["county"])
    return {county.number: county for county in made}


def counties_now() -> tuple[str, ...]:
    """Tell the numbers of the counties of today."""
    return tuple(number for number, county in counties().items() if county.end is None)
