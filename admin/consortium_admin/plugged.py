"""Plugins as their page shows them: what each brings, where it is off, and what can be said about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from consortium import clock
from consortium.documents import Words
from consortium.i18n.dates import format_date
from consortium.i18n.message import Message, _
from consortium.models import Partner
from consortium.plugins.brought import HOOKS, Brought
from consortium.plugins.described import Described
from consortium.services.listing import choices
from consortium.services.naming import titles
from consortium.services.switch_words import standing
from consortium.services.switches import EVERYWHERE, Place, Switched
from consortium.texts.terms import Term, terms
from consortium_admin.visit import visit

#: partners that can be chosen from a list
MOST_PARTNERS = 1000

#: by partner's key
Names = dict[str, Words]


@dataclass(frozen=True)
class Told:
    """A word on a plugin, as the page says it.

    :ivar thing: what it is about; empty for all that the plugin brings
    :ivar is_kept: tells whether it still counts; a word that was taken back or overruled at its place does not
    """

    word: Switched
    thing: Words
    place: Words
    is_kept: bool = True

    @property
    def when(self) -> str:
        """The day and the time."""
        local = self.word.at.astimezone(clock.CIVIL)
        return f"{format_date(local.date(), visit().language)}, {local:%H:%M}"


@dataclass(frozen=True)
class Shown:
    """A plugin on the page.

    :ivar whole: the word about all that it brings for the whole consortium, if anybody has said one
    :ivar others: the words about parts of it, or about places
    :ivar brings: by what people call each hook, what is brought, and whether it is on for the whole consortium
    """

    described: Described
    whole: Told | None
    others: tuple[Told, ...]
    brings: tuple[tuple[Message, tuple[tuple[Words, bool], ...]], ...]

    @property
    def is_guest(self) -> bool:
        """Tell whether there is more to say of it than what it brings: it can be switched, or cannot even be loaded."""
        return self.described.is_switched or (
            self.described.plugin.module is None and not self.described.plugin.is_resident
        )

    @property
    def is_on(self) -> bool:
        """Tell whether it is on unless somebody says otherwise of a part or a place."""
        return self.whole is None or bool(self.whole.word.is_on)


def show(described: Iterable[Described]) -> tuple[Shown, ...]:
    """Show plugins with the words on each; partners are named in one statement."""
    here = visit()
    each = [(one, tuple(standing(here.switches, one.plugin.name))) for one in described]
    names = partner_names(word for _one, words in each for word in words)
    return tuple(_show(one, words, names) for one, words in each)


def _show(one: Described, words: tuple[Switched, ...], names: Names) -> Shown:
    said = [tell(one.brought, word, names) for word in words]
    whole = next((each for each in said if (each.word.variant, each.word.place) == ("", EVERYWHERE)), None)
    brings = ((title, [each for each in one.brought if each.hook == hook]) for hook, title in HOOKS.items())
    is_shown = {title: things for title, things in brings if things and title is not HOOKS["consortium_catalogs"]}
    return Shown(
        one,
        whole,
        tuple(each for each in said if each is not whole),
        tuple((title, tuple(_thing(one, each) for each in things)) for title, things in is_shown.items()),
    )


def _thing(one: Described, each: Brought) -> tuple[Words, bool]:
    is_on = not (one.is_switched and each.is_switched) or visit().switches.allow(one.plugin.name, each.key)
    return _titled(each), is_on


def _titled(each: Brought) -> Words:
    speech = visit().speech
    return speech.say(each.title) if isinstance(each.title, Message) else speech.plain(each.title)


def tell(brought: Iterable[Brought], word: Switched, names: Names, *, is_kept: bool = True) -> Told:
    """Say a word with the names that people know."""
    speech = visit().speech
    thing = next((_titled(each) for each in brought if each.key == word.variant), speech.plain(word.variant))
    return Told(word, thing if word.variant else (), told_place(word.place, names), is_kept)


def told_place(place: Place, names: Names) -> Words:
    """Say where a word counts."""
    partner, country = place
    speech = visit().speech
    if partner:
        return names.get(partner) or speech.plain(partner)
    return speech.say(Term(country, context="country") if country else _("The whole consortium"))


def partner_names(words: Iterable[Switched]) -> Names:
    """Name the partners that words are about: in one statement, in none where there are none."""
    here = visit()
    keys = {word.partner for word in words if word.partner}
    found = titles(here.session, here.principal, consortium=here.consortium, keys={Partner: keys}) if keys else {}
    return {key: here.speech.name(named.title) for (_kind, key), named in found.items()}


def things(one: Described) -> list[tuple[str, Words]]:
    """List what can be switched of a plugin, for a form: all of it first."""
    own = {each.key: _titled(each) for each in one.brought if each.is_switched}
    return [("", visit().speech.say(_("All that it brings"))), *own.items()]


def places(names: Names) -> list[tuple[str, Words]]:
    """List where it can be switched, for a form: the whole consortium, countries, partners."""
    countries = [(f"country:{code}", told_place(("", code), {})) for code in terms("country")]
    partners = [(f"partner:{key}", said) for key, said in names.items()]
    return [("", told_place(EVERYWHERE, {})), *countries, *partners]


def all_partners() -> Names:
    """Name the partners that there are, in the order in which a reader looks for them."""
    here = visit()
    found = choices(
        here.session,
        here.principal,
        consortium=here.consortium,
        kinds={"partner": Partner},
        language=here.language,
        at_most=MOST_PARTNERS,
    )
    return {named.key: here.speech.name(named.title) for named in found["partner"].records}
