"""Reports as their page shows them: what the address asks for is made, or told why it is not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, ClassVar, cast

from flask import Response, current_app, request, send_file
from markupsafe import Markup

from consortium.documents import Document, Writer
from consortium.errors import InvalidValue, NotFound
from consortium.facts import Facts
from consortium.facts.places import Place
from consortium.i18n.message import Message, _
from consortium.plugins import front_desk
from consortium.services.facts import gather_facts, since_of
from consortium.services.reporting import Order, document_of, fill_file, missing_texts, parts_of, report_languages
from consortium.services.snapshots import compare, facts_of, find_snapshot, strange_versions
from consortium.services.switch_words import demand_report_on
from consortium.services.switches import Switches, switched
from consortium.variants import ReportVariant
from consortium.variants.anchors import anchor
from consortium.writers.html import report_html
from consortium_admin.orders import Read, Wish, read_wish
from consortium_admin.sizes import Sizes, told_size
from consortium_admin.visit import visit

#: what formats are called; a guest's has its own key
FORMATS: dict[str, Message] = {
    "pdf": _("PDF, to print and to keep"),
    "html": _("Web page (HTML)"),
    "docx": _("Word (DOCX)"),
    "odt": _("LibreOffice (ODT)"),
    "xlsx": _("Excel (XLSX)"),
    "md": _("Plain text (Markdown)"),
    "json": _("For machines (JSON)"),
}

#: what there is not to compare with, in words that need no command line
_NO_SUCH = _("There is no snapshot, gathering or day “{words}” to compare with. Choose one of the list.")

#: the name of the place where a plugin could not tell something
_FAULT = re.compile(r'id="(fault-[^"]+)"')

#: a report that is larger than this waits on the disk, not in memory
IN_MEMORY = 4 * 1024 * 1024


class _Article(Writer):
    """Writes a document as the part of a page."""

    key: ClassVar[str] = "article"
    media_type: ClassVar[str] = "text/html"

    def write(self, document: Document, file: BinaryIO) -> None:
        """Write the article."""
        file.writelines(piece.encode("utf-8") for piece in report_html(document))


@dataclass(frozen=True)
class Made:
    """A document with the facts it was made of; or, where it is blocked, the texts that it lacks."""

    facts: Facts
    document: Document
    lacking: tuple[tuple[Place, str], ...] = ()


def read_and_make() -> tuple[Read, Made]:
    """Make what is asked for; where that is not there, the usual, and say so at the field."""
    here = visit()
    read = read_wish(request.args, here.consortium.tags)
    while True:  # each time with one choice less, at last with none
        try:
            return read, make_report(read.wish)
        except (NotFound, InvalidValue) as fault:
            if read.wish == Wish():
                raise
            read = _without(read, fault)


def _without(read: Read, fault: NotFound | InvalidValue) -> Read:
    """Leave out the choice that a fault is about, and tell it there."""
    name = _blamed(read.wish, fault)
    told = _NO_SUCH.fill(words=read.wish.since) if name == "since" and not read.wish.since_day else fault.message
    wish = replace(read.wish, **{name: ""}) if name else Wish()
    return Read(wish, {**read.strange, name or "report": told})


def make_report(wish: Wish) -> Made:
    """Make what is asked for.

    :raises NotFound: if there is no such thing to limit it to or to compare it with
    :raises InvalidValue: if the days contradict each other, or the report is off
    """
    order = _order(wish)
    demand_report_on(visit().switches, order.report, order.scope)
    facts = _facts(wish)
    variant = front_desk().variant(order.report)
    tags = report_languages(order.languages, variant, facts.consortium.languages)
    lacking = tuple(missing_texts(facts, tags, variant)) if order.missing == "block" else ()
    order = replace(order, missing="fallback") if lacking else order
    return Made(facts, document_of(facts, order, _switches(wish)), lacking)


def _order(wish: Wish) -> Order:
    return wish.order(visit().day)


def _facts(wish: Wish) -> Facts:
    """Gather the facts that are asked for: those of a day, or those that a snapshot has kept."""
    here, order = visit(), _order(wish)
    home = here.consortium
    if wish.snapshot:
        after = find_snapshot(here.session, here.principal, consortium=home, key=wish.snapshot)
        if not wish.since:
            return facts_of(here.session, after)
        return compare(
            here.session, find_snapshot(here.session, here.principal, consortium=home, key=wish.since), after
        )
    day = order.day or here.day
    since = since_of(here.session, here.principal, consortium=home, words=order.since, day=day)
    parts = parts_of(order.report)
    return gather_facts(
        here.session, here.principal, consortium=home, day=day, since=since, scope=order.scope, parts=parts
    )


def _switches(wish: Wish) -> Switches:
    """Return where plugins are on, or were when the snapshot was taken of which the report is made again."""
    here = visit()
    if not wish.snapshot:
        return here.switches
    kept = find_snapshot(here.session, here.principal, consortium=here.consortium, key=wish.snapshot)
    return switched(here.session, consortium=here.consortium, until=kept.changed_at)


def _blamed(wish: Wish, fault: NotFound | InvalidValue) -> str:
    """Tell which choice a fault is about: the one that the fault names, else the likeliest that was made."""
    field = getattr(fault, "field", "")
    made = [name for name in ("snapshot", "since", "scope", "first", "day", "report") if getattr(wish, name)]
    return field if field in made else next(iter(made), "")


def write_aside(document: Document, writer: Writer) -> "SpooledTemporaryFile[bytes]":
    """Write a document where nobody sees it before it is whole, and return the file at its end.

    :raises PluginProblem: if the variant or the writer fails
    """
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # it is closed when it has been sent
    with _thrown_away(file):
        fill_file(document, writer, cast("BinaryIO", file), report=document.key)
    return file


def send_document(document: Document, writer: Writer, missing: str) -> Response:
    """Send a document as a file: whole, or not at all; its size is remembered."""
    file = write_aside(document, writer)
    size = file.tell()
    file.seek(0)
    sizes().keep(document, missing, writer.key, size=size)
    response: Response = send_file(
        cast("BinaryIO", file),
        mimetype=writer.media_type.partition(";")[0],
        as_attachment=True,
        download_name=f"{file_name(document.key, visit().site.key, str(document.day))}.{writer.key}",
    )
    response.headers["Content-Type"] = writer.media_type
    response.content_length = size
    return response


@contextmanager
def _thrown_away(file: "SpooledTemporaryFile[bytes]") -> Iterator[None]:
    try:
        yield
    except BaseException:
        file.close()
        raise


def article(document: Document) -> Markup:
    """Set a document as the part of a page."""
    with write_aside(document, _Article()) as file:
        file.seek(0)
        return Markup(file.read().decode("utf-8"))  # noqa: S704  # the writer escapes words


def sizes() -> Sizes:
    """Return the sizes that are known of files."""
    found: Sizes = current_app.extensions.setdefault("consortium-sizes", Sizes())
    return found


def formats(document: Document, missing: str) -> Iterator[tuple[str, Message, Message | None]]:
    """Walk the formats in our order, then the guests': key, name, and size where it is known."""
    writers = front_desk().writers
    for key in (*(key for key in FORMATS if key in writers), *(key for key in writers if key not in FORMATS)):
        size = sizes().of(document, missing, key)
        yield key, FORMATS.get(key) or _("{key}").fill(key=key.upper()), told_size(size) if size else None


def changed(wish: Wish) -> Iterator[tuple[str, str, str]]:
    """Walk what was of another version when the snapshot of a report was taken."""
    if wish.snapshot:
        here = visit()
        snapshot = find_snapshot(here.session, here.principal, consortium=here.consortium, key=wish.snapshot)
        yield from strange_versions(snapshot)


def faults_in(report: Markup) -> dict[str, str]:
    """Find what plugins could not tell in a report that was set: by the place of the mark the plugin's name."""
    names = {anchor("fault", f"{plugin.name}-"): plugin.name for plugin in front_desk().plugins}
    marks = _FAULT.findall(report)
    return {mark: name for mark in marks for start, name in names.items() if mark.startswith(start)}


def offered(wish: Wish) -> dict[str, ReportVariant]:
    """List the reports to choose from: those that are on for what is asked for."""
    desk, scope = front_desk(), _order(wish).scope
    return {
        key: variant
        for key, variant in desk.report_variants.items()
        if visit().switches.allow(desk.owner("consortium_report_variants", key).name, key, scope)
    }


def file_name(*parts: str) -> str:
    """Make a name for a file of keys, which may hold signs that lead elsewhere."""
    return "-".join("".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in part) for part in parts if part)
