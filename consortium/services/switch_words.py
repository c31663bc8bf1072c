"""What is said about switches: to whoever looks at them, and to whoever asks for what is off."""

from collections.abc import Iterator

from consortium import clock
from consortium.errors import InvalidValue
from consortium.facts import Scope
from consortium.i18n.message import Message, _
from consortium.plugins import front_desk
from consortium.services.switches import Place, Switched, Switches
from consortium.texts.terms import Term


def standing(switches: Switches, plugin: str) -> Iterator[Switched]:
    """Walk the words about a plugin that count where they were said: the consortium's first, then countries, then partners."""
    own = (each for each in switches.said if each.plugin == plugin)
    for word in sorted(own, key=lambda each: (each.partner, each.country, each.variant)):
        if word == switches.at(plugin, word.variant, word.place):
            yield word


def told_place(place: Place) -> Message | str:
    """Say where a word counts: a partner is called by its key."""
    partner, country = place
    return Term(country, context="country") if country else partner or _("the whole consortium")


def told_word(word: Switched) -> Message:
    """Say in a line what is on or off where, who switched it and when."""
    line = _("on for {place}: {what} ({name}, {day})") if word.is_on else _("off for {place}: {what} ({name}, {day})")
    what = word.variant or _("all that it brings")
    return line.fill(place=told_place(word.place), what=what, name=word.by, day=day_of(word))


def day_of(word: Switched) -> object:
    """Tell on which day somebody said it, as the calendar here has it."""
    return word.at.astimezone(clock.CIVIL).date()


def demand_report_on(switches: Switches, report: str, scope: Scope | None) -> None:
    """Insist that a report is on for what it shall tell of.

    :raises InvalidValue: if it is off; the message says who switched it off
    """
    desk = front_desk()
    if report not in desk.report_variants:
        return  # whoever looks it up says which there are
    plugin = desk.owner("consortium_report_variants", report)
    word = switches.why(plugin.name, report, scope)
    if word is None or word.is_on:
        return
    told = _("The report “{title}” is off for {place}: {name} switched it off on {day}. Staff can switch it on again.")
    title = desk.report_variants[report].title
    raise InvalidValue(told.fill(title=title, place=told_place(word.place), name=word.by, day=day_of(word)), "report")
