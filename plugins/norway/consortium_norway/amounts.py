"""The amounts of a report in one currency; those in others are shown as they are kept, never converted."""

from collections.abc import Iterator
from decimal import Decimal

from consortium.documents import Block, Column, Note, Row, Table
from consortium.facts import Stream, SubProjectFacts
from consortium.i18n.numbers import Money
from consortium.variants import Telling
from consortium.variants.anchors import anchor
from consortium.variants.situation import follow
from consortium_norway.voice import _

#: the currency of the portal
CURRENCY = "NOK"


def blocks(telling: Telling) -> Iterator[Block]:
    """Set the budget of each sub-project on a line, and the sum of those in Norwegian kroner."""
    speech = telling.speech
    columns = (
        Column(speech.say(_("Sub-project")), share=5),
        Column(speech.say(_("Leading partner")), share=4),
        Column(speech.say(_("Budget")), "end", 3),
        Column(speech.say(_("Remark")), share=4),
    )
    yield Table(speech.say(_("Budgets in Norwegian kroner (NOK)")), columns, Stream(lambda: _rows(telling)))
    if any(each.budget and each.budget.currency != CURRENCY for each in telling.sub_projects()):
        kept = _("Amounts in other currencies are shown as they are kept: neither converted nor part of the sum.")
        rate = _("In the portal, write the amount in kroner at the rate that the programme prescribes.")
        yield Note(speech.say(follow((kept, rate))))


def _rows(telling: Telling) -> Iterator[Row]:
    speech, total = telling.speech, Decimal(0)
    for each in telling.sub_projects():
        if each.budget and each.budget.currency == CURRENCY:
            total += each.budget.amount
        yield _row(each, telling)
    yield Row(
        (
            speech.say(_("Sum of the amounts in kroner")),
            speech.plain(""),
            speech.money(Money(total, CURRENCY)),
            speech.plain(""),
        )
    )


def _row(each: SubProjectFacts, telling: Telling) -> Row:
    speech = telling.speech
    amount = speech.money(each.budget) if each.budget else speech.plain("–")
    remark = speech.plain("")
    if each.budget is None:
        remark = speech.say(_("no budget has been entered"))
    elif each.budget.currency != CURRENCY:
        remark = speech.say(_("not in kroner, not in the sum"))
    leader = speech.name(telling.facts.partner[each.partners[0]].name)
    return Row((speech.title(each.title), leader, amount, remark), anchor("sub-project", each.key), each.key)
