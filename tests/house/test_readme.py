"""The README: what it shows a newcomer works as it stands."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"


def test_the_ten_lines_of_python_write_a_bilingual_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)

    exec(compile(code, "README.md", "exec"), {})  # noqa: S102  # our own words

    page = (tmp_path / "summary.html").read_text(encoding="utf-8")
    assert "Piloten er i gang." in page
    assert "Piloten är igång." in page
    assert sum(bool(line.strip()) for line in code.splitlines()) <= 10


def test_the_two_commands_stand_first() -> None:
    (shell,) = re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)

    assert [line.split("#")[0].strip() for line in shell.splitlines()] == ["make demo", "make test"]
