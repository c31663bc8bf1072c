"""What the pages look like: files from the packages they lie in, and nothing beside them."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import consortium_admin
from consortium_admin.look import FILES

FOLDER = Path(consortium_admin.__file__).parent


@pytest.mark.parametrize("name", FILES)
def test_the_look_is_served_and_asked_for_anew_only_when_it_has_changed(client: FlaskClient, name: str) -> None:
    with client.get(f"/look/{name}") as first:
        assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
    with client.get(f"/look/{name}", headers={"If-None-Match": first.headers["ETag"]}) as again:
        assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "app.py", "%00", "x" * 5000])
def test_nothing_else_lies_beside_the_look(client: FlaskClient, name: str) -> None:
    assert client.get(f"/look/{name}").status_code == 404


def test_every_file_of_ours_is_served() -> None:
    served = {Path(path).name for package, path in FILES.values() if package == "consortium_admin"}

    assert {each.name for each in (FOLDER / "static").iterdir()} == served


@pytest.mark.parametrize("template", sorted((FOLDER / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_has_a_script_a_style_or_a_handler_of_its_own(template: Path) -> None:
    words = template.read_text("utf-8")

    assert not re.search(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|javascript:", words)
    assert not re.search(r"""(src|href)=["'](https?:)?//""", words)


def test_scripts_put_words_into_pages_as_words() -> None:
    for script in (FOLDER / "static").glob("*.js"):
        words = script.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", words), (
            script
        )


def test_focus_is_never_taken_away() -> None:
    for sheet in (FOLDER / "static").glob("*.css"):
        assert not re.search(r"outline(-width|-style)?:\s*(0|none)", sheet.read_text("utf-8")), sheet
