"""A mail server on loopback that answers as it is told."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as READING
from ssl import SSLContext
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

OK = "250 OK"


class Server:
    """Takes letters, and says what it is told to: the answers of a step are given one after the other, then OK.

    :ivar taken: the letters that it has taken
    :ivar recipients: of each, to whom
    """

    def __init__(self, *, rcpt: tuple[str, ...] = (), data: tuple[str, ...] = (), mail: tuple[str, ...] = ()) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.answers = {"rcpt": list(rcpt), "data": list(data), "mail": list(mail)}
        self.port = 0

    def answer(self, step: str) -> str:
        """Give the next answer of a step."""
        return self.answers[step].pop(0) if self.answers[step] else OK

    async def handle_MAIL(  # noqa: N802  # aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a sender."""
        if (said := self.answer("mail")) == OK:
            envelope.mail_from = address
        return said

    async def handle_RCPT(  # noqa: N802  # aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient."""
        if (said := self.answer("rcpt")) == OK:
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # likewise
        """Take a letter; told to hang up, takes it and says nothing."""
        said = self.answer("data")
        if said in {OK, "hang up"}:
            found = message_from_bytes(envelope.content or b"", policy=READING)  # type: ignore[arg-type]  # bytes unless told
            assert isinstance(found, EmailMessage)
            self.taken.append(found)
            self.recipients.append(envelope.rcpt_tos)
        if said == "hang up" and server.transport:
            server.transport.close()
        return said


@contextmanager
def saying(*answers: str) -> Iterator[int]:
    """Give these answers to whoever comes first, one to each line, whatever it says; yields the port."""

    def speak() -> None:
        visitor, _address = listening.accept()
        with visitor, visitor.makefile("rb") as heard:
            for answer in answers:
                visitor.sendall(f"{answer}\r\n".encode())
                heard.readline()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        speaker = Thread(target=speak)
        speaker.start()
        yield int(listening.getsockname()[1])
        speaker.join()


def free_port() -> int:
    """Find a port on loopback at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(
    server: Server, *, context: SSLContext | None = None, password: str = "", is_safe_at_once: bool = False
) -> Iterator[Server]:
    """Let ``server`` answer on a free port of loopback inside the block."""
    others: dict[str, Any] = {"tls_context": context, "require_starttls": bool(context)}
    if is_safe_at_once:
        others = {"ssl_context": context}
    if password:
        others |= {"auth_required": True, "auth_require_tls": bool(context), "authenticator": _only(password)}
    server.port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **others)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def _only(password: str) -> Any:
    def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=isinstance(given, LoginPassword) and given.password == password.encode())

    return check
