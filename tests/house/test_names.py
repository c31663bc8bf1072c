"""Names say what a thing is, and the core names nobody."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.checkout import ROOT, modules, name_of, told

#: say nothing about what is inside
EMPTY = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "handler",
    "handlers",
    "data",
    "info",
    "misc",
    "common",
}

#: countries, their authorities and programmes; languages are none of these
WORDS = """Norge Noreg Norway Sverige Sweden Interreg STORK NAPHA NIFU NAV KS SKR Statsforvalteren Länsstyrelsen
Tillväxtverket Helsedirektoratet Socialstyrelsen Oslo Bergen Trondheim Stockholm Göteborg Östersund Jämtland Trøndelag"""

#: where the core may say so all the same, and why
ALLOWED = {
    (
        "consortium/clock.py",
        "Norway",
    ): "one civil time for both countries: a fact about time zones, not a rule about a country",
    ("consortium/clock.py", "Sweden"): "the same",
    ("consortium/clock.py", "Oslo"): "the name of that time zone",
    ("consortium/texts/terms.toml", "Norway"): "the term base says what countries are called",
    ("consortium/texts/terms.toml", "Norge"): "the same",
    ("consortium/texts/terms.toml", "Noreg"): "the same",
    ("consortium/texts/terms.toml", "Sweden"): "the same",
    ("consortium/texts/terms.toml", "Sverige"): "the same",
    (
        "consortium/testing/records.py",
        '"NO"',
    ): "the fixtures' country, in which a partner is made unless told otherwise",
}
SUFFIXES = {".py", ".toml", ".css", ".js", ".typ", ".html", ".mako", ".svg"}


def core() -> Iterator[Path]:
    """Walk the files of the library and the admin; the example's own rows are data."""
    for folder in (ROOT / "consortium", ROOT / "admin" / "consortium_admin"):
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES)


def partners() -> set[str]:
    """Read the names and keys of the example's organisations."""
    with (ROOT / "consortium" / "example" / "organisations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {value for row in rows for column, value in row.items() if column.startswith("name.") and value}
    return (
        named
        | {row["key"] for row in rows}
        | {name.split()[0] for name in named if name.endswith((" kommune", " kommun"))}
    )


def named(path: Path) -> set[str]:
    """Find the countries, programmes and partners that a file names."""
    sought = "|".join(map(re.escape, sorted({*WORDS.split(), *partners()}, key=len, reverse=True)))
    words = path.read_text(encoding="utf-8")
    return set(re.findall(rf"\b(?:{sought})\b", words)) | set(re.findall(r"[\"'](?:NO|SE|NOR|SWE)[\"']", words))


def test_the_core_names_no_partner_programme_or_country() -> None:
    found = {(name_of(path), word) for path in core() for word in named(path)}

    foreign, stale = sorted(found - set(ALLOWED)), sorted(set(ALLOWED) - found)
    assert not foreign, told("Such names belong in a plugin, its term base, or the example's rows:", foreign)
    assert not stale, told("These are no longer there; take them off the list of what is allowed:", stale)


def test_a_modules_name_says_what_is_inside() -> None:
    empty = [name_of(path) for path in modules() if {path.stem, path.parent.name} & EMPTY]

    assert not empty, told("That is true of everything; call it after what is inside:", empty)


@pytest.mark.parametrize("name", ["utils", "Manager", "DataHelper", "run_handler"])
def test_the_rule_on_names_is_about_whole_names(name: str) -> None:
    assert (name in EMPTY) == (name == "utils")
