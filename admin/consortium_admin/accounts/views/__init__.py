"""The pages of accounts: a topic a file."""

from consortium_admin.accounts.views import (
    account,
    confirm,
    elsewhere,
    passkeys,
    password,
    second_factor,
    second_step,
    sign_in,
    sign_ins,
)

__all__ = [
    "account",
    "confirm",
    "elsewhere",
    "passkeys",
    "password",
    "second_factor",
    "second_step",
    "sign_in",
    "sign_ins",
]
