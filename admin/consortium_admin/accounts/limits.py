"""Limits: how often somebody may try before they have to wait."""

import secrets
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from itsdangerous import BadSignature, URLSafeSerializer
from limits import RateLimitItem, parse
from werkzeug.exceptions import TooManyRequests

from consortium.clock import now
from consortium_admin.accounts.email import fold
from consortium_admin.settings import Settings

#: failed sign-ins of one account, and from one place; letters; codes of a second factor
BY_ACCOUNT, BY_PLACE = parse("10 per 15 minutes"), parse("100 per hour")
LETTERS, CODES = parse("5 per hour"), parse("5 per 15 minutes")

#: marks a browser that has signed in before, so that strangers who fail do not shut its owner out
KNOWN, HALF_A_YEAR = "known", 180 * 24 * 60 * 60


#: under this name the app keeps its limits
LIMITS = "consortium-limits"


class Limits:
    """Counts tries, and refuses more of them than there may be."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        limiter = Limiter(get_remote_address, app=app, storage_uri=settings.limits, strategy="moving-window")
        self.limiter = limiter.limiter

    def take(self, limit: RateLimitItem, *whom: str) -> None:
        """Count a try.

        :raises TooManyRequests: if there were too many
        """
        if not self.limiter.hit(limit, *whom):
            raise self._refusal(limit, *whom)

    def demand(self, limit: RateLimitItem, *whom: str) -> None:
        """Insist that another try may be made, without counting it.

        :raises TooManyRequests: if there were too many
        """
        if not self.limiter.test(limit, *whom):
            raise self._refusal(limit, *whom)

    def forgive(self, limit: RateLimitItem, *whom: str) -> None:
        """Forget the tries: the last one was right."""
        self.limiter.clear(limit, *whom)

    def _refusal(self, limit: RateLimitItem, *whom: str) -> TooManyRequests:
        wait = self.limiter.get_window_stats(limit, *whom).reset_time - now().timestamp()
        return TooManyRequests(retry_after=max(1, min(int(wait) + 1, limit.get_expiry())))


def limits_of_app() -> Limits:
    """Return the limits of the present app."""
    found: Limits = current_app.extensions[LIMITS]
    return found


def place() -> str:
    """Tell where a request comes from; who has one address of IPv6 has billions, so that their net counts."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "nowhere"
    return f"{int(address) >> 64:x}::" if isinstance(address, IPv6Address) else str(address)


def whose_tries(address: str) -> tuple[str, str]:
    """Tell under which name failed sign-ins of an address are counted: the known browser's, else the address's."""
    try:
        who, device = _signer().loads(request.cookies.get(_cookie(), ""))
    except (BadSignature, ValueError, TypeError):
        return "account", fold(address)
    return ("device", str(device)) if who == _short(address) else ("account", fold(address))


def know(response: Response, address: str) -> Response:
    """Let the browser remember that the owner of an account has signed in with it."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    value = _signer().dumps([_short(address), secrets.token_urlsafe(16)])
    response.set_cookie(_cookie(), str(value), max_age=HALF_A_YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def _cookie() -> str:
    return f"__Host-{KNOWN}" if current_app.config["SESSION_COOKIE_SECURE"] else KNOWN


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known browser")


def _short(address: str) -> str:
    return sha256(fold(address).encode()).hexdigest()[:16]
