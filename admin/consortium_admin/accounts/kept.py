"""What somebody typed and sent when their sign-in was over: kept in the page, to be sent again."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from consortium_admin.addresses import own_address

#: more signs are kept nowhere
MOST = 1_000_000

#: what never stays in a page
SECRET = ("password", "token")


@dataclass(frozen=True)
class Kept:
    """A form as it was sent: where to, and what stood in it."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """Write it in one line, to be carried through the pages of signing in."""
        return json.dumps([self.path, self.fields], ensure_ascii=False)


def of_request() -> Kept | None:
    """Keep what was sent just now, if a page of ours sent it; what a foreign page has thought up is not kept."""
    if request.method != "POST" or not _is_ours() or not request.form:
        return None
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if not _is_secret(name))
    return _known(request.full_path.rstrip("?"), fields)


def of_form() -> Kept | None:
    """Read what a page of signing in carries along."""
    words = request.form.get("kept", "")
    try:
        path, fields = json.loads(words) if 0 < len(words) <= MOST * 2 else ("", ())
        read = tuple((str(name), str(value)) for name, value in fields)
        "".join((str(path), *(said for pair in read for said in pair))).encode()  # half characters fit in no page
    except (ValueError, TypeError, RecursionError):
        return None
    return _known(str(path), tuple(field for field in read if not _is_secret(field[0])))


def _known(path: str, fields: tuple[tuple[str, str], ...]) -> Kept | None:
    """Keep only what can be sent again: to a page of ours that takes it, and not too much."""
    if not own_address(path) or sum(len(name) + len(value) for name, value in fields) > MOST:
        return None
    try:
        endpoint, _values = current_app.url_map.bind("").match(urlsplit(path).path, method="POST")
    except HTTPException:
        return None
    return None if endpoint.startswith(("account.", "language.")) else Kept(path, fields)


def _is_ours() -> bool:
    """Tell whether a page of ours sent the request, as the browser says; a browser that says nothing is not believed."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    told = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(told).netloc == request.host
    except ValueError:  # what cannot be read is no address of ours
        return False


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET)
