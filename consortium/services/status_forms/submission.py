"""A status that is about to be sent, as the checks of plugins see it: made of what the form has already."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from consortium.facts import (
    ConsortiumFacts,
    IdentifierFacts,
    IndicatorFacts,
    MilestoneFacts,
    PartnerFacts,
    Scope,
    State,
    StatusFacts,
    SubProjectFacts,
    ValueFacts,
)
from consortium.facts.submission import Remark, Submission, SubmissionCheck
from consortium.i18n.language import INTERFACE_LANGUAGES
from consortium.i18n.numbers import Money
from consortium.models import Consortium, Indicator, IndicatorValue, Partner, StatusUpdate
from consortium.plugins import front_desk
from consortium.services.offers import Offers
from consortium.services.status_forms.typed import Typed
from consortium.services.status_forms.work import TEXTS, Work
from consortium.texts import Text

HOOK = "consortium_submission_checks"


def remarks_on(submission: Submission, offers: Offers) -> tuple[Remark, ...]:
    """Ask the checks that are on for the leading partner; one that fails is left out."""
    desk, partners = front_desk(), submission.partners
    scope = Scope("partner", partners[0].key) if partners else None
    found: dict[Remark, None] = {}
    for key, check in offers.on(HOOK, desk.submission_checks, scope=scope).items():
        said = desk.hear(HOOK, key, lambda check=check: _asked(check, submission), Remark)  # type: ignore[misc]  # a name of its own each time
        found |= dict.fromkeys(said)
    return tuple(found)


def _asked(check: SubmissionCheck, submission: Submission) -> Iterator[Remark]:
    """Ask one check, and insist that what it says can be said."""
    if not check.suits(submission.partners):
        return
    for remark in check.look(submission):
        for language in INTERFACE_LANGUAGES:  # where a catalog is broken it shows here
            remark.words.say(language)
        yield remark if remark.field in {"state", "day", *TEXTS} else replace(remark, field="")


def submission_of(home: Consortium, work: Work, typed: Typed, update: StatusUpdate, *, day: date) -> Submission:
    """Put together what is about to be sent; milestones and readings are as they will be then. In no query."""
    before = _before(work, update)
    own = work.sub_project
    partners = tuple(map(_partner, own.partners))
    sub_project = SubProjectFacts(
        key=own.key,
        title=own.title,
        purpose=own.purpose,
        partners=tuple(each.key for each in partners),
        start=own.start,
        end=own.end,
        budget=Money(own.amount, own.currency) if own.amount is not None and own.currency else None,
        current=_status(before, work) if before else None,
        previous=None,
        milestones=tuple(MilestoneFacts(each.key, each.title, each.due, each.done) for each in work.milestones),
        indicators=tuple(_indicator(each, work, typed) for each in work.indicators),
        reported=tuple(sorted(each.day for each in work.told if each.corrects_id is None and each is not update)),
    )
    facts = ConsortiumFacts(home.key, home.name, home.programme, home.tags, home.start, home.end)
    return Submission(facts, day, sub_project, partners, _status(update, work))


def _before(work: Work, update: StatusUpdate) -> StatusUpdate | None:
    """Find the status that counts on the day of the new one."""
    told = [each for each in work.told if each is not update and each.day <= update.day]
    return max(told, key=lambda each: (each.day, each.id), default=None)


def _status(update: StatusUpdate, work: Work) -> StatusFacts:
    corrected = next((each.key for each in work.updates if each.id == update.corrects_id), "")
    return StatusFacts(
        key=update.key,
        day=update.day,
        state=State(update.state),
        summary=update.summary,
        achieved=update.achieved,
        next_steps=update.next_steps,
        support_needs=update.support_needs,
        corrects=corrected,
    )


def _partner(partner: Partner) -> PartnerFacts:
    own = partner.organisation
    identifiers = tuple(IdentifierFacts(kind, value) for kind, value in sorted((own.identifiers or {}).items()))
    return PartnerFacts(
        partner.key, own.name, own.type, own.country, partner.joined, partner.left, identifiers=identifiers
    )


def _indicator(own: Indicator, work: Work, typed: Typed) -> IndicatorFacts:
    readings = [_value(each) for each in work.values.get(own.id, ()) if each.kind == "reading"]
    targets = [_value(each) for each in work.values.get(own.id, ()) if each.kind == "target"]
    if own.id in typed.readings:
        new = ValueFacts("", typed.day, typed.readings[own.id], Text())
        readings = [*(each for each in readings if each.day != typed.day), new]
    readings.sort(key=lambda each: each.day)
    former = targets[-2].value if len(targets) > 1 else own.target if targets else None
    return IndicatorFacts(
        key=own.key,
        name=own.name,
        unit=own.unit,
        level=own.level,
        baseline=own.baseline,
        first_target=own.target,
        former_target=former,
        new_target=targets[-1] if targets else None,
        previous=readings[-2] if len(readings) > 1 else None,
        current=readings[-1] if readings else None,
    )


def _value(value: IndicatorValue) -> ValueFacts:
    return ValueFacts(value.key, value.day, value.value, value.words)
