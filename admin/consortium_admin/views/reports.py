"""The report page: choices, the document as it will be read, and the same in every format."""

from collections.abc import Iterable
from typing import Any, cast

from flask import redirect, request, url_for

from consortium.documents import Phrase, Words
from consortium.facts.places import Place
from consortium.i18n.language import language_name
from consortium.models import Snapshot
from consortium.plugins import front_desk
from consortium.services.snapshots import list_snapshots
from consortium.texts import Text
from consortium.texts.text import Told
from consortium.writers.html import plain_title
from consortium_admin.made import (
    article,
    changed,
    faults_in,
    formats,
    make_report,
    offered,
    read_and_make,
    send_document,
)
from consortium_admin.orders import Wish, choosable, read_wish, usual_languages
from consortium_admin.rules import overseer, signed_in
from consortium_admin.views.neighbours import NeighbourView
from consortium_admin.views.page import page
from consortium_admin.visit import visit

#: so many missing texts are listed one by one
MOST_LISTED = 200


class ReportsView(NeighbourView):
    """Reports, read and downloaded."""

    def __init__(self) -> None:
        super().__init__(endpoint="reports", url="/reports")

    @page("/", may=signed_in)
    def index(self) -> Any:
        """Show a report right as it will be read, beside the choices; what cannot be made is told in its place."""
        here = visit()
        asked = read_wish(request.args, here.consortium.tags)
        if not asked.strange and request.args.to_dict() != asked.wish.address():
            return redirect(asked.wish.link())
        read, made = read_and_make()
        document = made.document
        snapshots = list_snapshots(here.session, here.principal, consortium=here.consortium)
        report = None if made.lacking else article(document)
        return self.render(
            "admin/reports/index.html",
            title=plain_title(document),
            wish=read.wish,
            strange=read.strange,
            variants=offered(read.wish),
            offered=choosable(here.consortium.tags),
            chosen=document.languages,
            usual=usual_languages(read.wish.report, here.consortium.tags),
            facts=made.facts,
            countries=tuple(dict.fromkeys(each.country for each in made.facts.partners)),
            snapshots=snapshots,
            may_see_snapshots=overseer(here.principal),
            changed=tuple(changed(read.wish)),
            compared_day=_compared_day(read.wish, snapshots),
            lacking=tuple(map(_lack, made.lacking[:MOST_LISTED])),
            lacking_count=len(made.lacking),
            plain=_plain,
            term=lambda group, code: here.speech.term(group, code)[0].words,
            language_in=lambda tag: language_name(tag, here.language),
            formats=tuple(formats(document, read.wish.missing)),
            report=report,
            faults=faults_in(report) if report and overseer(here.principal) else {},
        )

    @page("/download/", may=signed_in)
    def download(self) -> Any:
        """Send a report as a file: whole, or not at all.

        :raises NotFound: if there is no such format
        :raises InvalidValue: if the report cannot be made as it is asked for
        """
        here = visit()
        writer = front_desk().writer(request.args.get("format", ""))
        read = read_wish(request.args, here.consortium.tags)
        made = None if read.strange else make_report(read.wish)
        if made is None or made.lacking:  # the page says what is wrong, and where it is put right
            asked = {name: words for name, words in request.args.items() if name != "format"}
            return redirect(url_for("reports.index", **cast("dict[str, Any]", asked)))
        return send_document(made.document, writer, read.wish.missing)


def _lack(lack: tuple[Place, str]) -> tuple[Place, Words, str, str]:
    """Say of a missing text where it belongs, whose it is, in which language it is missing, and where that is put right."""
    place, tag = lack
    kind, key = place.anchor
    speech = visit().speech
    is_own = kind == "sub-project"
    read = speech.title if is_own else speech.name  # others are names of organisations and the like
    owner = read(place.owner.text) if isinstance(place.owner, Told) else speech.say(place.owner)
    return place, owner, tag, url_for("sub_projects.details_view", id=key) if is_own else ""


def _plain(text: Text) -> Phrase:
    """Read a name for an option of a list, which can hold no mark."""
    return visit().speech.name(text)[0]


def _compared_day(wish: Wish, snapshots: Iterable[Snapshot]) -> str:
    """Tell with which day the report is compared, where it is not the key of a snapshot."""
    return "" if wish.since in {each.key for each in snapshots} else wish.since_day
