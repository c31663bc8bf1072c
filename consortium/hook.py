"""The marker that a plugin puts on its answers."""

import pluggy

#: marks a function as the answer to a hook of :mod:`consortium.hookspecs`
hookimpl = pluggy.HookimplMarker("consortium")
