"""A post that hands letters to a mail server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.jobs.posts import Refused
from consortium.jobs.taking import Taken

#: seconds that the server may take for each answer; all of them together fit well into the lease of a letter
PATIENCE: Final = 30

#: from here on a server's answer is final
_FINAL, _TAKEN = 500, 250

#: ports where none is named: plain, made safe later, safe from the start
_PORTS = {("smtp", False): 25, ("smtp", True): 587, ("smtps", False): 465}

#: hosts to which a password may go unprotected
_OURSELVES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class SmtpSetting:
    """How to reach a mail server."""

    host: str
    port: int
    is_safe: bool = False
    is_made_safe: bool = False
    name: str = ""
    password: str = field(default="", repr=False)


def smtp_setting(url: str) -> SmtpSetting:
    """Read ``smtp://name:password@host:port?starttls=1`` or ``smtps://…``.

    :raises InvalidValue: if it is no such address, or would send the password unprotected; the password is not told
    """
    try:
        parts = urlsplit(url)
        asked = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
        is_made_safe = asked == {"starttls": ["1"]}
        port = parts.port or _PORTS[parts.scheme, is_made_safe]
        is_known = bool(parts.hostname) and (is_made_safe or not asked) and parts.path in {"", "/"}
    except (ValueError, KeyError):
        is_known = False
    if not is_known:
        told = _("CONSORTIUM_SMTP_URL cannot be read. Write smtp://NAME:PASSWORD@HOST:PORT?starttls=1 or smtps://….")
        raise InvalidValue(told)
    host, is_safe = parts.hostname or "", parts.scheme == "smtps"
    if parts.username and not (is_safe or is_made_safe or host in _OURSELVES):
        raise InvalidValue(
            _("CONSORTIUM_SMTP_URL would send the password unprotected. Add ?starttls=1 or write smtps.")
        )
    return SmtpSetting(host, port, is_safe, is_made_safe, unquote(parts.username or ""), unquote(parts.password or ""))


@dataclass(frozen=True)
class SmtpPost:
    """Hands each letter to a mail server, in a conversation of its own."""

    setting: SmtpSetting
    patience: float = PATIENCE

    def send(self, taken: Taken, sender: str) -> None:
        """Hand a letter over.

        :raises Refused: if the server has surely not taken it: finally where it says so of the recipient or the words, not
            of us, the password or the connection
        """
        with self._conversation(sender) as server:
            with _refusing():
                _insist(server.mail(sender), is_final=False)
                _insist(server.rcpt(taken.address), is_final=True)
            try:
                _insist(server.data(taken.message), is_final=True)
            except smtplib.SMTPDataError as fault:
                raise _refusal(fault, is_final=True) from fault

    @contextmanager
    def _conversation(self, sender: str) -> Iterator[smtplib.SMTP]:
        """Greet the server, as safely as was asked; ends the conversation, whatever comes of it."""
        with _refusing():
            server = self._connect(sender.rpartition("@")[2])
        try:
            with _refusing():
                if self.setting.is_made_safe:
                    server.starttls(context=ssl.create_default_context())
                if self.setting.name:
                    server.login(self.setting.name, self.setting.password)
                server.ehlo_or_helo_if_needed()
            yield server
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.docmd("QUIT")
            server.close()

    def _connect(self, domain: str) -> smtplib.SMTP:
        where, patience = (self.setting.host, self.setting.port), self.patience
        if self.setting.is_safe:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(*where, local_hostname=domain, timeout=patience, context=context)
        return smtplib.SMTP(*where, local_hostname=domain, timeout=patience)


@contextmanager
def _refusing() -> Iterator[None]:
    """Take all that goes wrong before the words are sent for a refusal that may be gone next time."""
    try:
        yield
    except smtplib.SMTPResponseException as fault:
        raise _refusal(fault, is_final=False) from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise Refused(str(fault) or type(fault).__name__) from fault


def _insist(answer: tuple[int, bytes], *, is_final: bool) -> None:
    code, said = answer
    if not _TAKEN <= code < _TAKEN + 50:
        raise _refusal(smtplib.SMTPResponseException(code, said), is_final=is_final)


def _refusal(fault: smtplib.SMTPResponseException, *, is_final: bool) -> Refused:
    said = fault.smtp_error
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Refused(f"{fault.smtp_code} {words}", is_final=is_final and fault.smtp_code >= _FINAL)
