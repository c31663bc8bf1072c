"""What stands around the content of a page: written once for each person, language and page, and then kept.

The secret of forms and the way back are another one each time; they are set into what was kept. Nothing in it tells of
records, and nothing counts them.
"""

import secrets
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

from flask import current_app, request
from flask_wtf.csrf import generate_csrf
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from consortium_admin.parts import parts
from consortium_admin.speaking import this_page
from consortium_admin.visit import visit

#: so many are kept, some kilobytes each
MOST = 512

#: stand where the secret and the way back are set; nobody who writes a name can know them
_TOKEN, _HERE = (secrets.token_hex(16) for _ in range(2))


class Frames:
    """What was written, the one that nobody has asked for the longest first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> str | None:
        """Find what was written for ``key``."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, written: str) -> str:
        """Keep what was written for ``key``."""
        with self._lock:
            self._kept[key] = written
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return written


@pass_context
def around(context: Context) -> Markup:
    """Write what stands around a page: its owner, the main parts, languages, and whoever has signed in."""
    visitor, owner = visit().visitor, context["owner"]
    who = (visitor.name, visitor.principal) if visitor else None
    key = (request.root_path, request.endpoint, request.blueprint, context["language"], owner, who)
    frames: Frames = current_app.extensions.setdefault("consortium-frames", Frames())
    written = frames.find(key) or frames.keep(key, _write(context))
    return Markup(written.replace(_TOKEN, generate_csrf()).replace(_HERE, escape(this_page())))  # noqa: S704  # both are escaped


def _write(context: Context) -> str:
    visitor = visit().visitor
    told: dict[str, Any] = {"language": context["language"], "owner": context["owner"], "visitor": visitor}
    open_parts = parts(visitor.principal if visitor else None)
    template = current_app.jinja_env.get_template("admin/frame.html")
    return template.render(**told, parts=open_parts, token=_TOKEN, here=_HERE)
