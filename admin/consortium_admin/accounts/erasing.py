"""What is kept of a person who has an account: gone when the person is erased."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consortium_admin.accounts.tables import Account, Identity, Passkey, Receipt, SignIn


def called(session: Session, people: Collection[int]) -> tuple[frozenset[str], frozenset[str]]:
    """Tell the names and addresses of the accounts of people, which may be others than theirs."""
    found = session.execute(select(Account.name, Account.address).where(Account.person_id.in_(people))).all()
    return frozenset(each.name for each in found), frozenset(each.address for each in found)


def erase_account(session: Session, people: Collection[int]) -> None:
    """Remove the accounts of people with all that lets somebody into them, and where forms have led."""
    connection = session.connection()
    own = connection.scalars(select(Account.id).where(Account.person_id.in_(people))).all()
    for kind in (SignIn, Passkey, Identity):
        connection.execute(delete(kind).where(kind.account_id.in_(own)))
    connection.execute(delete(Account).where(Account.id.in_(own)))
    connection.execute(delete(Receipt))  # each says in an address which record it was about
