"""The amounts of a report in euro and Swedish kronor, as they are kept: nothing is converted."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from consortium.documents import Block, Column, Note, Row, Table, Words
from consortium.facts import Stream, SubProjectFacts
from consortium.i18n.numbers import Money
from consortium.variants import Telling
from consortium.variants.anchors import anchor
from consortium_sweden.voice import _

#: the currencies of the Swedish side, in the order of their columns
CURRENCIES = ("EUR", "SEK")


def blocks(telling: Telling) -> Iterator[Block]:
    """Set the budget of each sub-project on a line, in the column of its currency, and the sums of both columns."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Sub-project")), share=5),
        Column(speech.say(_("Leading partner")), share=3),
        *(Column(speech.plain(currency), "end", 3) for currency in CURRENCIES),
        Column(speech.say(_("Other currency")), "end", 3),
    )
    yield Table(speech.say(_("Budgets in euro and Swedish kronor")), columns, Stream(lambda: _rows(telling)))
    words = _(
        "Amounts are shown as they are kept. Nothing has been converted, and amounts in other currencies are in no sum."
    )
    yield Note(speech.say(words))


def _rows(telling: Telling) -> Iterator[Row]:
    speech, sums = telling.speech, defaultdict[str, Decimal](Decimal)
    for each in telling.sub_projects():
        if each.budget:
            sums[each.budget.currency] += each.budget.amount
        yield _row(each, telling)
    cells = (speech.money(Money(sums[each], each)) if sums[each] else speech.plain("–") for each in CURRENCIES)
    yield Row((speech.say(_("Sum")), speech.plain(""), *cells, speech.plain("")))


def _row(each: SubProjectFacts, telling: Telling) -> Row:
    speech, budget = telling.speech, each.budget
    leader = speech.name(telling.facts.partner[each.partners[0]].name)
    amounts: list[Words] = [speech.plain("–")] * (len(CURRENCIES) + 1)
    if budget:
        place = CURRENCIES.index(budget.currency) if budget.currency in CURRENCIES else len(CURRENCIES)
        amounts[place] = speech.money(budget)
    return Row((speech.title(each.title), leader, *amounts), anchor("sub-project", each.key), each.key)
