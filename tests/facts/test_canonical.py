"""The canonical form: what was written is what is read, and nothing of who typed it."""

import dataclasses
import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.facts import Facts, Stream, SubProjectFacts
from consortium.facts.canonical import (
    OWN_LINES,
    fingerprint,
    head_of,
    line_of,
    pack,
    read_facts,
    read_sub_project,
    unpack,
)
from consortium.texts import Text
from tests.facts.made import facts, status, sub_project, text

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda said: bool(said.strip())
)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Draw a text: empty, or with translations that may be outdated, reviewed, or a machine's."""
    if draw(st.booleans()):
        return Text()
    made = Text().write("nb", draw(words), by="Kari")
    if draw(st.booleans()):
        made = made.translate("sv", draw(words), origin=draw(st.sampled_from(["human", "machine"])), by="Lisa")
        if draw(st.booleans()):
            made = made.review("sv", by="Per")
        if draw(st.booleans()):
            made = made.write("nb", draw(words))
    return Text.from_json(json.loads(made.unstamped()))


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
st.register_type_strategy(Text, texts())
st.register_type_strategy(Decimal, numbers)


@st.composite
def values(draw: st.DrawFn, kind: Any) -> Any:
    """Draw a value of any kind that facts hold; a sub-project has no other one before it."""
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = {name: draw(values(hint)) for name, hint in hints.items() if name not in {"before", *OWN_LINES}}
        own: dict[str, Any] = {"sub_projects": Stream(tuple)} if kind is Facts else {}
        return kind(**parts, **own)  # type: ignore[operator]  # a class
    if get_origin(kind) is tuple:
        return tuple(draw(values(get_args(kind)[0])) for _number in range(draw(st.integers(0, 2))))
    inner = [part for part in get_args(kind) if part is not type(None)]
    if len(inner) == 1 and dataclasses.is_dataclass(inner[0]):
        return draw(values(inner[0])) if draw(st.booleans()) else None
    return draw(st.from_type(kind))


@given(values(SubProjectFacts))
def test_a_sub_project_reads_back_as_it_was_written(each: SubProjectFacts) -> None:
    line = line_of(each)

    assert read_sub_project(line) == each
    assert line_of(read_sub_project(line)) == line
    assert line.count(b"\n") == 1


@given(values(Facts))
def test_facts_read_back_as_they_were_written(written: Facts) -> None:
    head = head_of(written)
    read = read_facts(head, tuple, fingerprint="f")

    for part in dataclasses.fields(Facts):
        if part.name not in OWN_LINES:
            assert getattr(read, part.name) == getattr(written, part.name), part.name
    assert head_of(read) == head


def test_what_a_snapshot_knew_of_a_sub_project_is_read_back_too() -> None:
    each = sub_project(current=status()).beside(sub_project(title=text(nb="Før", sv="Förut")))

    assert read_sub_project(line_of(each)) == each


@pytest.mark.parametrize("written", ["1.50", "100", "1E+2", "0", "-0.0001", "123456789012.3456"])
def test_a_number_is_written_in_one_way_only(written: str) -> None:
    line = line_of(Decimal(written))

    assert Decimal(json.loads(line)) == Decimal(written)
    assert line == line_of(Decimal(written) + Decimal("0.0000"))
    assert b"E" not in line


def test_who_typed_it_is_not_written() -> None:
    said = Text().write("nb", "Godt.", by="Kari").translate("sv", "Bra.", by="Lisa").review("sv", by="Per")
    line = line_of(sub_project(title=said)).decode()

    assert not [name for name in ("Kari", "Lisa", "Per") if name in line]
    assert "reviewed_by" in line


def test_the_fingerprint_is_the_sha_256_of_the_lines() -> None:
    lines = [head_of(facts()), line_of(sub_project())]

    assert fingerprint(iter(lines)) == hashlib.sha256(b"".join(lines)).hexdigest()


def test_a_packed_line_is_smaller_and_comes_back_whole() -> None:
    line = line_of(sub_project(purpose=text(nb="Flere deltar. " * 50)))

    assert unpack(pack(line)) == line
    assert len(pack(line)) < len(line) / 3


def test_what_facts_do_not_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="facts hold no object"):
        line_of(object())


def test_a_day_is_read_as_a_day() -> None:
    assert read_sub_project(line_of(sub_project(reported=(date(2026, 1, 31),)))).reported == (date(2026, 1, 31),)
