"""Numbers and money: written as each language does, read strictly, never guessed."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal, get_minus_sign_symbol

from consortium.errors import InvalidValue
from consortium.i18n.language import interface_language
from consortium.i18n.message import _

#: the currencies of a Swedish–Norwegian project
CURRENCIES = ("NOK", "SEK", "EUR")

#: as many digits as the largest measure has, 999999999999.9999
MOST_DIGITS = 16

#: no figure has more digits than this; who tells that one is too large shows it as it came
TOO_LARGE = 10**20

#: as many decimals as an indicator has
DECIMALS = "#,##0.####"

_SPACES = re.compile("[ \u00a0\u202f\u2009]")
_PLAIN = re.compile(r"\d+([.,]\d+)?")
_GROUPED = (
    re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?"),
    re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?"),
    re.compile(r"\d{1,3}([ ]\d{3})+([.,]\d+)?"),
)
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in its own currency; amounts in different currencies are never added.

    :ivar amount: in whole units of the currency, with at most two decimals
    :ivar currency: an ISO 4217 code
    """

    amount: Decimal
    currency: str


@lru_cache(maxsize=4096)
def format_number(number: Decimal | int, language: str) -> str:
    """Write ``number`` as a reader of ``language`` would: ``1 234,5`` with no-break space in nb and sv."""
    if not -TOO_LARGE < number < TOO_LARGE:
        return str(number)
    return _signed(format_decimal(number or 0, format=DECIMALS, locale=interface_language(language)), language)


def _signed(written: str, language: str) -> str:
    """Write the minus of ``language``, which Babel leaves as a hyphen."""
    return written.replace("-", get_minus_sign_symbol(interface_language(language)))


def format_money(money: Money, language: str) -> str:
    """Write an amount with its currency code, which is clear on both sides of a border: ``850 000 NOK``."""
    pattern = "#,##0" if money.amount == money.amount.to_integral_value() else "#,##0.00"
    written = format_decimal(money.amount, format=pattern, locale=interface_language(language))
    return f"{_signed(written, language)}\u00a0{money.currency}"


def parse_number(words: str) -> Decimal:
    """Read a number: ``1 234,50``, ``1.234,50``, ``1,234.50``, ``1234.5`` or ``−5``.

    :raises InvalidValue: if it is no number, or can be read in two ways as ``1.234`` can
    """
    tidy = _SPACES.sub(" ", words.strip()).replace("\u2212", "-")
    sign, digits = ("-", tidy[1:].lstrip()) if tidy.startswith("-") else ("", tidy)
    if not digits.isascii() or sum(map(str.isdigit, digits)) > MOST_DIGITS:
        raise _no_number(words)
    if _EITHER.fullmatch(digits):
        whole, thousandth = re.sub("[.,]", "", digits), digits.replace(".", ",")
        raise InvalidValue(
            _(
                "“{words}” can mean {whole} or {decimal}. Write {whole}, or {decimal}0 if you mean the decimal number."
            ).fill(words=tidy, whole=sign + whole, decimal=sign + thousandth)
        )
    if _PLAIN.fullmatch(digits):
        return Decimal(sign + digits.replace(",", "."))
    if any(pattern.fullmatch(digits) for pattern in _GROUPED):
        return Decimal(sign + _without_groups(digits))
    raise _no_number(words)


def _without_groups(digits: str) -> str:
    """Drop the separators of thousands; the last of two kinds, standing once, is the decimal one."""
    marks = [sign for sign in digits if not sign.isdigit()]
    if len(set(marks)) == 1:
        return "".join(filter(str.isdigit, digits))
    whole, fraction = digits.rsplit(marks[-1], 1)
    return f"{''.join(filter(str.isdigit, whole))}.{fraction}"


def _no_number(words: str) -> InvalidValue:
    return InvalidValue(
        _("“{words}” is not a number. Write it with figures, for example “15” or “12,5”.").fill(words=words[:80])
    )
