"""The form and what comes of it; who reports, and under which addresses, a view says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import flash, jsonify, redirect, request
from markupsafe import Markup
from sqlalchemy.orm import Session

from consortium.documents import Speech
from consortium.errors import Conflict
from consortium.facts import Facts
from consortium.i18n.message import Message, _, _n
from consortium.models import StatusUpdate
from consortium.plugins import front_desk
from consortium.services.editing import Clash, FormRefused
from consortium.services.history import latest_step
from consortium.services.policy import Principal
from consortium.services.reporting import report_languages
from consortium.services.status_forms import Kept, Screen, foretell, save_status, screen_of
from consortium.variants import StatusReport, Telling
from consortium.variants.work import newest, sub_project_section
from consortium.writers.html_blocks import HtmlBlocks
from consortium_admin.hints import hints_in, say_of_status, told_of_status
from consortium_admin.showing import SAYING
from consortium_admin.statuses.boxes import (
    ASKED,
    Said,
    asked,
    boxes,
    clashes,
    merged,
    states,
    writing_languages,
)
from consortium_admin.statuses.showing import beside
from consortium_admin.views.page import PageView
from consortium_admin.visit import visit

#: the report in whose words a status is read
REPORT = "status-summary"


@dataclass(frozen=True)
class Reporter:
    """Whoever reports on a sub-project.

    :ivar key: of the sub-project
    :ivar person: number of the person, where it is one
    :ivar language: in which they write
    """

    principal: Principal
    key: str
    person: int | None
    language: str


class StatusPages(PageView):
    """Pages on which a status is reported; ``name`` is what their address says of which."""

    def enter(self, session: Session, name: str, *, is_sending: bool = False) -> Reporter:
        """Tell who reports on what.

        :param is_sending: a status is about to be sent in this unit
        :raises NotFound: if nobody may, here
        """
        raise NotImplementedError

    def address(self, name: str, **query: str) -> str:
        """Return the address of the form."""
        raise NotImplementedError

    def address_sent(self, name: str, kept: Kept) -> str:
        """Return the address of the page that says that a status was sent."""
        raise NotImplementedError

    def by_method(self, name: str) -> Any:
        """Show the form, or take what was written in it."""
        if request.method == "POST":
            return self._receive(name)
        return self._form(name, self.enter(visit().session, name))

    def _receive(self, name: str) -> Any:
        """Keep the form as a draft, show how it will be read, or send it."""
        said = _chosen(request.form.to_dict())
        deed = said.pop("do", "")
        try:
            if deed == "foretell":
                return self._foretell(name, said)
            if deed == "keep":
                return _quietly(self._save(name, said, is_whole=False))
            if deed == "send":
                kept = self._save(name, said, is_sent=True)
                say_of_status(kept)
                return redirect(self.address_sent(name, kept), code=303)
            if deed == "draft":
                return self._keep_draft(name, said)
        except (FormRefused, Clash) as fault:
            return _unkept(fault) if deed == "keep" else self._again(name, said, fault)
        return self._again(name, said)

    def _keep_draft(self, name: str, said: Mapping[str, str]) -> Any:
        kept = self._save(name, said)
        flash(_("Kept as a draft. No report tells it until you send it.").say(visit().language))
        return redirect(self.address(name, status=kept.key), code=303)

    def _save(self, name: str, said: Mapping[str, str], *, is_sent: bool = False, is_whole: bool = True) -> Kept:
        """Keep the form; of two that are sent at the same moment the second looks again, and finds the first."""
        here = visit()
        for is_last in (False, True):
            try:
                with here.write() as session:
                    reporter = self.enter(session, name, is_sending=is_sent)
                    return save_status(
                        session,
                        reporter.principal,
                        home=here.home(session),
                        key=reporter.key,
                        said=said,
                        day=here.day,
                        person=reporter.person,
                        is_sent=is_sent,
                        is_whole=is_whole,
                    )
            except Conflict as fault:
                if is_last or isinstance(fault, Clash):
                    raise
        raise AssertionError

    def _again(self, name: str, said: Mapping[str, str], fault: FormRefused | Clash | None = None) -> Any:
        """Show the form with what was typed, and with what is wrong."""
        here = visit()
        reporter = self.enter(here.session, name)
        page = self._form(name, reporter, said, fault)
        return page, 200 if fault is None else 409 if isinstance(fault, Clash) else 422

    def _form(self, name: str, reporter: Reporter, typed: Mapping[str, str] | None = None, fault: Any = None) -> str:
        here = visit()
        screen = screen_of(
            here.session,
            reporter.principal,
            home=here.consortium,
            key=reporter.key,
            day=here.day,
            language=reporter.language,
            wanted=(typed.get("status") or "new") if typed else request.args.get("status", ""),
            corrects=(typed or request.args).get("corrects", ""),
        )
        said = _hinted(_standing(screen, typed or {}, fault), screen)
        return self.render(
            "admin/status/form.html",
            screen=screen,
            said=said,
            was=_was(screen, typed, fault),
            version=_version(screen, typed, fault),
            is_clash=isinstance(fault, Clash),
            latest=_latest(reporter, screen) if isinstance(fault, Clash) else None,
            moment=SAYING["moment"],
            **beside(screen, said, here.speech),
            boxes=list(boxes(screen, said, here.speech)),
            asked_of_state=asked(screen, "state", here.speech),
            states=states(here.speech),
            writing_in=writing_languages(screen),
            due=days_words((screen.period[2] - here.day).days) if screen.period else None,
            address=self.address(name),
            address_new=self.address(name, status="new"),
            address_correct=self.address(name, corrects=screen.last_key),
        )

    def _foretell(self, name: str, said: Mapping[str, str]) -> Any:
        """Show the section of the report as it would be, and keep nothing."""
        here = visit()
        with here.write() as session:
            reporter = self.enter(session, name)
            foretold = foretell(
                session,
                reporter.principal,
                home=here.home(session),
                key=reporter.key,
                said=said,
                day=here.day,
                person=reporter.person,
            )
        facts = foretold.facts
        return self.render(
            "admin/status/foretold.html",
            hints=told_of_status(foretold.kept),
            title=here.speech.title(next(iter(facts.sub_projects)).title),
            news=_news(facts, said.get("day") or str(here.day)),
            section=_section(facts),
            said={name: value for name, value in said.items() if name != "csrf_token"},
            address=self.address(name),
            tags=_tags(facts),
        )


def _latest(reporter: Reporter, screen: Screen) -> tuple[str, datetime] | None:
    """Tell who saved the draft last, and when."""
    here = visit()
    return latest_step(here.session, reporter.principal, home=here.consortium, kind=StatusUpdate, key=screen.status)


def days_words(days: int) -> Message:
    """Say in how many days something is due, or for how many it has been."""
    if days < 0:
        return _n("{count} day overdue", "{count} days overdue", -days)
    return _n("due in {count} day", "due in {count} days", days) if days else _("due today")


def _chosen(said: dict[str, str]) -> dict[str, str]:
    """Take the other's words where they were chosen after both had changed them."""
    for name in [each.removeprefix("choose.") for each in said if each.startswith("choose.")]:
        if said.pop(f"choose.{name}") == "theirs":
            said[name] = said.get(f"theirs.{name}", "")
    return said


