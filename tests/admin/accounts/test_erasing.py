"""Whoever is erased has no account any more, and is signed in nowhere."""

from sqlalchemy import select

from consortium.models import Consortium, Organisation, Person
from consortium.services.erasing import erase_person
from consortium.services.policy import operator
from consortium.testing import Make
from consortium_admin.accounts.tables import Account, Identity, SignIn
from tests.admin.accounts.house import ADDRESS, House


def test_an_account_is_gone_with_its_person(house: House) -> None:
    number = house.person_account()
    house.account("olga@example.org")
    browser = house.browser()
    browser.sign_in()
    assert browser.is_in()
    with house.database.write() as session:
        session.add(
            Identity(account_id=number, issuer="https://id.example.org", subject="liv", made_at=house.found().made_at)
        )

    with house.database.write() as session:
        make = Make(house.database, session)
        make.__dict__["home"] = session.scalars(select(Consortium)).one()
        make.organisation("Laget til Liv L. Lind", key="laget")
        session.get_one(Account, number).name = "Liv L. Lind"
        session.flush()
    with house.database.write() as session:
        key = session.scalars(select(Person.key)).one()
        home = session.scalars(select(Consortium)).one()
        erase_person(session, operator("Olga Operatør"), home=home, key=key)

    assert not browser.is_in()
    assert [house.count(table) for table in (Account, SignIn, Identity)] == [1, 0, 0]
    with house.database.read() as session:
        assert ADDRESS not in session.scalars(select(Account.address)).all()
        assert "Liv L. Lind" not in str([each.to_json() for each in session.scalars(select(Organisation.name))])
