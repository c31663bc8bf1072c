"""A guest at the front desk for as long as a test takes."""

from typing import Any

import pytest

from consortium.plugins import Plugin, front_desk


def bring(monkeypatch: pytest.MonkeyPatch, hook: str, *things: Any, plugin: str = "guest") -> Plugin:
    """Let a plugin bring things by a hook, in the place of all that is installed."""
    desk, guest = front_desk(), Plugin(plugin, package=plugin)
    name = hook.removeprefix("consortium_")
    getattr(desk, name)  # what is installed has been asked for by then
    monkeypatch.setitem(desk._remembered, hook, [(guest, each) for each in things])
    monkeypatch.setitem(desk.__dict__, name, {each.key: each for each in things})
    return guest
