"""Describes a line of an export as a JSON Schema, made of the same fields as the export itself."""

import json
import sys
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from consortium.models import Record
from consortium.services.codes import LONGEST_MADE, LONGEST_PLAIN
from consortium.services.exporting.fields import Field, fields, kinds
from consortium.services.exporting.json_lines import FORMAT
from consortium.services.importing.layout import Kind
from consortium.texts import terms

Schema = dict[str, Any]

_KEY: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_MADE}
_NUMBER: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_TAG: Schema = {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"}
_DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
_NAME: Schema = {"type": "string", "maxLength": LONGEST_PLAIN}

_VERSION: Schema = {
    "description": "The words in one language. The source has no “from”; a translation tells what it was made from.",
    "type": "object",
    "required": ["words"],
    "additionalProperties": False,
    "properties": {
        "words": {"type": "string", "minLength": 1},
        "from": {"description": "The language that it was translated from.", **_TAG},
        "digest": {
            "description": "Of the words it was made from: the first 16 hex digits of their SHA-256.",
            **_DIGEST,
        },
        "origin": {"description": "Left out for a person’s words.", "const": "machine"},
        "by": {"description": "Who wrote it.", **_NAME},
        "at": {"description": "When, with the time zone.", "type": "string"},
        "reviewed_by": {"description": "Who found the translation right.", **_NAME},
    },
}

_TEXT: Schema = {
    "description": "A text: its versions by language, and the earlier words that outdated translations were made from.",
    "type": ["object", "null"],
    "required": ["versions"],
    "additionalProperties": False,
    "properties": {
        "versions": {"type": "object", "additionalProperties": {"$ref": "#/$defs/version"}},
        "earlier": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}

_SHAPES: Mapping[Kind, Callable[[Field], Schema]] = {
    Kind.WORDS: lambda _field: {"$ref": "#/$defs/text"},
    Kind.PLAIN: lambda _field: _NAME,
    Kind.CODE: lambda field: {"type": "string", "enum": list(terms(field.group))},
    Kind.LANGUAGE: lambda _field: _TAG,
    Kind.LANGUAGES: lambda _field: {"type": "array", "items": _TAG, "minItems": 1},
    Kind.DATE: lambda _field: {"type": "string", "format": "date"},
    Kind.NUMBER: lambda _field: _NUMBER,
    Kind.MEASURE: lambda _field: _NUMBER,
    Kind.WHOLE: lambda _field: {"type": "integer"},
    Kind.ONE: lambda field: {"description": f"Key of a record “{field.target.__tablename__}”.", **_KEY},
    Kind.MANY: lambda field: {
        "description": f"Keys of records “{field.target.__tablename__}”, in order.",
        "type": "array",
        "items": _KEY,
    },
    Kind.IDENTIFIER: lambda _field: {"type": "object", "additionalProperties": {"type": "string"}},
}


def make_schema() -> Schema:
    """Make the schema of a line: the first one, the last one, or a record of one of the kinds."""
    names = [kind.__tablename__ for kind in kinds()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of a Consortium export",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in ("first", *names, "last")],
        "$defs": {
            "first": _object(
                {"consortium-export": {"const": FORMAT}, "consortium": _KEY, "program": {"type": "string"}},
                required=["consortium-export", "consortium"],
            ),
            "last": _object(
                {"end": {"description": "How many records there are.", "type": "integer"}}, required=["end"]
            ),
            "text": _TEXT,
            "version": _VERSION,
            **{kind.__tablename__: _record(kind) for kind in kinds()},
        },
    }


def shipped_schema() -> Schema:
    """Read the schema that is shipped with the package, for people outside."""
    found: Schema = json.loads(files(__package__).joinpath("schema.json").read_text(encoding="utf-8"))
    return found


def _record(kind: type[Record]) -> Schema:
    known = fields(kind)
    said = {field.name: _shape(field) for field in known}
    made = _object(
        {"record": {"const": kind.__tablename__}, "key": _KEY, **said},
        required=["record", "key", *(field.name for field in known if field.is_required)],
    )
    return {"description": (kind.__doc__ or "").strip().split("\n")[0], **made}


def _shape(field: Field) -> Schema:
    shape = _SHAPES[field.kind](field)
    if not field.is_nullable:
        return shape
    choices = {"enum": [*shape["enum"], None]} if "enum" in shape else {}
    return {**shape, "type": [shape["type"], "null"], **choices}


def _object(properties: Schema, *, required: list[str]) -> Schema:
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(make_schema(), ensure_ascii=False, indent=1) + "\n")
