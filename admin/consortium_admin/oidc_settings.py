"""How sign-in by OpenID Connect is set up: which service is believed, and what it may say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from consortium.errors import InvalidValue
from consortium.i18n.message import _

#: what the environment calls each of the settings
ISSUER, CLIENT, SECRET = "CONSORTIUM_OIDC_ISSUER", "CONSORTIUM_OIDC_CLIENT_ID", "CONSORTIUM_OIDC_CLIENT_SECRET"
NAME, SCOPES, STRONG, ORGANISATION = (
    "CONSORTIUM_OIDC_NAME",
    "CONSORTIUM_OIDC_SCOPES",
    "CONSORTIUM_OIDC_SECOND_FACTOR",
    "CONSORTIUM_OIDC_ORGANISATION",
)

#: names of this machine, to which alone one may speak without TLS
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Oidc:
    """A service that tells who somebody is.

    :ivar issuer: its address, exactly as it calls itself
    :ivar client_secret: empty for a public client, which proves itself by PKCE alone
    :ivar name: what it is called on the button
    :ivar strong: the words in ``acr`` or ``amr`` by which it says that a second factor was used
    :ivar organisation: the claim in which it tells the numbers of organisations somebody acts for; empty if in none
    """

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    name: str = ""
    scopes: tuple[str, ...] = ("openid", "email")
    strong: frozenset[str] = frozenset()
    organisation: str = ""


def oidc_from(environment: Mapping[str, str]) -> Oidc | None:
    """Read the service from the environment; ``None`` if none is named.

    :raises InvalidValue: if something is missing, or others could listen
    """
    said = {name: environment.get(name, "").strip() for name in (ISSUER, CLIENT, SECRET, NAME, SCOPES, ORGANISATION)}
    if not said[ISSUER]:
        return None
    if not is_safe(said[ISSUER]) or urlsplit(said[ISSUER]).query:
        told = _("{name} must be an address that begins with https://, exactly as the service calls itself.")
        raise InvalidValue(told.fill(name=ISSUER))
    if not said[CLIENT]:
        raise InvalidValue(
            _("{name} is missing: the client id under which the service knows the admin.").fill(name=CLIENT)
        )
    return Oidc(
        issuer=said[ISSUER],
        client_id=said[CLIENT],
        client_secret=said[SECRET],
        name=said[NAME] or str(urlsplit(said[ISSUER]).hostname),
        scopes=tuple(dict.fromkeys(("openid", *(said[SCOPES] or "email").split()))),
        strong=frozenset(environment.get(STRONG, "").split()),
        organisation=said[ORGANISATION],
    )


def is_safe(address: str) -> bool:
    """Tell whether nobody can listen on the way to ``address``: by TLS, or on this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    is_plain = not (parts.username or parts.password or parts.fragment)
    return bool(host and is_plain and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)))