def _standing(screen: Screen, typed: Mapping[str, str], fault: Any) -> Said:
    """Tell what stands in the fields: what was typed, else what is kept."""
    shown = [name.removesuffix(".shown") for name in typed if name.endswith(".shown")]
    values = {**screen.values, **dict.fromkeys(shown, ""), **typed}
    writing = values.get("language", screen.language)
    if isinstance(fault, Clash):
        return Said({**values, **merged(fault.fields, writing)}, {}, clashes(fault.fields, writing))
    language = visit().language
    at = fault.at if fault else {}
    return Said(values, {name: tuple(each.say(language) for each in found) for name, found in at.items()}, {})


def _hinted(said: Said, screen: Screen) -> Said:
    """Put beside what stands in the fields what is doubtful about it."""
    writing = said.values.get("language", screen.language)
    boxes = {name: (writing, said.values.get(name, "")) for name in ASKED}
    boxes |= {f"{name}.{tag}": (tag, said.values.get(f"{name}.{tag}", "")) for name in ASKED for tag in screen.others}
    found = {name: tuple(each.say(visit().language) for each in own) for name, own in hints_in(boxes).items()}
    return replace(said, hints=found)


def _was(screen: Screen, typed: Mapping[str, str] | None, fault: Any) -> dict[str, str]:
    """Tell what the fields said when the form was opened, by their names in every language."""
    if isinstance(fault, Clash):
        return dict(fault.theirs)
    if typed:
        return {name.removeprefix("was."): value for name, value in typed.items() if name.startswith("was.")}
    if not screen.status:
        return {}
    own = {name: f"{name}.{screen.language}" for name in ASKED}
    kept = (*ASKED, *(f"{name}.{tag}" for name in ASKED for tag in screen.others), "state", "day")
    return {own.get(name, name): screen.values.get(name, "") for name in kept}


def _version(screen: Screen, typed: Mapping[str, str] | None, fault: Any) -> str:
    if isinstance(fault, Clash):
        return str(fault.version)
    return typed.get("version", "") if typed else str(screen.version or "")


def _quietly(kept: Kept) -> Any:
    """Tell a script that a draft was kept, and by which name and version it goes on."""
    return jsonify(kept=True, status=kept.key, version=kept.version, was=dict(kept.fields))


def _unkept(fault: FormRefused | Clash) -> Any:
    return jsonify(kept=False, clash=isinstance(fault, Clash))


def _news(facts: Facts, day: str) -> Markup:
    """Set what is new alone; nothing where a later status than that of ``day`` counts."""
    speech = Speech(_tags(facts))
    own = next(iter(facts.sub_projects))
    if own.current is None or str(own.current.day) != day:
        return Markup()
    blocks = newest(own, Telling(facts, speech, StatusReport()))
    return Markup("".join(HtmlBlocks(speech.languages).pieces(blocks)))  # noqa: S704  # the writer escapes words


def _section(facts: Facts) -> Markup:
    """Set the section about the only sub-project, as it stands in the report."""
    speech = Speech(_tags(facts))
    section = sub_project_section(next(iter(facts.sub_projects)), Telling(facts, speech, StatusReport()))
    return Markup("".join(HtmlBlocks(speech.languages).pieces(section.blocks)))  # noqa: S704  # the writer escapes words


def _tags(facts: Facts) -> tuple[str, ...]:
    """Choose the languages of the report: those of the consortium that stand side by side."""
    return report_languages("", front_desk().variant(REPORT), facts.consortium.languages)
