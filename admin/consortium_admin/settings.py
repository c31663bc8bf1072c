"""How the admin is set up where it runs; the environment says it, and what is unsafe is refused."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from consortium.errors import ConsortiumError
from consortium.i18n.message import Message, _
from consortium_admin.oidc_settings import Oidc, oidc_from

#: a shorter secret can be guessed
SHORTEST_SECRET = 32

#: fewer different signs are a pattern, not a secret
FEWEST_SIGNS = 10

#: words by which examples and manuals hold the place of a secret
KNOWN = ("changeme", "change-me", "change_me", "secret", "example", "password", "default", "insecure", "development")

_TRUE = frozenset({"1", "true", "yes", "on"})


class UnsafeSettings(ConsortiumError):
    """The admin would be open to others with settings that do not protect them."""


@dataclass(frozen=True)
class Settings:
    """What whoever runs the admin decides.

    :ivar secret: signs the cookies and links, and hides the secrets of second factors
    :ivar old_secrets: what still opens cookies that an earlier secret signed
    :ivar is_behind_tls: tells whether browsers reach it by https
    :ivar hosts: the names under which it is reached beside those of this machine
    :ivar address: with what the links in letters begin
    :ivar proxies: how many proxies stand before it, whose word about the visitor is believed
    :ivar is_tls_beneath: tells whether the names beneath its own are reached by https only, too
    :ivar idle: after which pause a sign-in is over
    :ivar longest: after which time it is over in any case
    :ivar is_second_factor_required: tells whether staff and administrators must have a second factor
    :ivar limits: where tries are counted: in memory, or ``redis://…`` where several processes serve
    :ivar wait: how long a request for a letter takes at least, so that nobody can tell by it who has an account
    :ivar oidc: another service by which one can sign in
    """

    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    is_behind_tls: bool = False
    hosts: tuple[str, ...] = ()
    old_secrets: tuple[str, ...] = field(default=(), repr=False)
    address: str = "http://localhost:8080"
    proxies: int = 0
    is_tls_beneath: bool = False
    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)
    is_second_factor_required: bool = True
    limits: str = "memory://"
    wait: timedelta = timedelta(seconds=0.25)
    oidc: Oidc | None = None

    @property
    def is_public(self) -> bool:
        """Tell whether it is there for others than this machine."""
        return bool(self.hosts)

    def for_flask(self) -> dict[str, object]:
        """Say it in the words of Flask and its extensions."""
        return {
            "SECRET_KEY": self.secret,
            "SECRET_KEY_FALLBACKS": list(self.old_secrets),
            "SESSION_COOKIE_NAME": "__Host-visit" if self.is_behind_tls else "visit",
            "SESSION_COOKIE_SECURE": self.is_behind_tls,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_PATH": "/",
            "WTF_CSRF_TIME_LIMIT": None,
            # a browser that sends no Referer is no foreign page: the token decides
            "WTF_CSRF_SSL_STRICT": False,
            "CONSORTIUM_HOSTS": frozenset(self.hosts),
            "CONSORTIUM_ADDRESS": self.address,
            "CONSORTIUM_PROXIES": self.proxies,
            "CONSORTIUM_TLS_BENEATH": self.is_tls_beneath,
            "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
            "MAX_FORM_PARTS": 5000,
        }


def settings_from(environment: Mapping[str, str], *, keep: Path) -> Settings:
    """Read the settings from the environment; on this machine alone, a secret is made and kept in the folder ``keep``.

    :raises UnsafeSettings: if others could reach the admin with settings that do not protect them
    """
    address = environment.get("CONSORTIUM_ADDRESS", "").rstrip("/")
    hosts = tuple(filter(None, (name.strip().lower() for name in environment.get("CONSORTIUM_HOSTS", "").split(","))))
    if address and urlsplit(address).netloc:
        hosts = tuple(dict.fromkeys((urlsplit(address).netloc.lower(), *hosts)))
    secret = environment.get("CONSORTIUM_SECRET", "")
    if address or hosts:
        _refuse_unsafe(environment, address, hosts, secret)
    elif secret:
        _refuse_weak(secret)
    return Settings(
        secret=secret or kept_secret(keep),
        old_secrets=tuple(filter(None, environment.get("CONSORTIUM_OLD_SECRETS", "").split())),
        is_behind_tls=address.startswith("https://"),
        hosts=hosts,
        address=address or Settings.address,
        proxies=_number(environment, "CONSORTIUM_PROXIES", 0),
        is_tls_beneath=environment.get("CONSORTIUM_TLS_BENEATH", "").lower() in _TRUE,
        idle=timedelta(minutes=_number(environment, "CONSORTIUM_IDLE_MINUTES", 30)),
        longest=timedelta(hours=_number(environment, "CONSORTIUM_LONGEST_HOURS", 12)),
        is_second_factor_required=environment.get("CONSORTIUM_SECOND_FACTOR", "required") != "optional",
        limits=environment.get("CONSORTIUM_LIMITS", "memory://"),
        oidc=oidc_from(environment),
    )


def kept_secret(folder: Path) -> str:
    """Return the secret that is kept in ``folder``, which only its owner can read; made when there is none yet."""
    file = folder / "secret"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x") as new:
            file.chmod(0o600)
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    found = file.read_text().strip()
    _refuse_weak(found, _("The file {path} holds no secret. Remove it, and start again.").fill(path=str(file)))
    return found


def _refuse_unsafe(environment: Mapping[str, str], address: str, hosts: tuple[str, ...], secret: str) -> None:
    """Insist on what protects others than this machine.

    :raises UnsafeSettings: if it is not there
    """
    if any("*" in name for name in hosts):
        raise UnsafeSettings(_("CONSORTIUM_HOSTS lets every name in. List the names under which the admin is reached."))
    if not address.startswith("https://") or not urlsplit(address).hostname or urlsplit(address).path:
        raise UnsafeSettings(
            _(
                "Others reach the admin by https alone. Set CONSORTIUM_ADDRESS to its address: https://consortium.example.org"
            )
        )
    if environment.get("FLASK_DEBUG", "").lower() in _TRUE or environment.get("FLASK_ENV", "") == "development":
        raise UnsafeSettings(_("Debugging shows visitors the inside. Take FLASK_DEBUG and FLASK_ENV away."))
    if not secret:
        raise UnsafeSettings(_("CONSORTIUM_SECRET is missing. Make one with: {command}").fill(command=HOW))
    _refuse_weak(secret)


#: makes a secret on any machine with Python
HOW = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"


def _refuse_weak(secret: str, told: Message | None = None) -> None:
    is_known = any(word in secret.lower() for word in KNOWN)
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_SIGNS or is_known:
        raise UnsafeSettings(
            told
            or _("CONSORTIUM_SECRET can be guessed: it needs {count} random characters. Make one with: {command}").fill(
                count=SHORTEST_SECRET, command=HOW
            )
        )


def _number(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    said = environment.get(name, "")
    if said and not (said.isascii() and said.isdigit() and len(said) < 6):  # noqa: PLR2004  # more are no number of ours
        raise UnsafeSettings(_("{name} must be a whole number, not “{value}”.").fill(name=name, value=said))
    return int(said) if said else otherwise
