"""The sub-projects: how each of them stands, and what was last reported."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request
from markupsafe import Markup

from consortium.documents import Words
from consortium.facts import Facts, State, SubProjectFacts
from consortium.i18n.message import Message, _, _n
from consortium.models import SubProject
from consortium.texts.terms import terms
from consortium.variants import StatusReport, Telling
from consortium.variants.overview import overview_row, overview_table
from consortium.variants.work import sub_project_section
from consortium.writers.html_blocks import HtmlBlocks
from consortium_admin.views.record import RecordView
from consortium_admin.visit import visit

#: stands in the address for sub-projects without a status
UNREPORTED = "not_reported"

#: the states to choose from, in the order of the term base
CODES = (*terms("state"), UNREPORTED)

#: the report whose words the pages use, so that nothing is said in two ways
REPORT = StatusReport()


@dataclass(frozen=True)
class Choice:
    """Which sub-projects are wanted: in which state, with a partner in which country; empty for any."""

    state: str = ""
    country: str = ""


@dataclass(frozen=True)
class Line:
    """A sub-project in the list: the cells of the report's overview, and how long ago it was reported."""

    key: str
    cells: tuple[Words, ...]
    age: Message | None


@dataclass(frozen=True)
class Option:
    """A value to choose in the form, what it is called, and how many sub-projects have it."""

    value: str
    words: Words
    count: int = 0


class SubProjectsView(RecordView):
    """The list of sub-projects, and the page of each."""

    list_template = "admin/sub_projects/list.html"
    details_template = "admin/sub_projects/details.html"

    def __init__(self) -> None:
        super().__init__(SubProject, endpoint="sub_projects", url="/sub-projects")

    def records(self) -> Iterable[SubProjectFacts]:
        """List the sub-projects in the order of the report."""
        return visit().sub_projects

    def choice(self) -> Choice:
        """Read state and country from the address; what is neither is passed over."""
        state, country = request.args.get("state", ""), request.args.get("country", "")
        return Choice(
            state if state in CODES else "",
            country if country in _countries(visit().facts) else "",
        )

    def is_wanted(self, record: SubProjectFacts, choice: Choice) -> bool:
        """Tell whether a sub-project is in the state and has a partner in the country."""
        return choice.state in {"", _state(record)} and _is_in(record, choice.country)

    def list_page(self, records: list[SubProjectFacts], choice: Choice) -> dict[str, Any]:
        """Show each sub-project on one line, as the report's overview does."""
        here = visit()
        counts = Counter(_state(each) for each in self.records() if _is_in(each, choice.country))
        return {
            "columns": overview_table(_telling()).columns,
            "rows": [_line(each) for each in records],
            "choice": choice,
            "total": counts.total(),
            "states": [_option(code, counts[code]) for code in CODES if counts[code] or code == choice.state],
            "countries": [Option(code, here.speech.term("country", code)) for code in _countries(here.facts)],
        }

    def record_page(self, record: SubProjectFacts) -> dict[str, Any]:
        """Show the section of the report that is about the sub-project."""
        here = visit()
        section = sub_project_section(record, _telling())
        html = "".join(HtmlBlocks(here.speech.languages).pieces(section.blocks))
        return {
            "title": section.heading.words,
            "body": Markup(html),  # noqa: S704  # the writer escapes words
            "anchor": section.heading.anchor,
        }


def _telling() -> Telling:
    here = visit()
    return Telling(here.facts, here.speech, REPORT)


def _state(each: SubProjectFacts) -> str:
    return each.current.state if each.current else UNREPORTED


def _is_in(each: SubProjectFacts, country: str) -> bool:
    partner = visit().facts.partner
    return not country or any(partner[key].country == country for key in each.partners)


def _countries(facts: Facts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(partner.country for partner in facts.partners))


def _option(code: str, count: int) -> Option:
    speech = visit().speech
    if code == UNREPORTED:
        return Option(code, speech.say(_("not reported")), count)
    return Option(code, speech.term("state", State(code), "plural" if count > 1 else "neuter", sign=True), count)


def _line(each: SubProjectFacts) -> Line:
    here = visit()
    cells = overview_row(each, _telling()).cells
    return Line(each.key, cells, _age((here.day - each.current.day).days) if each.current else None)


def _age(days: int) -> Message:
    return _n("{count} day ago", "{count} days ago", days) if days else _("today")
