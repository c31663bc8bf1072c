"""A preview shows a report, shows it anew when a file is saved, and the line where it fails."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

import pytest

from consortium.errors import InvalidValue, NotFound
from consortium.preview.pages import failed_page
from consortium.preview.render import Failure, Task, render
from consortium.preview.server import PreviewServer
from consortium.preview.sources import write_facts
from consortium.preview.stage import Stage
from consortium.preview.target import find_target
from consortium.proving.facts import whole_facts
from consortium.scaffold import new_plugin
from consortium.testing import Make


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """Give a new plugin, which is not installed."""
    return new_plugin("fjell", folder=tmp_path / "fjell")


@pytest.fixture
def stage(plugin: Path, tmp_path: Path) -> Stage:
    """Give a stage with that plugin, on facts without a database."""
    return Stage(find_target(str(plugin)), lambda path: write_facts(whole_facts(), path), tmp_path, "en")


@pytest.fixture
def failure(stage: Stage, tmp_path: Path) -> Iterator[Callable[[], Failure]]:
    """Give a function that renders in this very process, which is faster, and returns what went wrong."""
    facts, folder = tmp_path / "facts", str(stage.target.folder)
    write_facts(whole_facts(), facts)
    task = Task("consortium_fjell", folder, folder, "", "", str(facts), str(tmp_path / "page"))
    path = sys.path.copy()
    for name in [name for name in sys.modules if name.partition(".")[0] == "consortium_fjell"]:
        del sys.modules[name]  # another test's plugin of that name

    def fail() -> Failure:
        found = render(task)
        assert found is not None
        return found

    yield fail
    sys.path[:] = path
    sys.modules.pop("consortium_fjell", None)


@dataclass
class Browser:
    """Asks a server."""

    server: PreviewServer

    def get(self, name: str, *, host: str = "", room: str = "") -> tuple[int, str, dict[str, str]]:
        """Get a page by its name: the status, the words, and the headers."""
        connection = HTTPConnection("127.0.0.1", self.server.server_port, timeout=60)
        headers = {"Host": host or f"127.0.0.1:{self.server.server_port}"}
        connection.request("GET", f"/{room or self.server.room}/{name}", headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.headers)


@pytest.fixture
def browser(stage: Stage) -> Iterator[Browser]:
    """Serve the stage and give somebody who looks at it."""
    with PreviewServer(stage, 0) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield Browser(server)
        stage.end()
        server.shutdown()
        serving.join()


def change(plugin: Path, old: str, new: str) -> None:
    """Save her file with other words in it."""
    path = plugin / "consortium_fjell" / "__init__.py"
    code = path.read_text(encoding="utf-8")
    assert old in code
    path.write_text(code.replace(old, new), encoding="utf-8")


@dataclass
class Shown:
    """A preview in a process of its own.

    :ivar said: what it says on the terminal
    """

    process: subprocess.Popen[str]
    said: IO[str]
    address: tuple[str, str]

    def page(self, name: str = "report") -> str:
        """Get a page."""
        port, room = self.address
        connection = HTTPConnection("127.0.0.1", int(port), timeout=60)
        connection.request("GET", f"/{room}/{name}")
        return connection.getresponse().read().decode()


@pytest.fixture
def shown(plugin: Path) -> Iterator[Shown]:
    """Start ``consortium plugin preview`` as an author does."""
    command = ("-c", "from consortium.cli import main; main()", "plugin", "preview", str(plugin), "--language", "nb")
    given = {**os.environ, "CONSORTIUM_UI_LANGUAGE": "en", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen((sys.executable, *command), env=given, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own command
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/", process.stdout.readline())
        assert found is not None
        yield Shown(process, process.stdout, (found[1], found[2]))
        process.kill()


def test_a_change_is_shown_a_fault_shows_its_line_and_once_mended_the_report_is_back(
    plugin: Path, shown: Shown
) -> None:
    assert shown.said.readline() == "Shown.\n"
    assert "Hvem ber om støtte" in shown.page()

    change(plugin, 'speech.say(_("Who asks for support"))', 'speech.plain("Ny overskrift")')
    assert shown.said.readline() == "Shown.\n"
    assert "Ny overskrift" in shown.page()
    assert json.loads(shown.page("changes?since=1")) == {"version": 2}

    change(plugin, "speech = telling.speech", "speech = telling.sqeech")
    assert "__init__.py, line 20: AttributeError: 'Telling' object has no attribute 'sqeech'" in shown.said.readline()
    assert "<mark>  20 →     speech = telling.sqeech</mark>" in shown.page()

    change(plugin, "telling.sqeech", "telling.speech")
    assert shown.said.readline() == "Shown.\n"
    assert "Ny overskrift" in shown.page()

    shown.process.send_signal(signal.SIGINT)
    assert shown.process.wait(30) == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("def needs(", "def needs((", "SyntaxError"),
        ("from consortium import hookimpl", "from consortium import hoookimpl", "ImportError: cannot import name"),
        ("yield FjellReport()", "yield 1 / 0", "ZeroDivisionError: division by zero"),
        ("share=2))", "share=2) / 0)", "TypeError"),
    ],
)
def test_a_fault_is_told_with_its_line_wherever_it_happens(
    failure: Callable[[], Failure], plugin: Path, old: str, new: str, told: str
) -> None:
    change(plugin, old, new)
    found = failure()

    assert told in found.words
    assert new in Path(found.file).read_text(encoding="utf-8").splitlines()[found.line - 1]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("yield FjellReport()", "yield from ()", "It brings no report, no page and no section"),
        ("yield FjellReport()", "yield 'a report'", "brought a str, not a ReportVariant"),
        ('consortium_api = ">=1,<2"', 'consortium_api = ">=9"', "It is made for version >=9 of the plugin interface"),
        ("yield Section(", "yield 'words' and (", "A document holds a tuple, which is no block."),
    ],
)
def test_a_fault_in_no_line_of_hers_says_what_to_look_at(
    failure: Callable[[], Failure], plugin: Path, old: str, new: str, told: str
) -> None:
    change(plugin, old, new)
    found = failure()

    assert (found.file, found.line) == ("", 0)
    assert told in found.words
    assert b"look at what you return" in failed_page(found, "en")


def test_what_her_code_prints_does_not_get_in_the_way(stage: Stage, plugin: Path) -> None:
    change(plugin, "speech = telling.speech", "speech = telling.speech; print('{}\\nhello')")
    stage.render()

    assert stage.failure is None


def test_a_code_that_ends_the_process_is_told(stage: Stage, plugin: Path) -> None:
    change(plugin, "speech = telling.speech", "import os; os._exit(3)")
    stage.render()

    assert stage.failure == Failure("The process ended with code 3 and said nothing.")


def test_the_page_is_behind_a_strict_wall_and_names_no_inline_script(browser: Browser, stage: Stage) -> None:
    stage.render()
    status, words, headers = browser.get("")

    assert status == HTTPStatus.OK
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert re.findall(r"<script[^>]*>", words) == ['<script type="module" src="preview.js">']
    assert "<style" not in words
    assert "fetch(`changes?since=" in browser.get("preview.js")[1]
    assert "Hvem ber om støtte" in browser.get("report")[1]


def test_whoever_does_not_know_the_address_sees_nothing(browser: Browser, stage: Stage) -> None:
    stage.render()

    asked = ({"room": "guess"}, {"host": "evil.example"}, {"host": "evil.example:80"})
    assert [browser.get("report", **each)[0] for each in asked] == [HTTPStatus.NOT_FOUND] * 3
    assert browser.get("../../../etc/passwd")[0] == HTTPStatus.NOT_FOUND


def test_whoever_waits_for_a_change_is_told_when_it_comes(browser: Browser, stage: Stage) -> None:
    stage.render()
    answers: list[str] = []
    waiting = threading.Thread(target=lambda: answers.append(browser.get("changes?since=1")[1]))
    waiting.start()
    stage.render()
    waiting.join(30)

    assert answers == ['{"version": 2}']


def test_the_words_of_a_fault_are_shown_as_words() -> None:
    page = failed_page(Failure("ValueError: <script>alert(1)</script>"), "en")

    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert b"<script" not in page


def test_a_folder_that_holds_no_plugin_and_a_name_that_is_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=r"holds no plugin: its pyproject\.toml names none"):
        find_target(str(tmp_path))
    with pytest.raises(NotFound, match=r"There is no folder and no plugin “fjellheim”\. Installed are: admin"):
        find_target("fjellheim")


def test_an_installed_plugin_is_found_by_its_name() -> None:
    target = find_target("norway")

    assert (target.module, target.folder.name) == ("consortium_norway", "consortium_norway")
    assert any(name.endswith("__init__.py") for name in target.state())


def test_a_report_that_is_not_there_is_named(stage: Stage) -> None:
    stage.report = "nothing"
    stage.render()

    assert stage.failure is not None
    assert stage.failure.words == "It brings no “nothing”. It brings: fjell."


def test_own_data_are_gathered_anew_each_time(make: Make, tmp_path: Path) -> None:
    from consortium.preview.sources import own_source

    make.sub_project("Broen")
    make.keep()
    source = own_source(make.operator, make.database)
    source(tmp_path / "facts")
    make.sub_project("Veien")
    make.keep()
    source(tmp_path / "again")

    assert "Veien" not in (tmp_path / "facts").read_text(encoding="utf-8")
    assert "Veien" in (tmp_path / "again").read_text(encoding="utf-8")
