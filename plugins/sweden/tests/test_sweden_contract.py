"""The plugin is held to what every plugin is held to."""

from consortium.testing import contract

TestContract = contract("consortium_sweden")
