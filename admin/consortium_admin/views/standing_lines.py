"""The lines of the list of sub-projects: written together, and kept until something has changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import current_app, url_for
from markupsafe import Markup

from consortium.documents import Speech, Words
from consortium.facts import State, Trend
from consortium.i18n.message import Message, _, _n
from consortium.models import Consortium, Organisation, Partner
from consortium.services.overview import Overview
from consortium.services.remembered import MEMORY
from consortium.services.standings import Standing
from consortium.services.timeline import may_report_on
from consortium_admin.frame import door
from consortium_admin.speaking import set_words
from consortium_admin.visit import visit

#: stands in an address where the key of a sub-project comes
_KEY = "KEY-OF-A-SUB-PROJECT"


@dataclass(frozen=True, slots=True)
class Line:
    """A sub-project in the list; its words are set already.

    :ivar day: the day on which it was last reported; ``age`` is how long ago that was
    :ivar overdue: says since when a report is overdue
    :ivar details: the address of its page
    :ivar report: the address at which it is reported on, for whoever may do that
    """

    each: Standing
    title: Markup
    partners: Markup
    state: Markup
    trend: Markup
    day: Markup
    age: str
    overdue: str
    details: str
    report: str


def write_lines(found: Overview, *, may_approve: bool) -> Markup:
    """Write the lines of a page of the list."""
    here, names = visit(), partner_names(found)
    details, report = url_for("sub_projects.details_view", id=_KEY), door("status.index", key=_KEY)
    lines = [_line(each, names, details, report) for each in found.page.records]
    template = current_app.jinja_env.get_template("admin/sub_projects/lines.html")
    said = {code: _step(code, here.language) for code in ("draft", "returned", "submitted")}
    can_approve = may_approve and bool(door("approvals.index"))
    return Markup(template.render(lines=lines, steps=said, may_approve=can_approve))  # noqa: S704  # the template escapes


def partner_names(found: Overview) -> Mapping[int, Words]:
    """Say what each partner is called; nothing for one without a name."""
    here = visit()
    return MEMORY.recall(
        here.session,
        ("partner names", here.consortium.id, here.language),  # every partner is told to everyone in the consortium
        lambda: {each.number: here.speech.name(each.name) for each in found.partners},
        of=(Partner, Organisation, Consortium),
    )


def _line(each: Standing, names: Mapping[int, Words], details: str, report: str) -> Line:
    here = visit()
    language, speech, age = here.language, here.speech, each.age(here.day)
    may_report = bool(report) and may_report_on(here.principal, each.number, consortium=here.consortium.id)
    return Line(
        each,
        set_words(speech.title(each.title)),
        set_words(speech.listed(names.get(partner.number, ()) for partner in each.partners)),
        _state(each.state, language),
        _trend(each.trend, language) if each.trend else Markup(),
        _day(each.reported, language) if each.reported else Markup(),
        "" if age is None else _age(age, language),
        _overdue(each.due, language) if each.due and each.is_overdue(here.day) else "",
        _address(details, "sub_projects.details_view", "id", each.key),
        _address(report, "status.index", "key", each.key) if may_report else "",
    )


def _address(pattern: str, endpoint: str, name: str, key: str) -> str:
    """Write the address of a sub-project; where its key is written as it is, the others' pattern is its own."""
    is_plain = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return pattern.replace(_KEY, key) if is_plain else url_for(endpoint, **{name: key})  # type: ignore[arg-type]  # one of the values of an address


@lru_cache(maxsize=64)
def _state(state: State | None, language: str) -> Markup:
    speech = Speech((language,), is_kin=True)
    return set_words(speech.term("state", state, "neuter", sign=True) if state else speech.say(_("not reported")))


@lru_cache(maxsize=64)
def _trend(direction: Trend, language: str) -> Markup:
    return set_words(Speech((language,), is_kin=True).term("trend", direction, "neuter", sign=True))


@lru_cache(maxsize=64)
def _step(workflow: str, language: str) -> Markup:
    return set_words(Speech((language,), is_kin=True).term("workflow", workflow))


@lru_cache(maxsize=2048)
def _day(day: date, language: str) -> Markup:
    return set_words(Speech((language,), is_kin=True).day(day, "medium"))


@lru_cache(maxsize=2048)
def _age(days: int, language: str) -> str:
    return days_ago(days).say(language)


@lru_cache(maxsize=256)
def _overdue(day: date, language: str) -> str:
    return _("a report is overdue since {day}").fill(day=day).say(language)


def days_ago(days: int) -> Message:
    """Say how long ago something was."""
    return _n("{count} day ago", "{count} days ago", days) if days else _("today")
