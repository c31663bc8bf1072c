"""Each room has a door with a word on it, and each row belongs to a consortium."""

from importlib.metadata import entry_points
from pathlib import Path

import pytest

from consortium.models import Base
from consortium.models.base import Member, Record
from tests.house.checkout import PLUGINS, ROOT, name_of, told

ROOMS = [
    *sorted(path.parent for path in (ROOT / "consortium").glob("*/__init__.py")),
    ROOT / "admin" / "consortium_admin",
    *PLUGINS,
    *(ROOT / name for name in ("tests", "benchmarks", "docs")),
]

#: tables whose rows belong to a consortium through another row, and which
WITHOUT = {
    "consortium": "itself",
    "group_member": "its organisation and its group",
    "participation": "its sub-project, with which it comes and goes",
    "snapshot_line": "its snapshot, with which it is kept",
}


@pytest.mark.parametrize("room", ROOMS, ids=name_of)
def test_a_room_has_a_readme_on_its_door(room: Path) -> None:
    readme = room / "README.md"

    assert readme.is_file(), f"Say in a few lines in {name_of(room)}/README.md what the room is for and where to begin."
    words = readme.read_text(encoding="utf-8")
    assert words.startswith("# "), f"{name_of(readme)} begins with its title."
    assert 40 < len(words) < 6000, f"{name_of(readme)} is a door, not a book: say it in a few lines."


@pytest.mark.parametrize("name", ["CHANGES.md", "README.md", "SECURITY.md", "LICENSE"])
def test_the_front_door_says_what_changed_and_what_holds(name: str) -> None:
    assert (ROOT / name).is_file(), f"{name} is missing."
    assert (ROOT / name).stat().st_size > 100, f"{name} says nothing."


def test_every_plugin_of_this_checkout_is_installed() -> None:
    installed = {entry.name for entry in entry_points(group="consortium")}

    assert {"admin", *(plugin.name for plugin in PLUGINS)} <= installed, "Install it: pip install -e ./plugins/NAME"


def test_every_record_belongs_to_a_consortium() -> None:
    kinds = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]
    lonely = [kind.__name__ for kind in kinds if not issubclass(kind, Member) and kind.__name__ != "Consortium"]

    assert not lonely, told("Derive it from Member, so that no query can mix consortia:", lonely)


def test_every_row_says_whose_it_is() -> None:
    lonely = {name for name, table in Base.metadata.tables.items() if "consortium_id" not in table.columns}

    assert lonely == set(WITHOUT), "Each row carries its consortium, or the list here says through which row it does."


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_no_row_can_be_without_its_consortium(table: str) -> None:
    columns = Base.metadata.tables[table].columns

    assert "consortium_id" not in columns or not columns["consortium_id"].nullable
