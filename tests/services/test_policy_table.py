"""The policy says of each kind of record, and of each verb, what the table says."""

from consortium.services import policy
from consortium.testing import Make
from tests.services.policy_table import stage, wrong


def test_the_policy_says_what_the_table_says(make: Make) -> None:
    on = stage(make)
    found = list(wrong(policy, on))

    assert all(on.rows.values()), "make one of each kind, so that its rule is tried"
    assert not found, "\n".join(found[:50])
