import json
import tracemalloc
from dataclasses import MISSING, fields, is_dataclass
from importlib.resources import files
from io import RawIOBase
from itertools import chain
from typing import Any

import pytest

import consortium.documents
from consortium.documents import Block, Paragraph, Phrase
from consortium.errors import PluginProblem
from consortium.facts import Stream
from consortium.writers.json import JsonWriter
from tests.writers.samples import HOSTILE, blocks_of, document, every_block, say, section, written

SCHEMA = json.loads(files("consortium.writers").joinpath("report.schema.json").read_text(encoding="utf-8"))


KINDS = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}


def faults(value: Any, schema: Any, place: str = "") -> list[str]:
    """List where ``value`` is not as the few words of JSON Schema that ours uses would have it."""
    if "$ref" in schema:
        return faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], place)
    if "anyOf" in schema:
        return min((faults(value, each, place) for each in schema["anyOf"]), key=len)
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        return [f"{place}: {value!r}"]
    if "type" in schema and not isinstance(value, KINDS[schema["type"]]):
        return [f"{place}: {value!r} is no {schema['type']}"]
    if isinstance(value, dict):
        return _faults_of_fields(value, schema, place)
    return _faults_of_items(value, schema, place) if isinstance(value, list) else []


def _faults_of_fields(value: dict[str, Any], schema: Any, place: str) -> list[str]:
    known = schema["properties"]
    found = [f"{place}: {name} is missing" for name in schema["required"] if name not in value]
    found += [f"{place}: {name} is unknown" for name in value if name not in known]
    if value.get("kind") != known.get("kind", {}).get("const"):
        return [*found, f"{place}: {value.get('kind')}"]
    inner = (faults(value[name], known[name], f"{place}/{name}") for name in value if name in known)
    return [*found, *chain.from_iterable(inner)]


def _faults_of_items(value: list[Any], schema: Any, place: str) -> list[str]:
    wanted = schema.get("prefixItems") or [schema["items"]] * len(value)
    if len(value) != len(wanted):
        return [f"{place}: {len(value)} items"]
    return [*chain.from_iterable(faults(each, kind, f"{place}[]") for each, kind in zip(value, wanted, strict=True))]


def read(made: bytes) -> Any:
    return json.loads(made.decode("utf-8"))


@pytest.mark.parametrize("languages", [("nb",), ("nb", "sv")])
def test_a_report_is_as_its_schema_says(languages: tuple[str, ...]) -> None:
    assert faults(read(written(JsonWriter(), every_block(languages))), SCHEMA) == []


def test_the_schema_knows_every_field() -> None:
    kinds = [each for each in vars(consortium.documents).values() if isinstance(each, type) and is_dataclass(each)]
    for kind in kinds:
        if kind.__name__ in ("Document", "Speech"):
            continue
        told = SCHEMA["$defs"][kind.__name__]
        own = {each.name: each.default is MISSING for each in fields(kind)}
        assert set(told["properties"]) - {"kind"} == set(own), kind
        assert set(told["required"]) - {"kind"} == {name for name, is_needed in own.items() if is_needed}, kind


def test_a_program_reads_who_wrote_it_and_in_which_form() -> None:
    made = written(JsonWriter(), document(Paragraph(say("Hei"))))

    found = read(made)
    assert (found["format"], found["version"], found["key"]) == ("consortium-report", 1, "sample")
    assert found["day"] == "2026-06-12"
    assert found["blocks"] == [{"kind": "paragraph", "words": [{"words": "Hei", "language": "nb"}]}]
    assert made.endswith(b"}\n")


def test_two_languages_stay_beside_each_other() -> None:
    words = (Phrase("Hei", "nb"), Phrase("Hej", "sv", sign="state.on_track"))
    (block,) = read(written(JsonWriter(), document(Paragraph(words), languages=("nb", "sv"))))["blocks"]

    assert [each["language"] for each in block["words"]] == ["nb", "sv"]
    assert block["words"][1]["sign"] == "state.on_track"


@pytest.mark.parametrize("hostile", [*HOSTILE, "\ud83d", "\x00\x1f", "\u2028"])
def test_what_people_write_comes_back_as_it_was(hostile: str) -> None:
    found = read(written(JsonWriter(), document(*blocks_of(hostile))))

    assert found["blocks"][0]["words"][0]["words"] == hostile
    assert faults(found, SCHEMA) == []


def test_a_long_report_is_never_all_in_memory() -> None:
    class Sink(RawIOBase):
        def write(self, some: Any) -> int:
            return len(some)

    long = Stream(lambda: (section(number, 2, Paragraph(say("ord " * 500))) for number in range(5_000)))
    tracemalloc.start()
    JsonWriter().write(document(stream=long), Sink())  # type: ignore[arg-type]  # a sink is enough
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_block_of_an_unknown_kind_is_refused_by_name() -> None:
    class Banner:
        pass

    unknown: Block = Banner()  # type: ignore[assignment]  # what a plugin might bring
    with pytest.raises(PluginProblem, match="Banner"):
        written(JsonWriter(), document(unknown))
