"""The sub-projects: how each of them stands, what was last reported, and what can be done."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import request, url_for
from markupsafe import Markup

from consortium.documents import Words
from consortium.errors import InvalidValue
from consortium.facts import PARTS, Facts, State
from consortium.i18n.message import _
from consortium.models import Consortium, Organisation, Partner, SubProject
from consortium.services.facts import gather_facts, since_of
from consortium.services.overview import Filter, Overview, overview
from consortium.services.remembered import MEMORY
from consortium.services.standings import Share
from consortium.services.tallies import NOT_REPORTED
from consortium.services.timeline import may_report, statuses_in_time
from consortium.texts.terms import terms
from consortium.variants import StatusReport, Telling
from consortium.variants.work import sub_project_section
from consortium.writers.html_blocks import HtmlBlocks
from consortium_admin.rules import overseer, staff
from consortium_admin.views.assessments import AssessmentsView
from consortium_admin.views.indicators import IndicatorsView
from consortium_admin.views.milestones import MilestonesView
from consortium_admin.views.record import RecordView
from consortium_admin.views.standing_lines import write_lines
from consortium_admin.visit import visit

#: the report whose words the pages use, so that nothing is said in two ways
REPORT = StatusReport()

#: the states and steps to choose from, in the order of the term base
STATES, STEPS = (*terms("state"), NOT_REPORTED), terms("workflow")

#: what is told of a single sub-project
OWN = PARTS - {"periods", "gatherings"}

#: sub-projects on a page
SIZE = 50

#: longer words are no words that somebody looks for
LONGEST = 200


@dataclass(frozen=True)
class Wanted:
    """Which sub-projects are wanted, in the words of the address; empty for any.

    :ivar q: words that they have
    :ivar overdue: ``1`` for those whose report is overdue
    :ivar by: ``age`` for the one that was reported on longest ago first
    """

    state: str = ""
    country: str = ""
    partner: str = ""
    workflow: str = ""
    overdue: str = ""
    q: str = ""
    by: str = ""

    def address(self, **changes: str) -> str:
        """Return the address of the list with some of this changed."""
        words = {**vars(self), **changes}
        return url_for("sub_projects.index_view", **{name: value for name, value in words.items() if value})

    def filter(self) -> Filter:
        """Say it in the words of the service."""
        return Filter(self.state, self.partner, self.country, self.workflow, bool(self.overdue), self.q)

    @property
    def is_any(self) -> bool:
        """Tell whether nothing limits the list."""
        return replace(self, by="") == Wanted()


class SubProjectsView(RecordView):
    """The list of sub-projects, and the page of each."""

    kind = SubProject
    at = "sub_projects"
    new = _("New sub-project")
    parts = (MilestonesView, IndicatorsView, AssessmentsView)

    list_template, list_main = "admin/sub_projects/list.html", "admin/sub_projects/list_main.html"
    details_template = "admin/sub_projects/details.html"

    def write_list(self) -> str:
        """Write the list of the sub-projects that are wanted, a page of it."""
        here, wanted = visit(), _wanted()
        problem, found = None, None
        try:
            found = _overview(wanted)
        except InvalidValue as fault:
            problem = fault.message
        return self.render(
            self.list_main,
            wanted=wanted,
            found=found,
            problem=problem,
            lines=write_lines(found, may_approve=staff(here.principal)) if found else "",
            total=sum(found.states.values()) if found else 0,
            states=_states(found, wanted) if found else [],
            countries=tuple(dict.fromkeys(each.country for each in found.partners)) if found else (),
            partner_options=_partner_options(found, wanted) if found else "",
            steps=STEPS,
            speech=here.speech,
            may_approve=staff(here.principal),
            add=self.new_address(),
        )

    def beside(self, record: Any) -> dict[str, Any]:
        """Show the section of the report that is about the sub-project, and its statuses in time."""
        here = visit()
        facts = _facts_of(record.key)
        section = sub_project_section(next(iter(facts.sub_projects)), Telling(facts, here.speech, REPORT))
        html = "".join(HtmlBlocks(here.speech.languages).pieces(section.blocks))
        return {
            "title": section.heading.words,
            "body": Markup(html),  # noqa: S704  # the writer escapes words
            "anchor": section.heading.anchor,
            "statuses": statuses_in_time(
                here.session, here.principal, consortium=here.consortium, sub_project=record.key
            ),
            "may_report": may_report(here.principal, record),
            "may_approve": staff(here.principal),
            "may_oversee": overseer(here.principal),
            "speech": here.speech,
        }


def _wanted() -> Wanted:
    """Read from the address what is wanted; what cannot be chosen is passed over."""
    said = {name: request.args.get(name, "") for name in asdict(Wanted())}
    said = {name: "".join(filter(str.isprintable, words))[:LONGEST].strip() for name, words in said.items()}
    known = {"state": STATES, "workflow": STEPS, "country": terms("country"), "overdue": ("1",), "by": ("age",)}
    return Wanted(**{name: words if words in known.get(name, (words,)) else "" for name, words in said.items()})


def _overview(wanted: Wanted) -> Overview:
    here = visit()
    return overview(
        here.session,
        here.principal,
        consortium=here.consortium,
        day=here.day,
        language=here.language,
        only=wanted.filter(),
        by="age" if wanted.by else "partner",
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
        size=SIZE,
    )


def _partner_options(found: Overview, wanted: Wanted) -> Markup:
    """Write the partners to choose from; they are many, the same on every page, and seldom others."""
    here = visit()
    written = MEMORY.recall(
        here.session,
        ("partner options", here.consortium.id, here.language),  # every partner is told to everyone in the consortium
        lambda: Markup("\n").join(_option(each) for each in found.partners),
        of=(Partner, Organisation, Consortium),
    )
    if not wanted.partner:
        return written
    place = Markup('value="{}"').format(wanted.partner)
    return Markup(written.replace(place, f"{place} selected", 1))  # noqa: S704  # both were escaped


def _option(partner: Share) -> Markup:
    speech = visit().speech
    said = (speech.name(partner.name) or speech.plain(partner.key))[0]
    language = Markup(' lang="{}"').format(said.language) if said.language != visit().language else ""
    return Markup('<option value="{}"{}>{}</option>').format(partner.key, language, said.words)


def _states(found: Overview, wanted: Wanted) -> list[tuple[str, Words, int]]:
    """List the states that there are, or that are wanted: code, words, and how many."""
    return [
        (code, _state_words(code, found.states.get(code, 0)), found.states.get(code, 0))
        for code in STATES
        if code in found.states or code == wanted.state
    ]


def _state_words(code: str, count: int) -> Words:
    speech = visit().speech
    if code == NOT_REPORTED:
        return speech.say(_("not reported"))
    return speech.term("state", State(code), "plural" if count > 1 else "neuter", sign=True)


def _facts_of(key: str) -> Facts:
    here = visit()
    home, day = here.consortium, here.day
    since = since_of(here.session, here.principal, consortium=home, words="", day=day)
    return gather_facts(here.session, here.principal, consortium=home, day=day, since=since, only=(key,), parts=OWN)
