"""Keeps what is in memory out of core dumps and swap: personal data is never at rest."""

import ctypes
import logging
import os
import resource
from typing import Final

from kiosk.logs import Technical

log = logging.getLogger(__name__)

_PR_SET_DUMPABLE: Final = 4
_MCL_CURRENT: Final = 1
_MCL_FUTURE: Final = 2
_MCL_ONFAULT: Final = 4
"""Pages are locked as they are used, so that nothing is loaded for it."""


def forbid_core_dumps() -> None:
    """No core dump of this process, and no other user's debugger (Linux: prctl(2))."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0):
        log.warning("core dumps: %s", Technical(os.strerror(ctypes.get_errno())))


def lock_memory() -> bool:
    """Keep this process out of the swap (mlockall(2)); False where the system does not allow it.

    It is allowed to root, or with a high enough limit: ``LimitMEMLOCK=infinity`` in systemd.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mlockall(_MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT) == 0:
        return True
    log.warning(
        "memory may be swapped out: %s; set LimitMEMLOCK=infinity, or switch swap off",
        Technical(os.strerror(ctypes.get_errno())),
    )
    return False
