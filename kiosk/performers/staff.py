"""Calling staff: what the desks see until somebody has come."""

import logging
import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from kiosk.visit.effects import CallStaff, Effect
from kiosk.visit.failures import Failure

log = logging.getLogger(__name__)

_KEPT: Final = 100


@dataclass(frozen=True, slots=True)
class StaffCall:
    """One call, as staff see it."""

    at: datetime
    failure: Failure | None
    """None: the visitor asked for help."""


class StaffPerformer:
    """Keeps the calls of this kiosk, the newest last, and logs each with its code."""

    def __init__(self, kiosk_id: str) -> None:
        self._kiosk_id = kiosk_id
        self._lock = threading.Lock()
        self._calls: deque[StaffCall] = deque(maxlen=_KEPT)

    def perform(self, effect: Effect) -> None:
        match effect:
            case CallStaff(failure):
                with self._lock:
                    self._calls.append(StaffCall(datetime.now(UTC), failure))
                log.warning("staff called: %s", failure)
            case _:
                pass

    def wipe(self) -> None:
        """Nothing personal is in a call."""

    @property
    def calls(self) -> tuple[StaffCall, ...]:
        with self._lock:
            return tuple(self._calls)
