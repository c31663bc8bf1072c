"""The command line: it teaches, it ends with codes that mean something, and it speaks the user's language."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from consortium.cli.entry import COMMANDS
from consortium.cli.speech import environment_language
from consortium.i18n.message import Message
from tests.cli.conftest import Call


def test_from_nothing_to_a_bilingual_page(call: Call, tmp_path: Path) -> None:
    for arguments in (
        ("init",),
        ("example", "example.xlsx"),
        ("import", "example.xlsx"),
        ("report", "status-summary", "--as-of", "2026-06-15"),
    ):
        answer = call(*arguments)
        assert (answer.code, answer.err) == (0, "")

    page = (tmp_path / "out/status-summary.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Individuell plan og SIP side om side" in page
    assert "Individuell plan och SIP sida vid sida" in page


def test_a_second_report_is_equal_byte_for_byte(call: Call, tmp_path: Path) -> None:
    call("init")
    call("example", "example.xlsx")
    call("import", "example.xlsx")
    for name in ("one", "two"):
        call("report", "--as-of", "2026-06-15", "--output", f"{name}.pdf")

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_dry_run_says_what_would_change_and_changes_nothing(call: Call) -> None:
    call("init")
    call("example", "example.xlsx")

    dry = call("import", "example.xlsx", "--dry-run")

    assert "Status updates: 58 new, 0 changed, 0 as before" in dry.out
    assert "This was a dry run; nothing was changed." in dry.out
    assert "Status updates: 58 new" in call("import", "example.xlsx").out
    assert "Everything was already as the file says." in call("import", "example.xlsx").out


def test_what_is_wrong_with_a_file_is_told_line_by_line(call: Call, tmp_path: Path) -> None:
    call("init")
    (tmp_path / "delprosjekter.csv").write_text("Nøkkel;Tittel (nb);Partnere\nDP-1;Hei;ukjent\n", encoding="utf-8")
    (tmp_path / "consortium.csv").write_text("key;name.nb;languages\nk;K;nb\n", encoding="utf-8")
    call("import", "consortium.csv")

    answer = call("--ui-language", "nb", "import", "delprosjekter.csv")

    assert answer.code == 1
    assert "delprosjekter.csv ble ikke importert" in answer.err
    assert "rad 2, kolonne C (Partnere): «ukjent» står ikke i arket «Partnere»" in answer.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("reprot",), 2, "There is no command “reprot”. There are: account, backup, check, doctor, example, "),
        (("report", "--fromat", "pdf"), 2, "There is no option --fromat. See: consortium report --help"),
        (("import",), 2, "'FILE' is missing. See: consortium import --help"),
        (("--ui-language", "fi", "init"), 2, "The value of '--ui-language' cannot be used"),
        (("report",), 3, "There is no Consortium database at sqlite:///var/consortium.sqlite yet."),
        (("--database", "mysql://x/y", "init"), 3, "is no address of a database"),
        (("--database", "sqlite:///.", "init"), 3, ". is a folder. Name a file."),
        (
            ("--ui-language", "fi", "init"),
            2,
            "cannot be used: it must be one of nb, nn, sv, en. See: consortium --help",
        ),
        (("report", "--output", "."), 2, "The value of '--output' cannot be used: it is a folder; name a file."),
        (("serve", "--port", "many"), 2, "cannot be used: it must be a whole number from 0 to 65535."),
        (("report", "a", "b", "c"), 2, "This is more than the command takes: b c. See: consortium report --help"),
        (("report", "--output"), 2, "The option --output needs a value."),
        (("report", "x", "--help=y"), 2, "The option --help takes no value."),
        (("plugin", "lsit"), 2, "There is no command “lsit”. There are: check, disable, enable, list"),
        (("plugin",), 2, "A command is missing. See: consortium plugin --help"),
    ],
)
def test_a_wrong_call_says_what_to_do(call: Call, arguments: tuple[str, ...], code: int, says: str) -> None:
    answer = call(*arguments)

    assert answer.code == code
    assert says in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("report", "no-such"),
            "There is no report “no-such”. There are: no-kontrollutvalg, no-statusrapport, se-lagesrapport, short-summary, status-summary.",
        ),
        (
            ("report", "--format", "doc"),
            "There is no format “doc”. There are: docx, html, json, md, odt, pdf, xlsx.",
        ),
        (("report", "--language", "nb+sv+en"), "one language, or two different ones"),
        (("report", "--language", "no"), "which Norwegian"),
        (("report", "--as-of", "31.2.2026"), "There is no day “31.2.2026” in the calendar."),
        (("report", "--output", "/proc/x.pdf"), "/proc/x.pdf cannot be written"),
        (("example", "example.xlsx"), "example.xlsx is already there"),
    ],
)
def test_bad_values_are_refused_in_one_line(call: Call, arguments: tuple[str, ...], says: str) -> None:
    call("init")
    call("example", "example.xlsx")
    call("import", "example.xlsx")

    answer = call(*arguments)

    assert answer.code == 1
    assert says in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("language", ["nb", "nn", "sv"])
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself_in_every_language(call: Call, name: str, language: str) -> None:
    english = call(name, "--help")
    answer = call("--ui-language", language, name, "--help")

    assert (english.code, answer.code) == (0, 0)
    assert answer.out != english.out


@pytest.mark.parametrize("arguments", [("--help",), ("plugin", "--help"), ("report", "--help")])
def test_no_heading_of_a_help_page_stays_english(
    call: Call, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr(Message, "say", lambda message, _language: f"«{message.words}»")

    answer = call("--ui-language", "nb", *arguments)

    told = [line for line in answer.out.splitlines() if line and not line.startswith(" ")]
    assert all(line.startswith("«") for line in told)
    assert "«Show this message and exit.»" in answer.out


def test_the_plugins_are_listed_with_what_they_bring(call: Call) -> None:
    answer = call("--ui-language", "sv", "plugin", "list")

    assert answer.code == 0
    for words in ("norway", "sweden", "no-orgnr", "se-orgnr", "se-lagesrapport (Lägesrapport)", "html, json, md"):
        assert words in answer.out


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_a_template_can_be_had_in_every_language(call: Call, tmp_path: Path, language: str) -> None:
    assert call("template", f"{language}.xlsx", "--language", language, "--texts", "nb, sv, se").code == 0
    assert (tmp_path / f"{language}.xlsx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
        ({"LANG": "sv", "CONSORTIUM_UI_LANGUAGE": "nn"}, "nn"),
    ],
)
def test_the_language_comes_from_the_environment(environment: dict[str, str], language: str) -> None:
    assert environment_language(environment) == language


def test_piped_output_is_clean_and_the_command_is_installed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from consortium.cli import main; main()", "init"]
    environment = os.environ | {"LANG": "nb_NO.UTF-8", "LC_ALL": "", "TERM": "xterm-256color"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)  # noqa: S603  # our own

    assert done.stdout == "Databasen sqlite:///var/consortium.sqlite er klar.\n"
    assert done.stderr == ""
