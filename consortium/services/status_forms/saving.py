"""Keeps the form: the status, the figures and the milestones together, or nothing of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from consortium import clock
from consortium.errors import ConsortiumError, InvalidValue, PeriodLocked
from consortium.facts.submission import Remark
from consortium.i18n.message import _
from consortium.models import Consortium, Indicator, IndicatorValue, StatusUpdate
from consortium.services.editing.clash import clash
from consortium.services.editing.row import FormRefused, at_field
from consortium.services.hints import Hint, text_checks
from consortium.services.indicators import read_indicators
from consortium.services.milestones import reach_milestone, reopen_milestone
from consortium.services.offers import Offers
from consortium.services.policy import Principal, Verb, demand
from consortium.services.status_forms.submission import remarks_on, submission_of
from consortium.services.status_forms.typed import Typed, read_typed
from consortium.services.status_forms.work import TEXTS, Work, Writing, load_work
from consortium.services.statuses import report_status, status_key, write_draft
from consortium.services.texts import Written
from consortium.services.workflow import submit_status
from consortium.texts import Text


@dataclass(frozen=True, slots=True)
class Kept:
    """A status that was kept: as a draft, or sent.

    :ivar fields: what it says now: state, day, and each text in each language that was typed, as ``summary.nb``
    :ivar remarks: what the checks say of one that was sent
    :ivar hints: what is doubtful about its words, if it was sent
    """

    key: str
    version: int
    workflow: str
    day: date
    fields: Mapping[str, str]
    remarks: tuple[Remark, ...] = ()
    hints: tuple[Hint, ...] = ()


def save_status(  # noqa: PLR0913  # of what, what was typed, by whom, how much of it
    session: Session,
    principal: Principal,
    *,
    home: Consortium,
    key: str,
    said: Mapping[str, str],
    day: date,
    person: int | None = None,
    is_sent: bool = False,
    is_whole: bool = True,
) -> Kept:
    """Keep what was typed about the sub-project ``key`` as a draft, or send it. What was sent already is not sent again.

    :param said: the fields; ``status`` and ``version`` name the draft that was opened, ``was.summary.nb`` what it said
    :param day: of which the status speaks, unless the form says
    :param person: number of the person who reports
    :param is_whole: with figures and milestones, which count at once; without, only the draft's own words are kept
    :raises NotFound: if there is no such sub-project on which ``principal`` may report
    :raises FormRefused: with every problem at its field
    :raises Clash: if somebody else has changed the draft since it was opened
    """
    work = load_work(session, principal, home=home, key=key, person=person, with_figures=is_whole)
    typed = read_typed(said, work, day=day, tags=home.tags, is_whole=is_whole)
    if is_sent and (same := _same(work, typed)):
        return _kept(same, typed)
    if is_sent and not any(typed.texts["summary"].values()):
        typed.problems.append(at_field("summary", _("Write a summary first, then send the status.")))
    writing = _writing(work, typed, said)
    _check_clash(writing, typed, said)
    desk = _Desk(session, principal, work, typed)
    update = desk.keep_status(writing, is_sent=is_sent)
    if is_whole:
        desk.keep_figures()
        desk.keep_milestones()
    if typed.problems or update is None:
        raise FormRefused(typed.problems)
    if is_sent:
        return _checked(session, home, work, typed, update, day)
    session.flush()
    return _kept(update, typed)


def _checked(session: Session, home: Consortium, work: Work, typed: Typed, update: StatusUpdate, day: date) -> Kept:
    """Ask the checks about what is sent; what they refuse is not."""
    offers = Offers(session, home)
    remarks = remarks_on(submission_of(home, work, typed, update, day=day), offers)
    if refusals := [each for each in remarks if each.is_refusal]:
        raise FormRefused([at_field(each.field, each.words) for each in refusals])
    session.flush()
    kept = _kept(update, typed)
    said = {name: (name.partition(".")[2], words) for name, words in kept.fields.items() if "." in name}
    return replace(kept, remarks=remarks, hints=text_checks(offers).hints(said))


def _kept(update: StatusUpdate, typed: Typed) -> Kept:
    fields = {name: _now(update, name) for name in typed.fields()}
    return Kept(update.key, update.version, update.workflow, update.day, fields)


def _same(work: Work, typed: Typed) -> StatusUpdate | None:
    """Find the status that says just what was typed: a form that is sent twice is one status."""
    for each in work.told:
        said = ((getattr(each, name), own) for name, own in typed.texts.items())
        is_said = all((text.words(tag) or "") == words for text, own in said for tag, words in own.items())
        if is_said and (each.day, each.state) == (typed.day, typed.state):
            return each
    return None


def _writing(work: Work, typed: Typed, said: Mapping[str, str]) -> Writing:
    """Find what was opened: the draft by its key, or what somebody has begun meanwhile; else it is new."""
    wanted = said.get("status") or status_key(work.sub_project, typed.day)
    is_named = bool(said.get("status"))
    found = next((each for each in work.updates if each.key == wanted and (is_named or not each.is_frozen)), None)
    if found:
        return Writing(found, found.day, found.corrects)
    corrected = next((each for each in work.told if each.key == said.get("corrects")), None)
    return Writing(None, typed.day, corrected)


def _check_clash(writing: Writing, typed: Typed, said: Mapping[str, str]) -> None:
    """Insist that nobody else has changed the draft since it was opened."""
    update, version = writing.update, said.get("version", "")
    if update is None or update.is_frozen or version == str(update.version):
        return
    mine = typed.fields()
    now = {name: _now(update, name) for name in mine}
    was = {name: said.get(f"was.{name}", "") for name in mine}
    if clashing := clash(was, mine, now, update.version):
        raise clashing


def _now(update: StatusUpdate, name: str) -> str:
    field, _dot, tag = name.partition(".")
    return (getattr(update, field).words(tag) or "") if tag else str(getattr(update, field))


@dataclass(frozen=True)
class _Desk:
    """Lays what was typed over the records; what is refused is a problem at its field."""

    session: Session
    principal: Principal
    work: Work
    typed: Typed

    def keep_status(self, writing: Writing, *, is_sent: bool) -> StatusUpdate | None:
        """Keep the status itself; nothing where something could not be read."""
        if self.typed.problems:
            return None
        try:
            if writing.update:
                return self._rewrite(writing.update, is_sent=is_sent)
            return self._begin(writing, is_sent=is_sent)
        except PeriodLocked as fault:
            self._note("day", fault)
        except ConsortiumError as fault:
            self._note(fault.field if isinstance(fault, InvalidValue) else "", fault)
        return None

    def _begin(self, writing: Writing, *, is_sent: bool) -> StatusUpdate:
        typed, own = self.typed, self.work.sub_project
        if writing.corrects is None and any(each.day == typed.day for each in self.work.updates):
            told = _("There is already a status of {day}. Correct that one, or choose another day for this one.")
            raise InvalidValue(told.fill(day=typed.day), "day")
        texts = {name: _written(self._lay(Text(), name)) for name in TEXTS}
        return report_status(
            self.session,
            self.principal,
            sub_project=own,
            state=typed.state,
            day=typed.day,
            key=self._free_key(),
            reported_by=self.work.person,
            corrects=writing.corrects,
            workflow="submitted" if is_sent else "draft",
            summary=texts.pop("summary"),
            **texts,
        )

    def _rewrite(self, update: StatusUpdate, *, is_sent: bool) -> StatusUpdate:
        typed = self.typed
        if not update.is_frozen:
            demand(self.session, self.principal, Verb.EDIT, update)
            for name in TEXTS:
                after = self._lay(getattr(update, name), name)
                if after != getattr(update, name):
                    setattr(update, name, after)
        day = typed.day if update.workflow == "draft" else None
        write_draft(self.session, self.principal, update=update, state=typed.state, day=day)
        if not is_sent:
            return update
        if update.reported_by_id is None:
            update.reported_by = self.work.person
        return submit_status(self.session, self.principal, update=update)

    def _free_key(self) -> str:
        wanted, taken = status_key(self.work.sub_project, self.typed.day), {each.key for each in self.work.updates}
        keys = (wanted, *(f"{wanted}:{number}" for number in range(2, len(taken) + 3)))
        return next(key for key in keys if key not in taken)

    def _lay(self, before: Text, name: str) -> Text:
        """Lay the words that were typed over a text; words that were not touched stay as they are."""
        typed, stamp = self.typed, {"by": self.principal.name, "at": clock.now()}
        changed = {tag: words for tag, words in typed.texts[name].items() if words != (before.words(tag) or "")}
        gone = {tag for tag, words in changed.items() if not words}
        after = before
        for tag in sorted(changed.keys() - gone, key=lambda tag: tag != typed.language):
            is_source = tag == typed.language or after.source in {None, tag}
            say = after.write if is_source else after.translate
            after = say(tag, changed[tag], **stamp)  # type: ignore[arg-type]  # who and when, of both verbs
        left = [tag for tag in after if tag not in gone]
        if not left:
            return Text()
        if after.source in gone:
            after = after.write(left[0], after.words(left[0]) or "", **stamp)  # type: ignore[arg-type]  # as above
        for tag in gone:
            after = after.remove(tag)
        return after

    def keep_figures(self) -> None:
        """Keep a reading of each indicator for which a figure was typed that is not yet known of that day."""
        new: dict[Indicator, Decimal] = {}
        for each in self.work.indicators:
            if each.id not in self.typed.readings:
                continue
            value, day = self.typed.readings[each.id], self.typed.day
            known = [one for one in self.work.values[each.id] if (one.kind, one.day) == ("reading", day)]
            try:
                if known:
                    self._correct(known[-1], value)
                else:
                    new[each] = value
            except ConsortiumError as fault:
                self._note(f"reading.{each.id}", fault)
        try:
            read_indicators(self.session, self.principal, values=new, day=self.typed.day)
        except ConsortiumError as fault:
            self._note(f"reading.{next(iter(new)).id}", fault)

    def _correct(self, reading: IndicatorValue, value: object) -> None:
        if reading.value != value:
            demand(self.session, self.principal, Verb.EDIT, reading)
            reading.value = value  # type: ignore[assignment]  # a number

    def keep_milestones(self) -> None:
        """Tick the milestones that were ticked, and take the tick away where it was taken away."""
        for each in self.work.milestones:
            done = self.typed.milestones.get(each.id, each.done)
            try:
                if done and done != each.done:
                    reach_milestone(self.session, self.principal, milestone=each, day=done)
                elif each.done and not done:
                    reopen_milestone(self.session, self.principal, milestone=each)
            except ConsortiumError as fault:
                self._note(f"milestone.{each.id}", fault)

    def _note(self, name: str, fault: ConsortiumError) -> None:
        self.typed.problems.append(at_field(name, fault.message))


def _written(text: Text) -> Written:
    """Turn a text into words by language, the source first."""
    tags = sorted(text, key=lambda tag: tag != text.source)
    return {tag: text.words(tag) or "" for tag in tags}
