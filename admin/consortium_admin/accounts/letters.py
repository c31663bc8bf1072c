"""Letters about accounts; each goes to the address that is kept, whatever was typed."""

from datetime import timedelta

from flask import current_app
from sqlalchemy.orm import Session

from consortium import clock
from consortium.i18n.message import Message, _
from consortium.models import Consortium
from consortium.services.letters import NewLetter, queue_letter
from consortium.services.policy import Principal
from consortium_admin.accounts.engine import INVITATION, RESET, security
from consortium_admin.accounts.tables import Account

#: under this name the app keeps what delivers letters, where it runs in this process
WORKER = "consortium-worker"


def new_password_link(account: Account, address: str) -> str:
    """Make a link to a new password, which can be used once and for an hour."""
    return f"{address}/password/new/{security().reset_serializer.dumps([account.fs_uniquifier])}"


def invitation_link(account: Account, address: str) -> str:
    """Make a link to the first password, which can be used once and for a week."""
    return f"{address}/invitation/{security().login_serializer.dumps([account.fs_uniquifier])}"


def send_new_password(session: Session, account: Account, consortium: Consortium, *, address: str) -> None:
    """Send a link to a new password."""
    link = new_password_link(account, address)
    body = _(
        "Hello {name},\n\nsomebody, we hope you, asked for a new password for your account here. Choose one within an hour:\n\n"
        "{link}\n\nIf it was not you, do nothing: your password stays as it is."
    )
    _send(session, account, consortium, _("A new password"), body, link=link, days=RESET.days + 1)


def send_invitation(
    session: Session, account: Account, consortium: Consortium, *, address: str, principal: Principal | None = None
) -> None:
    """Send a link to the first password."""
    link = invitation_link(account, address)
    body = _(
        "Hello {name},\n\nyou have an account here now. Choose a password within a week:\n\n{link}\n\n"
        "Then sign in with your e-mail address, {address}."
    )
    _send(session, account, consortium, _("Your account"), body, link=link, days=INVITATION.days)


def send_notice(session: Session, account: Account, consortium: Consortium, *, what: Message) -> None:
    """Tell the owner that something was changed in how one signs in, in case it was somebody else."""
    body = _(
        "Hello {name},\n\n{what}\n\nIf it was not you, choose a new password at once with “Forgotten your password?”, and "
        "tell the staff of the consortium."
    )
    _send(session, account, consortium, _("Your account was changed"), body.fill(what=what))


def wake() -> None:
    """Let letters leave at once, where somebody in this process delivers them."""
    if worker := current_app.extensions.get(WORKER):
        worker.wake()


def _send(
    session: Session,
    account: Account,
    consortium: Consortium,
    subject: Message,
    body: Message,
    *,
    link: str = "",
    days: int = 0,
) -> None:
    values = {"name": account.name, "link": link, "address": account.address}
    letter = NewLetter(
        kind="account",
        language=account.language,
        subject=subject.say(account.language),
        body=body.fill(**values).say(account.language),
        address=account.address,
        secret=link,
        expires=clock.today() + timedelta(days=days) if link else None,
    )
    queue_letter(session, None, consortium=consortium, new=letter)
