"""What the docs show of an export can be read."""

import json
import re

from consortium.services.exporting.provenance import read_text
from tests.house.checkout import ROOT


def test_the_docs_show_a_text_that_can_be_read() -> None:
    docs = (ROOT / "docs/export-format.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r'^    (\{"earlier".*?\}\}\})$', docs, re.DOTALL | re.MULTILINE)

    assert str(read_text(json.loads(shown)).state("sv")) == "outdated"
