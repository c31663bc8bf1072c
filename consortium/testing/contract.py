"""The contract suite in one line: ``TestContract = contract("consortium_fjell")``."""

from collections.abc import Callable
from typing import Any

import pytest

from consortium.proving import CLAIMS, Claim, Trial


def contract(plugin: str) -> type:
    """Make a class of tests, one for each claim that a plugin is held to.

    :param plugin: import name of its module, as in its entry point
    """
    trial = Trial(plugin)
    tests: dict[str, Any] = {f"test_{name}": _test(claim, trial) for name, claim in CLAIMS.items()}
    return type("Contract", (), {"__doc__": f"What {plugin} is held to.", **tests})


def _test(claim: Claim, trial: Trial) -> Callable[[object], None]:
    is_first = claim is next(iter(CLAIMS.values()))

    def test(_self: object) -> None:
        if not is_first and not trial.is_in:
            pytest.skip("it does not come in")
        if wrong := list(claim(trial)):
            pytest.fail("\n".join([f"{trial.name}: {claim.__doc__}", *(f"  {each}" for each in wrong)]), pytrace=False)

    test.__doc__ = claim.__doc__
    return test
