"""What comes from a guest's process is read strictly: whatever is no part of a document is refused."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from consortium.documents import Block, Note, Phrase, Speech
from consortium.plugins import front_desk
from consortium.plugins.apart.form import Strange, data_of, line_of, read
from consortium.plugins.apart.telling import Teller
from consortium.plugins.apart.told import Told
from consortium.variants.parts import Parts
from tests.plugins.house import House, blocks_of

WORDS = [["Hei", "nb"]]
HEADING = ["heading", WORDS, 1, "top"]

STRANGE: dict[str, Any] = {
    "no list": {"note": "Hei"},
    "no kind": [],
    "a kind that there is not": ["script", WORDS],
    "a part too much": ["note", WORDS, 1],
    "a part too little": ["heading", WORDS, 1],
    "three languages": ["note", WORDS * 3],
    "words that are none": ["note", [[7, "nb"]]],
    "a control sign": ["note", [["Ring \x07", "nb"]]],
    "half a sign": ["note", [["\ud800", "nb"]]],
    "no tag": ["note", [["Hei", "../nb"]]],
    "a mark that there is not": ["note", [["Hei", "nb", "loud", "", ""]]],
    "a level that there is not": ["heading", WORDS, 4, "top"],
    "a level that is true": ["heading", WORDS, True, "top"],
    "a path for an anchor": ["heading", WORDS, 1, "../../etc/passwd"],
    "an address for a link": ["paragraph", WORDS, [], "https://example.org/"],
    "a row wider than its table": ["table", WORDS, [["column", WORDS, "start", 1]], [["row", [WORDS, WORDS], "", ""]]],
    "a shade that there is not": ["grid", [WORDS], [["gridrow", WORDS, [["square", WORDS, 5]]]], []],
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_block_is_refused(name: str) -> None:
    with pytest.raises(Strange):
        read(Block, STRANGE[name])


@pytest.mark.parametrize(
    "line", [b"[1]\n", b"{}\n", b"[NaN]\n", b'["note",1.5]\n', b'["note"]', b"no\n", b"[" * 99999 + b"\n"]
)
def test_what_is_no_line_is_refused(line: bytes) -> None:
    with pytest.raises(Strange):
        data_of(line)


def test_what_is_written_is_read_as_it_was() -> None:
    note = Note((Phrase("Hei", "nb"), Phrase("Hallå", "sv", sign="state.on_track")))

    assert read(Block, json.loads(line_of(note))) == note


def test_a_document_with_pieces_within_pieces_can_be_walked_again_and_again(house: House, tmp_path: Path) -> None:
    document = front_desk().variant("status-summary").document(house.facts, Speech(("nb", "sv")))
    with (tmp_path / "told").open("w+b") as file:
        Teller(file, ("nb",), "guest").tell(document, ())
        file.flush()
        told = Told(file)
        again = replace(document, blocks=Parts({name: partial(told.blocks, name) for name in told.names}))

        assert blocks_of(again) == blocks_of(document) == blocks_of(again)
