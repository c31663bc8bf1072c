"""Pages of plugins: closed for everyone unless they say who may open them."""

import pytest

from consortium.errors import NotFound
from consortium.services.pages import may_open, page_document, pages_for
from consortium.services.policy import Principal, Role
from consortium.services.switches import switch
from consortium.testing import TODAY, Make
from tests.services.guests import Cellar, Chart, Log, open_desk

OVERSEERS = {Role.ADMINISTRATOR, Role.STAFF, Role.AUDITOR}


class Misspelt(Chart):
    """A page whose author has written a word for its readers that we do not know."""

    key = "misspelt"
    readers = "everybody"  # type: ignore[assignment]  # that is what is tried


@pytest.mark.parametrize(
    ("page", "roles"), [(Cellar(), set()), (Misspelt(), set()), (Chart(), OVERSEERS), (Log(), set(Role))]
)
def test_a_page_is_for_the_readers_it_names_and_without_them_for_nobody(page: Chart, roles: set[Role]) -> None:
    assert {role for role in Role if may_open(Principal("Liv Lind", role, 1), page)} == roles


def test_a_closed_page_a_foreign_one_and_one_that_is_off_are_refused_alike(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_desk(monkeypatch, *(f"consortium.services.{name}" for name in ("pages", "switches", "reporting")))
    switch(make.session, make.operator, consortium=make.home, plugin="coast", variant="log", is_on=False)
    member = make.principal(Role.MEMBER)

    assert [page.key for page in pages_for(member)] == ["log"]
    for key in ("cellar", "chart", "log", "nowhere"):
        with pytest.raises(NotFound, match=f"There is no page “{key}”"):
            page_document(make.session, member, consortium=make.home, key=key, day=TODAY, language="nb")
