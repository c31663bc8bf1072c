"""OpenID Connect: another service tells who somebody is, by a code that our server changes for a signed token."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from secrets import compare_digest, token_urlsafe
from typing import Any, cast

import requests
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]  # it has no types
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]  # as above
from flask import current_app

from consortium import clock
from consortium.errors import ConsortiumError
from consortium.i18n.message import Message, _
from consortium_admin.accounts.id_token import BadToken, UnknownKey, read_token
from consortium_admin.oidc_settings import Oidc, is_safe

#: under this name the app keeps the service
SERVICE = "consortium-oidc"

#: how long one may take at the service, and how long the service may take to answer us (to connect, to speak)
PATIENCE, TIMEOUT = timedelta(minutes=15), (4, 10)

#: how long we believe what the service has told of itself, and how soon we ask again for keys that we do not know
KNOWN_FOR, KEYS_EVERY = timedelta(hours=1), timedelta(seconds=30)

WELL_KNOWN = "/.well-known/openid-configuration"

#: what the service must tell of itself, each an address
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")

#: what the service says when somebody did not want, or was not let in; any other word is a fault of ours or of its
BROKEN_OFF = frozenset({"access_denied", "consent_required", "interaction_required", "login_required"})

OVER = _("This sign-in took too long, has been used, or was begun in another browser. Begin again.")
AWAY = _("{service} cannot be reached at the moment. Try again in a while, or sign in with your password.")
REFUSED = _("You broke off at {service}, or it did not let you in. Try again, or sign in with your password.")
WRONG = _(
    "{service} gave an answer that cannot be trusted, and nobody was signed in. Try again; if it stays so, tell the staff."
)


class OidcFault(ConsortiumError):
    """The service did not tell who somebody is, in a way that can be believed.

    :ivar kind: what was wrong, for the logbook; nothing of what anybody said
    """

    def __init__(self, message: Message, kind: str, *, is_away: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        self.is_away = is_away


@dataclass(frozen=True)
class Begun:
    """A sign-in that was begun in one browser, which keeps this until it comes back."""

    state: str
    nonce: str
    verifier: str
    made: int
    next: str

    @property
    def is_over(self) -> bool:
        """Tell whether it has taken too long."""
        return clock.now() - datetime.fromtimestamp(self.made, clock.now().tzinfo) > PATIENCE

    def kept(self) -> dict[str, str | int]:
        """Return what the cookie keeps."""
        return asdict(self)


def service() -> "Service | None":
    """Return the service that the present app believes, if any."""
    found: Service | None = current_app.extensions.get(SERVICE)
    return found


class Service:
    """The service that is believed, and what it has told of itself."""

    def __init__(self, settings: Oidc) -> None:
        self.settings = settings
        self._told: dict[str, Any] = {}
        self._told_at: datetime | None = None
        self._keys: dict[str, Any] = {}
        self._keys_at: datetime | None = None

    def begin(self, *, back: str, language: str, wanted: str = "", again: bool = False) -> tuple[str, Begun]:
        """Return the address at which one signs in there, and what the browser has to keep.

        :param back: our address to which the service leads back
        :param again: tells that they prove anew who they are, also if the service still knows
        :raises OidcFault: if the service cannot be reached
        """
        begun = Begun(token_urlsafe(32), token_urlsafe(32), token_urlsafe(48), int(clock.now().timestamp()), wanted)
        anew = {"prompt": "login", "max_age": 0} if again else {}
        address, _state = self._client(back).create_authorization_url(
            self.about()["authorization_endpoint"],
            state=begun.state,
            nonce=begun.nonce,
            code_verifier=begun.verifier,
            ui_locales=language,
            **anew,
        )
        return str(address), begun

    def finish(self, begun: Begun, *, back: str, answer: Mapping[str, str]) -> dict[str, Any]:
        """Change the code in ``answer`` for what the service says of somebody.

        :raises OidcFault: if it says nothing that can be believed
        """
        if begun.is_over or not compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise OidcFault(OVER, "state")
        self._refuse_mixed_up(answer)
        if error := answer.get("error"):
            is_broken_off = error in BROKEN_OFF
            raise self._fault(REFUSED, error) if is_broken_off else self._fault(WRONG, "error of the service")
        client = self._client(back)
        token = self._redeem(client, answer.get("code", ""), begun, back)
        claims = self._read(token, begun)
        if self.settings.organisation not in {"", *claims} or "email" not in claims:
            claims = {**self._ask_more(client, claims["sub"]), **claims}
        return claims

    def about(self) -> dict[str, Any]:
        """Return what the service tells of itself; asked anew now and then.

        :raises OidcFault: if it cannot be reached, or calls itself otherwise
        """
        now = clock.now()
        if self._told_at is None or now - self._told_at > KNOWN_FOR:
            told = self._get(self.settings.issuer.rstrip("/") + WELL_KNOWN)
            if told.get("issuer") != self.settings.issuer or not all(
                is_safe(str(told.get(each))) for each in ADDRESSES
            ):
                raise self._fault(WRONG, "discovery")
            self._told, self._told_at = told, now
        return self._told

    def keys(self, *, anew: bool = False) -> dict[str, Any]:
        """Return the public keys of the service.

        :raises OidcFault: if they cannot be had
        """
        now = clock.now()
        age = now - self._keys_at if self._keys_at else KNOWN_FOR * 2
        if age > KNOWN_FOR or (anew and age >= KEYS_EVERY):
            self._keys, self._keys_at = self._get(self.about()["jwks_uri"]), now
        return self._keys

    def _client(self, back: str) -> Any:
        own = self.settings
        basic = self.about().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in basic else "client_secret_post"
        return OAuth2Session(
            own.client_id,
            own.client_secret or None,
            token_endpoint_auth_method=method if own.client_secret else "none",
            scope=" ".join(own.scopes),
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=TIMEOUT,
            leeway=0,  # the token is used at once, however short it lives
        )

    def _refuse_mixed_up(self, answer: Mapping[str, str]) -> None:
        """Refuse the answer of another service than the one that was asked (RFC 9207)."""
        must_say = self.about().get("authorization_response_iss_parameter_supported") is True
        if answer.get("iss", "" if must_say else self.settings.issuer) != self.settings.issuer:
            raise self._fault(WRONG, "issuer of the answer")

    def _redeem(self, client: Any, code: str, begun: Begun, back: str) -> dict[str, Any]:
        address = self.about()["token_endpoint"]
        named = {"code": code, "code_verifier": begun.verifier, "redirect_uri": back}
        try:
            token = client.fetch_token(address, grant_type="authorization_code", allow_redirects=False, **named)
        except OAuthError as fault:  # a code that has been used, or was for somebody else
            raise self._fault(WRONG, "code") from fault
        except requests.RequestException as fault:
            raise self._fault(AWAY, "token endpoint", is_away=True) from fault
        except (ValueError, KeyError, TypeError) as fault:
            raise self._fault(WRONG, "token endpoint") from fault
        return cast(dict[str, Any], token)

    def _read(self, token: dict[str, Any], begun: Begun) -> dict[str, Any]:
        named = {"issuer": self.settings.issuer, "client": self.settings.client_id, "nonce": begun.nonce}
        try:
            try:
                return read_token(token, self.keys(), begun=begun.made, **named)
            except UnknownKey:  # the service has a new one
                return read_token(token, self.keys(anew=True), begun=begun.made, **named)
        except BadToken as fault:
            raise self._fault(WRONG, f"token: {fault}") from fault

    def _ask_more(self, client: Any, subject: str) -> dict[str, Any]:
        """Ask for what the token does not say, such as the address; it must be about the same subject."""
        address = str(self.about().get("userinfo_endpoint", ""))
        if not is_safe(address):
            return {}
        try:
            answer = client.get(address, allow_redirects=False)
            found = answer.json() if answer.status_code == requests.codes.ok else None
        except requests.RequestException as fault:
            raise self._fault(AWAY, "userinfo", is_away=True) from fault
        except (OAuthError, ValueError) as fault:
            raise self._fault(WRONG, "userinfo") from fault
        if not isinstance(found, dict) or found.get("sub") != subject:
            raise self._fault(WRONG, "userinfo")
        return found

    def _get(self, address: str) -> dict[str, Any]:
        try:
            answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
            found = answer.json() if answer.status_code == requests.codes.ok else None
        except (requests.RequestException, ValueError) as fault:
            raise self._fault(AWAY, "out of reach", is_away=True) from fault
        if not isinstance(found, dict):
            raise self._fault(AWAY, "out of reach", is_away=True)
        return found

    def _fault(self, message: Message, kind: str, *, is_away: bool = False) -> OidcFault:
        return OidcFault(message.fill(service=self.settings.name), kind, is_away=is_away)
