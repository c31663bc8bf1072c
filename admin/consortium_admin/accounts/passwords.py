"""Passwords: long ones, nothing that anybody would guess, and no rule beyond that (NIST SP 800-63B-4)."""

import re
from functools import cache
from importlib.resources import files

from flask import current_app
from flask_security.utils import hash_password, verify_password

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium_admin.accounts.engine import NO_PASSWORD, security
from consortium_admin.accounts.tables import Account

SHORTEST, LONGEST = 15, 128

#: what must be left of a password when all that others would guess is taken out of it
FEWEST_OWN = 6

#: rows of a keyboard, the alphabet and the figures: runs along them are guessed
_ROWS = (
    "abcdefghijklmnopqrstuvwxyzæøåäö",
    "qwertyuiopå",
    "asdfghjkløæöä",
    "zxcvbnm",
    "01234567890",
    "1qaz2wsx3edc4rfv5tgb",
)

#: a run of this many signs along a row, or of the same sign, is one guess
_RUN = 4


def refuse_weak(password: str, *, context: tuple[str, ...] = ()) -> str:
    """Return a password in its normal form.

    :param context: words that are about the account: its address, names
    :raises InvalidValue: if it is too short, too long, or would be guessed
    """
    plain = normal(password)
    if len(plain) < SHORTEST:
        told = _("The password must have at least {count} signs. Several words with spaces are easy to remember.")
        raise InvalidValue(told.fill(count=SHORTEST), "password")
    if len(plain) > LONGEST:
        raise InvalidValue(_("The password can have at most {count} signs.").fill(count=LONGEST), "password")
    if not plain.isprintable():
        raise InvalidValue(_("The password contains a sign that cannot be typed. Leave it out."), "password")
    if len(_own_part(plain, context)) < FEWEST_OWN:
        told = _(
            "Others would guess this password: it is made of common words, runs of signs or your own name. Choose another one."
        )
        raise InvalidValue(told, "password")
    return plain


def normal(password: str) -> str:
    """Return the form in which a password is compared, whatever keyboard wrote it."""
    return str(security()._password_util.normalize(password))


def hash_of(password: str) -> str:
    """Return the hash that is kept of a password (argon2id)."""
    return str(hash_password(password))


def is_right(account: Account | None, password: str) -> bool:
    """Tell whether ``password`` opens ``account``; without one, or one that is closed, as slowly and never."""
    kept = account.password if account is not None and account.active else None
    is_equal = verify_password(normal(password[: LONGEST * 4]), kept or current_app.extensions[NO_PASSWORD])
    return bool(is_equal and kept)


def _own_part(password: str, context: tuple[str, ...]) -> str:
    """Take out of a password what others would guess."""
    left = password.casefold()
    for word in sorted({*_common(), *_words(context)}, key=len, reverse=True):
        left = left.replace(word, " ")
    left = _without_runs(re.sub(r"[\d\W_]+", "", left))
    return "".join(dict.fromkeys(left))


def _words(context: tuple[str, ...]) -> set[str]:
    found = {part for words in context for part in re.split(r"[\W_]+", words.casefold())}
    return {word for word in found if len(word) > 2}  # noqa: PLR2004  # shorter ones are in every word


def _without_runs(word: str) -> str:
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for start in range(len(row) - _RUN + 1):
            word = word.replace(row[start : start + _RUN], "")
    return word


@cache
def _common() -> frozenset[str]:
    words = files("consortium_admin.accounts").joinpath("common.txt").read_text(encoding="utf-8").split()
    return frozenset(word for word in words if len(word) > 2)  # noqa: PLR2004  # as above
