import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from consortium.documents import Block, Section
from consortium.plugins import RESIDENTS, FrontDesk
from consortium.texts.terms import terms
from consortium.writers import html_blocks, pdf_data
from consortium.writers.signs import SIGNS

ROOT = Path(__file__).parents[2]

#: the rooms of our own writers
WRITERS = ("html", "pdf", "docx", "odt", "xlsx", "markdown", "json")

WRITE = """
import sys
from importlib import import_module
from tests.writers.samples import every_block
(writer,) = import_module(f"consortium.writers.{sys.argv[1]}").consortium_writers()
writer.write(every_block(("nb", "sv")), sys.stdout.buffer)
"""


def test_each_writer_has_a_function_for_each_kind_of_block() -> None:
    kinds = set(get_args(Block))

    assert set(html_blocks.WRITES) == kinds
    assert set(pdf_data.WRITES) == kinds - {Section}, "a section is walked, not kept"


@pytest.mark.parametrize("group", ["state", "trend"])
def test_every_state_and_trend_has_a_sign(group: str) -> None:
    assert {f"{group}.{code}" for code in terms(group)} <= set(SIGNS)


@pytest.mark.parametrize("key", WRITERS)
def test_the_same_document_gives_the_same_bytes_in_another_process_and_time_zone(key: str) -> None:
    def write(zone: str, seed: str) -> bytes:
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", WRITE, key]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)  # noqa: S603  # our own
        return done.stdout

    first = write("Pacific/Kiritimati", "1")
    assert len(first) > 1_000
    assert first == write("Pacific/Pago_Pago", "2")


def test_the_front_desk_finds_all_writers() -> None:
    desk = FrontDesk(tuple(f"consortium.writers.{name}" for name in WRITERS), ())

    types = {key: writer.media_type.partition(";")[0] for key, writer in desk.writers.items()}
    assert types == {
        "html": "text/html",
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odt": "application/vnd.oasis.opendocument.text",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "md": "text/markdown",
        "json": "application/json",
    }
    assert {f"consortium.writers.{name}" for name in WRITERS} <= set(RESIDENTS)
