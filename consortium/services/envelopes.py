"""Lays a letter out as the mail carries it, and reads it back before it leaves the house."""

from collections import Counter
from email import message_from_bytes
from email.charset import QP, Charset
from email.errors import MessageError
from email.header import Header
from email.message import Message
from email.policy import SMTP, compat32
from email.utils import format_datetime, formataddr

from consortium.errors import InvalidValue
from consortium.i18n.message import _
from consortium.models import Letter
from consortium.services.addresses import Letterhead
from consortium.services.subjects import shown

#: the lines at the head of a letter: these, each once, and no others
HEADERS = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
)


#: an older policy than the one that reads: it folds long heads without losing a space between two encoded words
_WRITING = compat32.clone(linesep="\r\n")


def lay_out(letter: Letter, head: Letterhead) -> bytes:
    """Write ``letter`` as a message: the same bytes on every try.

    :raises InvalidValue: if what comes out is not what was meant, whatever the reason
    """
    try:
        written = _write(letter, head)
    except (MessageError, UnicodeError) as fault:
        raise _unsendable(letter) from fault
    _read_back(written, letter, head)
    return written


def _write(letter: Letter, head: Letterhead) -> bytes:
    message: Message[str, str | Header] = Message(policy=_WRITING)
    message["From"] = formataddr((head.name, head.sender))
    message["To"] = letter.address
    message["Subject"] = Header(letter.subject, "us-ascii" if letter.subject.isascii() else "utf-8")
    message["Date"] = format_datetime(letter.queued_at)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"  # so that no machine answers (RFC 3834)
    message["Content-Language"] = letter.language
    message.set_payload(letter.words + "\n", _quoted())
    return message.as_bytes()


def _quoted() -> Charset:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    return charset


def _read_back(written: bytes, letter: Letter, head: Letterhead) -> None:
    """Read a message as its recipient will: the heads that were meant, and in them what was meant."""
    read = message_from_bytes(written, policy=SMTP)
    is_meant = (
        not (read.is_multipart() or read.defects)
        and Counter(read.keys()) == Counter(HEADERS)
        and [each.addr_spec for each in (*read["From"].addresses, *read["To"].addresses)]
        == [head.sender, letter.address]
        and (str(read["Subject"]), read["Message-ID"]) == (letter.subject, letter.message_id)
        and read.get_content().replace("\r\n", "\n").rstrip("\n") == letter.words.rstrip("\n")
    )
    if not is_meant:
        raise _unsendable(letter)


def _unsendable(letter: Letter) -> InvalidValue:
    told = _("The letter “{subject}” cannot be sent as it was written. Write its head in plain words.")
    return InvalidValue(told.fill(subject=shown(letter.subject)), "subject")
