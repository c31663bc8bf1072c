"""The engine room: Flask-Security, set up for our accounts; the pages and the sign-ins are our own.

From it come the hash of passwords (argon2id), the signed links, and the codes of the second factor. Its own pages are
not opened: they speak no Norwegian, and keep in a cookie what we can revoke in the database.
"""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any, cast

from flask import Flask, current_app
from flask_security import Security, SQLAlchemySessionUserDatastore, Totp
from flask_security.utils import hash_password
from passlib.totp import AppWallet, TotpMatch  # type: ignore[import-untyped]  # it has no types
from sqlalchemy.orm import Session, scoped_session
from werkzeug.local import LocalProxy

from consortium_admin.accounts.tables import Account
from consortium_admin.settings import Settings
from consortium_admin.visit import visit

#: how long a link to a new password, and an invitation, can be used
RESET, INVITATION = timedelta(hours=1), timedelta(days=7)

#: what is told to the hash of passwords beside its own good measure; tests tell it to be quick
HASHING: dict[str, int] = {}

#: under this name the app keeps a hash that fits no password
NO_PASSWORD = "consortium-no-password"  # noqa: S105  # a name, not a password


class OnceTotp(Totp):
    """Codes of the second factor, each of which is taken once."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        super().__init__(secrets, issuer)
        # the newest secret hides new ones; earlier ones still open theirs, whatever their order
        wallet = AppWallet(secrets, default_tag=next(iter(secrets)))
        self._totp = self._totp.using(issuer=issuer, wallet=wallet)

    def get_last_counter(self, user: Any) -> int | None:
        """Tell the counter of the last code that was taken."""
        return cast(Account, user).tf_counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        """Remember the counter of a code, so that it is not taken again."""
        cast(Account, user).tf_counter = tmatch.counter


class _NoRoles:
    """Stands for the table of roles, which we do not have: one word in the account says it."""


def start(app: Flask, settings: Settings) -> None:
    """Set Flask-Security up in ``app``, without its pages and without its way of knowing who asks."""
    app.config.update(
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_PASSWORD_NORMALIZE_FORM="NFKC",  # noqa: S106  # a form of Unicode
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=HASHING,
        SECURITY_PASSWORD_SALT="",  # argon2 makes its own for each password
        SECURITY_TWO_FACTOR=True,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=["authenticator"],
        SECURITY_TOTP_SECRETS=_totp_secrets(settings),
        SECURITY_TOTP_ISSUER="Consortium",
        SECURITY_RESET_PASSWORD_WITHIN=RESET,
        SECURITY_LOGIN_WITHIN=INVITATION,
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    store = SQLAlchemySessionUserDatastore(
        cast("scoped_session[Session]", LocalProxy(lambda: visit().session)),
        Account,
        cast(Any, _NoRoles),
    )
    security = Security(app, store, register_blueprint=False, totp_cls=OnceTotp)
    # nobody comes in by what Flask-Login knows: neither by its cookie nor by a token in an address
    security.login_manager.user_loader(lambda _number: None)
    security.login_manager.request_loader(lambda _request: None)
    with app.app_context():
        app.extensions[NO_PASSWORD] = hash_password("no password hashes to this")


def security() -> Security:
    """Return what was set up in the present app."""
    found: Security = current_app.extensions["security"]
    return found


def totp() -> OnceTotp:
    """Return what makes and checks the codes of second factors."""
    return cast(OnceTotp, security()._totp_factory)


def room(settings: Settings) -> Flask:
    """Make an app without pages, for commands that need the engine."""
    app = Flask("consortium_admin", static_folder=None)
    app.config.update(settings.for_flask())
    start(app, settings)
    return app


def _totp_secrets(settings: Settings) -> dict[str, str]:
    """Derive from each secret the one that hides second factors, under a name by which it is found again."""
    derived = {}
    for secret in (settings.secret, *settings.old_secrets):
        key = urlsafe_b64encode(sha256(b"consortium second factor\0" + secret.encode()).digest()).decode()
        derived[sha256(key.encode()).hexdigest()[:8]] = key
    return derived
