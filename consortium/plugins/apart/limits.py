"""What a guest's process may use, and how it binds itself to that before the guest is let in."""

import math
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from consortium.errors import InvalidValue
from consortium.i18n.message import _

MB = 1 << 20

#: of the control group of Linux: the process dies with the one that started it
_DIE_WITH_PARENT = 1


@dataclass(frozen=True)
class Limits:
    """What a guest's process may use.

    :ivar seconds: from the moment that the guest is let in until it has told everything
    :ivar grace: seconds that it may take besides, to start; afterwards it is ended from outside
    :ivar memory: of addresses, in bytes
    :ivar written: the largest file that it may write, in bytes
    :ivar files: how many it may have open at once
    :ivar restarts: how often a process that died is started again, without the part in which it did
    """

    seconds: float = 60
    grace: float = 10
    memory: int = 1024 * MB
    written: int = 256 * MB
    files: int = 64
    restarts: int = 2


def limits_of(environment: Mapping[str, str] = os.environ) -> Limits:
    """Read the limits from ``CONSORTIUM_GUEST_SECONDS`` and ``CONSORTIUM_GUEST_MEMORY`` (in MB).

    :raises InvalidValue: if one of them is no number above zero
    """
    seconds = _number(environment, "CONSORTIUM_GUEST_SECONDS", Limits.seconds)
    return Limits(seconds, int(_number(environment, "CONSORTIUM_GUEST_MEMORY", Limits.memory / MB) * MB))


def _number(environment: Mapping[str, str], name: str, usual: float) -> float:
    said = environment.get(name) or str(usual)
    with suppress(ValueError):
        if 0 < float(said) < math.inf:
            return float(said)
    raise InvalidValue(_("{name} is “{value}”. Set it to a number above zero.").fill(name=name, value=said[:40]))


def is_bound() -> bool:
    """Tell whether this system knows limits for processes; Windows does not."""
    return os.name == "posix"


def bind(limits: Limits) -> None:
    """Bind this process to ``limits``, for good.

    Other than root it may start no process and no thread either: the system counts those of the user, not of the process.
    """
    import resource

    seconds = math.ceil(limits.seconds + limits.grace)
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # a system that does not know this one keeps the others
            resource.setrlimit(what, (least, least))
    os.umask(0o077)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with suppress(Exception):
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def let_time_run(limits: Limits) -> None:
    """Let the guest's time begin: when it is over, the system ends this process, whatever it is doing."""
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
