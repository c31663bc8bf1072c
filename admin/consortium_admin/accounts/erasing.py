"""What is kept of a person who has an account: gone when the person is erased."""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from consortium.models.pseudonym import Pseudonym
from consortium_admin.accounts.tables import Account, Identity, Passkey, Receipt, SignIn


def erase_account(session: Session, person: int, pseudonym: Pseudonym) -> None:
    """Remove the account of a person, with all that lets somebody into it, and where their forms have led."""
    connection = session.connection()
    own = connection.scalars(select(Account.id).where(Account.person_id == person)).all()
    for kind in (SignIn, Passkey, Identity):
        connection.execute(delete(kind).where(kind.account_id.in_(own)))
    connection.execute(delete(Account).where(Account.id.in_(own)))
    led = [Receipt.address.contains(key, autoescape=True) for key in sorted(pseudonym.keys)]
    connection.execute(delete(Receipt).where(or_(*led)))
