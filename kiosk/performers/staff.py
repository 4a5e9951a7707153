"""Calling staff: told to the hall server, whose desks see the call until somebody has come."""

import logging
import threading
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from devices.failure import log_failure
from kiosk.backend.contract import BackendError, StaffDesk
from kiosk.hall.calls import StaffCall
from kiosk.visit.effects import CallStaff, Effect
from kiosk.visit.failures import Failure

log = logging.getLogger(__name__)

RETRY_SECONDS: Final = 5.0
"""Until a call that the hall server did not hear is told again."""
_KEPT: Final = 100


@dataclass(frozen=True, slots=True)
class Called:
    """One call of this kiosk."""

    at: datetime
    failure: Failure | None
    """None: the visitor asked for help."""


class StaffPerformer:
    """Logs each call, and tells the hall server of it on a thread of its own, best effort.

    Nothing waits for it: a call that the server does not hear is told again, in order, until it
    does; when there are too many, the oldest are given up. Those of a kiosk that is switched off
    are, too.
    """

    def __init__(
        self,
        desk: StaffDesk,
        kiosk_id: str,
        now: Callable[[], datetime],
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._desk = desk
        self._kiosk_id = kiosk_id
        self._now = now
        self._retry_seconds = retry_seconds
        self._changed = threading.Condition()
        self._stopping = False
        self._calls: deque[Called] = deque(maxlen=_KEPT)
        self._untold: deque[tuple[str, Called]] = deque(maxlen=_KEPT)
        """With the key under which each is told, however often."""
        self._thread = threading.Thread(target=self._run, name="staff-calls", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float = 10.0) -> None:
        """End the thread after the call that is being told."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def perform(self, effect: Effect) -> None:
        match effect:
            case CallStaff(failure):
                log.warning("staff called: %s", failure)
                call = Called(self._now(), failure)
                with self._changed:
                    self._calls.append(call)
                    self._untold.append((uuid.uuid4().hex, call))
                    self._changed.notify_all()
            case _:
                pass

    def wipe(self) -> None:
        """Nothing personal is in a call."""

    @property
    def calls(self) -> tuple[Called, ...]:
        """The calls of this kiosk since it was started, the newest last."""
        with self._changed:
            return tuple(self._calls)

    def _run(self) -> None:
        while (first := self._first_untold()) is not None:
            key, call = first
            if self._tell(key, call):
                with self._changed:
                    if self._untold and self._untold[0] is first:
                        self._untold.popleft()
            else:
                with self._changed:
                    self._changed.wait_for(lambda: self._stopping, self._retry_seconds)

    def _first_untold(self) -> tuple[str, Called] | None:
        """The call to tell next, once there is one; None: it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._untold or self._stopping)
            return None if self._stopping else self._untold[0]

    def _tell(self, key: str, call: Called) -> bool:
        """Whether the call is done with: heard, or never going to be."""
        failure = call.failure.name if call.failure else None
        try:
            self._desk.call_staff(StaffCall(self._kiosk_id, failure, call.at), key)
        except BackendError as error:
            log.log(
                logging.INFO if error.retryable else logging.ERROR,
                "the hall server has not taken a call for staff: %s",
                error,
            )
            return not error.retryable
        except Exception as error:  # noqa: BLE001 -- further calls are told, whatever the client raises
            log_failure(log, error, "staff could not be called")
        return True
