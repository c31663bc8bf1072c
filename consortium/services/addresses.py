"""Addresses: those of people, to which letters go, and our own, in the post and on the web."""

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.services.subjects import known_line

#: the longest address that the mail can carry (source: RFC 5321), and its part before the @
LONGEST_ADDRESS, LONGEST_LOCAL = 254, 64

#: what people have before the @; quoted names, routes and encoded words are refused though the mail allows them
_LOCAL = re.compile(r"[a-z0-9_+'&=~-]+(\.[a-z0-9_+'&=~-]+)*", re.IGNORECASE | re.ASCII)
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*", re.ASCII)
_NAMED = re.compile(r"([^<>]*)<([^<>]*)>")

#: where the admin is and who writes, unless somebody says otherwise
_HERE, _WRITER = "http://127.0.0.1:8080", "consortium@localhost"


@dataclass(frozen=True)
class Letterhead:
    """What stands at the head of every letter.

    :ivar sender: the address that it comes from
    :ivar name: who that is, if it is said
    :ivar web: where the admin is, without a slash at the end
    """

    sender: str
    name: str
    web: str

    @property
    def domain(self) -> str:
        """The part of the sender's address after the @."""
        return self.sender.rpartition("@")[2]


def letterhead(environment: Mapping[str, str] = os.environ) -> Letterhead:
    """Read ``CONSORTIUM_MAIL_FROM`` and ``CONSORTIUM_ADDRESS``; where letters really leave, both must be said.

    :raises InvalidValue: if one is missing or cannot be read
    """
    sender, web = environment.get("CONSORTIUM_MAIL_FROM", ""), environment.get("CONSORTIUM_ADDRESS", "")
    if environment.get("CONSORTIUM_SMTP_URL") and not (sender and web):
        told = _("Letters that are sent need CONSORTIUM_MAIL_FROM and CONSORTIUM_ADDRESS. Set both.")
        raise InvalidValue(told)
    named = _NAMED.fullmatch(sender.strip())
    name, address = named.groups() if named else ("", sender or _WRITER)
    return Letterhead(known_address(address, is_ours=True), known_line(name.strip(' "')), known_web(web or _HERE))


def known_address(words: str, *, is_ours: bool = False) -> str:
    """Return an e-mail address as the mail writes it: ``ola@blåbær.example`` becomes ``ola@xn--blbr-roah.example``.

    :param is_ours: our own may be of a machine without a dot in its name
    :raises InvalidValue: if it is none
    """
    local, _at, domain = words.strip()[: LONGEST_ADDRESS + 1].rpartition("@")
    host = _plain_domain(domain)
    is_whole = len(local) <= LONGEST_LOCAL and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(host)
    if not is_whole or len(f"{local}@{host}") > LONGEST_ADDRESS or not (is_ours or "." in host):
        told = _("“{words}” is no e-mail address that letters can go to. Write one such as name@example.org.")
        raise InvalidValue(told.fill(words=words[:80]), "email")
    return f"{local}@{host}"


def _plain_domain(domain: str) -> str:
    """Write a domain in ASCII; nothing where letters in it only look like others."""
    if unicodedata.normalize("NFKC", domain) != domain or not all(each.isalnum() or each in "-." for each in domain):
        return ""
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def known_web(words: str) -> str:
    """Return our address on the web, without a slash at the end.

    :raises InvalidValue: if it is none, or says more than a host and a path
    """
    try:
        parts = urlsplit(words.strip())
        is_known = parts.scheme in {"http", "https"} and bool(_DOMAIN.fullmatch(parts.hostname or ""))
        is_plain = not (parts.query or parts.fragment or "@" in parts.netloc) and parts.port != 0
    except ValueError:
        is_known = is_plain = False
    if not (is_known and is_plain) or not re.fullmatch(r"[\w./:-]+", words.strip(), re.ASCII):
        told = _("CONSORTIUM_ADDRESS is “{words}”. Write an address such as https://consortium.example.org.")
        raise InvalidValue(told.fill(words=words.rpartition("@")[2][:80]))
    return words.strip().rstrip("/")
