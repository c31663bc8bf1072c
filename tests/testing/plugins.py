"""Tiny plugins, written into a folder and let in, to prove that every claim can fail."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from consortium.proving import CLAIMS, Trial

BEGINNING = """
import os, time
from consortium import clock, hookimpl
from consortium.documents import Heading, Note, Paragraph, Phrase, Section, Writer
from consortium.facts import IdentifierKind
from consortium.facts.importer import Importer
from consortium.facts.submission import Remark, SubmissionCheck
from consortium.i18n.message import Voice
from consortium.texts.check import TextCheck
from consortium.variants import StatusReport
from consortium.variants.section import SectionAddition

_ = Voice(__name__)
TITLE = _("Bad")
consortium_api = ">=1,<2"
"""

REPORT = """
class Bad(StatusReport):
    key = "bad"
    title = TITLE
    chapters = (chapter,)

@hookimpl
def consortium_report_variants():
    yield Bad()
"""

_NUMBERS = count(1)

Write = Callable[[str], Trial]


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Give a function that writes a plugin and lets it in."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(code: str) -> Trial:
        name = f"bad_plugin_{next(_NUMBERS)}"
        (tmp_path / f"{name}.py").write_text(f"{BEGINNING}\n{code}", encoding="utf-8")
        return Trial(name)

    return write


def wrong(claim: str, trial: Trial) -> str:
    """Say what a claim finds wrong with a plugin."""
    return "\n".join(CLAIMS[claim](trial))
