"""Checks values before they are kept: codes, keys, days."""

import re
from datetime import date
from decimal import Decimal

from consortium import clock
from consortium.errors import InvalidValue
from consortium.i18n.language import normal_tag
from consortium.i18n.message import Message, _
from consortium.i18n.numbers import CURRENCIES, Money
from consortium.models import Member
from consortium.texts import normal_words
from consortium.texts.terms import code_of, term, terms

#: the longest key that somebody can give a record, and that can be made of others
LONGEST_KEY, LONGEST_MADE = 80, 200

#: how long a plain value may be
LONGEST_PLAIN = 200

#: more than any budget of a project, and no more than the database can count
MOST_MONEY = 10**12

#: more than anything that an indicator counts, and its decimals
MOST_MEASURE, MEASURE_DECIMALS = 10**12, 4

#: more than anybody counts by hand
MOST_WHOLE = 9999

_KEY = re.compile(r"[^\s;,]([^;,\n\t]*[^\s;,])?")


class CodeName(Message):
    """A code as a message: called as in the lists of a workbook."""

    def say(self, language: str) -> str:
        """Say what the code is called; a state is one of a sub-project, which is neuter."""
        return term(self.context, self.words, language, "neuter" if self.context == "state" else "common")


def known_code(group: str, words: str) -> str:
    """Return the code of ``group`` that is called ``words`` in any language.

    :raises InvalidValue: if there is none; names those there are
    """
    code = code_of(group, words)
    if code is None:
        known = tuple(CodeName(each, context=group) for each in terms(group))
        what = _("“{words}” is none of the words to choose from: {known}.")
        raise InvalidValue(what.fill(words=words[:80], known=known))
    return code


def known_key(words: str, *, longest: int = LONGEST_KEY) -> str:
    """Return a key in its normal form: no space around, no commas or semicolons, at most ``longest`` characters.

    :raises InvalidValue: if it is no key
    """
    tidy = normal_words(words)
    if len(tidy) > longest or not _KEY.fullmatch(tidy):
        told = _("“{words}” cannot be a key. Write a short name without commas and semicolons, such as DP-01.")
        raise InvalidValue(told.fill(words=words[:80]))
    return tidy


def known_made(key: str) -> str:
    """Return a key that was made of others.

    :raises InvalidValue: if it is longer than 200 characters
    """
    if len(key) > LONGEST_MADE:
        told = _("The key of this row would be longer than {most} characters. Shorten the keys that it is made of.")
        raise InvalidValue(told.fill(most=LONGEST_MADE), "key")
    return key


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


def known_measure(number: Decimal) -> Decimal:
    """Return what an indicator measures: any number with at most four decimals.

    :raises InvalidValue: if it has more
    """
    if abs(number) > MOST_MEASURE or number != round(number, MEASURE_DECIMALS):
        told = _("{number} cannot be kept exactly. Round it to at most four decimals.")
        raise InvalidValue(told.fill(number=str(number)))
    return number


def known_whole(number: Decimal) -> int:
    """Return a number that counts something.

    :raises InvalidValue: if it is not a whole number from 1 to 9999
    """
    if not 1 <= number <= MOST_WHOLE or number != int(number):
        raise InvalidValue(
            _("{number} does not count anything. Write a whole number such as 1, 2 or 3.").fill(number=number)
        )
    return int(number)


def known_past(day: date, *, field: str = "day") -> None:
    """Insist that a day has come; ``field`` is what it is called.

    :raises InvalidValue: if it has not
    """
    if day > clock.today():
        raise InvalidValue(_("{day} is still to come. Give the day on which it was so.").fill(day=day), field)


def known_span(start: date | None, end: date | None, *, field: str = "end") -> None:
    """Check that a time does not end before it begins; ``field`` is what its end is called.

    :raises InvalidValue: if it does
    """
    if start and end and end < start:
        raise InvalidValue(
            _("The end date, {end}, is before the start date, {start}. Correct one of the two.").fill(
                start=start, end=end
            ),
            field,
        )


def known_languages(tags: str) -> str:
    """Return language tags in their normal form with commas between them.

    :raises InvalidValue: if one of them is no tag, or none is given
    """
    found = [normal_tag(tag) for tag in tags.replace(";", ",").split(",") if tag.strip()]
    if not found:
        raise InvalidValue(_("A consortium needs at least one language. Write for example: nb, sv."))
    return ",".join(dict.fromkeys(found))
