"""Checks values before they are kept: codes, keys, days."""

import re
from datetime import date

from consortium.errors import InvalidValue
from consortium.i18n.language import normal_tag
from consortium.i18n.message import _
from consortium.i18n.numbers import CURRENCIES, Money
from consortium.models import Member
from consortium.texts import normal_words
from consortium.texts.terms import Term, code_of, terms

#: the longest key that somebody can give a record; keys that are made of others may be longer
LONGEST_KEY = 80

#: how long a plain value may be
LONGEST_PLAIN = 200

#: more than any budget of a project, and no more than the database can count
MOST_MONEY = 10**12

_KEY = re.compile(r"[^\s;,]([^;,\n\t]*[^\s;,])?")


def known_code(group: str, words: str) -> str:
    """Return the code of ``group`` that is called ``words`` in any language.

    :raises InvalidValue: if there is none; names those there are
    """
    code = code_of(group, words)
    if code is None:
        known = tuple(Term(each, context=group) for each in terms(group))
        what = _("“{words}” is none of the words to choose from: {known}.")
        raise InvalidValue(what.fill(words=words[:80], known=known))
    return code


def known_key(words: str) -> str:
    """Return a key in its normal form: no space around, no commas or semicolons, at most 80 characters.

    :raises InvalidValue: if it is no key
    """
    tidy = normal_words(words)
    if len(tidy) > LONGEST_KEY or not _KEY.fullmatch(tidy):
        told = _("“{words}” cannot be a key. Write a short name without commas and semicolons, such as DP-01.")
        raise InvalidValue(told.fill(words=words[:80]))
    return tidy


def known_plain(words: str) -> str:
    """Return a plain value on one line, in its normal form.

    :raises InvalidValue: if it is longer than 200 characters
    """
    tidy = " ".join(normal_words(words).split())
    if len(tidy) > LONGEST_PLAIN:
        told = _("The text is {count} characters long; at most {most} fit.")
        raise InvalidValue(told.fill(count=len(tidy), most=LONGEST_PLAIN))
    return tidy


def one_consortium(*records: Member | None) -> None:
    """Insist that what is put together belongs to the same consortium.

    :raises InvalidValue: if it does not
    """
    if len({record.consortium_id for record in records if record is not None}) > 1:
        raise InvalidValue(_("What belongs together must be in the same consortium."))


def known_budget(money: Money) -> Money:
    """Check an amount: a currency of the programme, not negative, two decimals at most.

    :raises InvalidValue: if it is not
    """
    if money.currency not in CURRENCIES:
        told = _("“{words}” is not a currency here. Write one of: {known}.")
        raise InvalidValue(told.fill(words=money.currency, known=CURRENCIES), "currency")
    if money.amount < 0 or money.amount > MOST_MONEY or money.amount != round(money.amount, 2):
        told = _("{amount} cannot be a budget. Write an amount of 0 or more with at most two decimals.")
        raise InvalidValue(told.fill(amount=money.amount), "amount")
    return money


def known_span(start: date | None, end: date | None) -> None:
    """Check that a time does not end before it begins.

    :raises InvalidValue: if it does
    """
    if start and end and end < start:
        raise InvalidValue(
            _("The end date, {end}, is before the start date, {start}. Correct one of the two.").fill(
                start=start, end=end
            )
        )


def known_languages(tags: str) -> str:
    """Return language tags in their normal form with commas between them.

    :raises InvalidValue: if one of them is no tag, or none is given
    """
    found = [normal_tag(tag) for tag in tags.replace(";", ",").split(",") if tag.strip()]
    if not found:
        raise InvalidValue(_("A consortium needs at least one language. Write for example: nb, sv."))
    return ",".join(dict.fromkeys(found))
