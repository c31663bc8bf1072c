"""The second factor: an app that makes codes, and codes on paper for the day when it is lost."""

import secrets
from base64 import b32encode
from hashlib import sha256

from consortium_admin.accounts.engine import totp
from consortium_admin.accounts.tables import Account

#: how many codes are made for the paper, and of how many bytes each
RECOVERY_CODES, BYTES = 10, 10

#: how far the clock of a telephone may be off, in seconds
WINDOW = 30


def new_secret() -> str:
    """Make a secret for the app, encrypted."""
    return totp().generate_totp_secret()


def picture_of(account: Account, secret: str) -> dict[str, str]:
    """Tell what the app needs: the secret in words, and as a picture to photograph."""
    factory = totp()
    return {"key": factory.get_totp_pretty_key(secret), "image": factory.generate_qrcode(account.address, secret)}


def take_up(account: Account, secret: str, code: str) -> list[str]:
    """Take the app up that made ``code``, and return new codes for the paper; none if the code is wrong."""
    account.tf_counter = None
    if not _fits(account, secret, code):
        return []
    account.tf_totp_secret = secret
    return new_codes(account)


def take_code(account: Account, code: str) -> bool:
    """Take a code of the app, once, and tell whether it was right."""
    return bool(account.tf_totp_secret) and _fits(account, str(account.tf_totp_secret), code)


def new_codes(account: Account) -> list[str]:
    """Make new codes for the paper; the earlier ones are worth nothing from now on."""
    codes = ["-".join(_quarters(b32encode(secrets.token_bytes(BYTES)).decode().lower())) for _ in range(RECOVERY_CODES)]
    account.recovery_codes = [_digest(code) for code in codes]
    return codes


def take_recovery_code(account: Account, code: str) -> bool:
    """Take a code from the paper, once, and tell whether it was right."""
    digest = _digest(code[:100])
    left = [kept for kept in account.recovery_codes if not secrets.compare_digest(kept, digest)]
    was_right = len(left) < len(account.recovery_codes)
    account.recovery_codes = left
    return was_right


def give_up(account: Account) -> None:
    """Forget the app and the codes on paper."""
    account.tf_totp_secret = account.tf_counter = None
    account.recovery_codes = []


def _fits(account: Account, secret: str, code: str) -> bool:
    figures = "".join(code.split())[:20]
    return figures.isascii() and figures.isdigit() and totp().verify_totp(figures, secret, account, window=WINDOW)


def _quarters(code: str) -> list[str]:
    return [code[start : start + 4] for start in range(0, len(code), 4)]


def _digest(code: str) -> str:
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return sha256(plain.encode()).hexdigest()
