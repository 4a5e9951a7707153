"""What a device's threads and the application share: commands, listeners, status; one lock."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from devices.command import Completion, CompletionCode, RequestId
from devices.event import DeviceEvent, StatusChanged
from devices.outbox import Outbox
from devices.request import Request
from devices.status import DeviceState, DeviceStatus

log = logging.getLogger(__name__)

Listener = Callable[[DeviceEvent], None]


@dataclass(frozen=True, slots=True)
class Timing:
    """How patient a device's worker is; all in seconds."""

    reopen: tuple[float, ...] = (0.2, 0.5, 1.0, 2.0)
    """Waits between attempts to open a device that is not there; the last one repeats."""
    grace: float = 1.0
    """How long a driver may take to notice a cancel or the end of a command's time."""
    hang: float = 10.0
    """How long open, close and poll may take before the device counts as not answering."""

    def __post_init__(self) -> None:
        if not self.reopen:
            raise ValueError("a device is opened again after some time: reopen is empty")


class Docket:
    """The commands of one device from submission to their one completion, its events and status.

    Nothing of the application is called with the lock held: events and completions are posted to
    an `Outbox` in the order in which they happen, and delivered by its thread.
    """

    def __init__(self, name: str, timing: Timing) -> None:
        self.status = DeviceStatus(DeviceState.STARTING)
        self.stopping = threading.Event()
        self.outbox = Outbox(f"events-{name}", self._look_after)
        self._name = name
        self._timing = timing
        self._lock = threading.Lock()
        self._work = threading.Condition(self._lock)
        self._queue: deque[Request] = deque()
        self._pending: dict[RequestId, Request] = {}
        self._listeners: dict[object, Listener] = {}
        self._absent = False
        """Opening failed, and the next attempt is still to come."""
        self._hung = False
        """The driver has been inside one call for too long."""
        self._call_since: float | None = None
        """When the driver was called for something that has no time-out of its own."""

    # -- for the application ------------------------------------------------------------------

    def add(self, request: Request) -> None:
        """Queue a request; refuse it when the device is not there, cancel it after the end."""
        with self._lock:
            stopped = self.stopping.is_set()
            if not stopped:
                self._pending[request.request_id] = request
                self._queue.append(request)
                if self._absent or self._hung:
                    self._refuse_queued()
                self._work.notify()
        if stopped:
            # Without the lock: an outbox that has ended calls the receiver at once.
            canceled: Completion[Any] = Completion(
                request.request_id, CompletionCode.CANCELED, begun=False
            )
            self.outbox.post(request.on_completion, canceled)
        elif request.deadline is not None:
            self.outbox.wake()

    def cancel(self, request_id: RequestId) -> None:
        with self._lock:
            if (request := self._pending.get(request_id)) is None:
                return
            request.cancel()
            if not request.running:
                self._complete(request, CompletionCode.CANCELED)
        self.outbox.wake()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        key = object()
        with self._lock:
            self._listeners[key] = listener

        def unsubscribe() -> None:
            with self._lock:
                self._listeners.pop(key, None)

        return unsubscribe

    def stop(self) -> None:
        """Cancel everything and take nothing more; what runs has to be noticed by the driver."""
        with self._lock:
            self.stopping.set()
            for request in list(self._pending.values()):
                request.cancel()
                if not request.running:
                    self._complete(request, CompletionCode.CANCELED)
            self._work.notify_all()
        self.outbox.wake()

    def end(self) -> None:
        """After `stop`: complete what the driver has not given back."""
        with self._lock:
            for request in list(self._pending.values()):
                self._complete(request, CompletionCode.CANCELED)
            self._change_status(DeviceStatus(DeviceState.OFFLINE, "stopped"))

    # -- for the device's thread --------------------------------------------------------------

    def next_request(self, seconds: float) -> Request | None:
        """The next command to carry out, or None when there was none for so long."""
        until = time.monotonic() + seconds
        with self._lock:
            while not self._queue and not self.stopping.is_set():
                left = until - time.monotonic()
                if left <= 0:
                    return None
                self._work.wait(left)
            if not self._queue:
                return None
            request = self._queue.popleft()
            request.running = True
            return request

    def finish(self, request: Request, code: CompletionCode, **rest: Any) -> None:
        """The driver has come back from a command."""
        with self._lock:
            self._hung = False
            self._complete(request, code, **rest)

    @contextmanager
    def watched_call(self) -> Iterator[None]:
        """Have the time inside a call into the driver watched."""
        with self._lock:
            self._call_since = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self._call_since = None
                self._hung = False

    def set_absent(self, absent: bool) -> None:
        """Whether the device is there; while it is not, commands are refused at once."""
        with self._lock:
            self._absent = absent
            if absent:
                self._refuse_queued()

    def set_status(self, status: DeviceStatus) -> bool:
        """Report the status, if it is another one; returns whether it is."""
        with self._lock:
            return not self.stopping.is_set() and self._change_status(status)

    def emit(self, event: DeviceEvent, during: Request | None = None) -> None:
        """Post an event, unless it belongs to a command that has ended.

        A changed status that a driver reports, while a command runs for example, is the status.
        """
        with self._lock:
            if self.stopping.is_set() or (during is not None and during.done):
                return
            if isinstance(event, StatusChanged):
                self._change_status(event.status)
            else:
                self._post(event)

    # -- for the outbox's thread ----------------------------------------------------------------

    def _look_after(self) -> float:
        """Complete commands whose driver does not come back, so that nobody waits for ever.

        Returns the seconds until this has to be looked at again.
        """
        now = time.monotonic()
        nearest = now + self._timing.hang
        with self._lock:
            for request in list(self._pending.values()):
                when, code = request.given_up(self._timing.grace) or (nearest, None)
                if when > now or code is None:
                    nearest = min(nearest, when)
                elif request.running:
                    self._complete(request, code, detail="the driver did not come back")
                    self._driver_hangs()
                else:
                    self._complete(request, code)
            if self._call_since is not None and not self._hung:
                limit = self._call_since + self._timing.hang
                if limit > now:
                    nearest = min(nearest, limit)
                else:
                    self._driver_hangs()
        return nearest - now

    # -- with the lock held ---------------------------------------------------------------------

    def _driver_hangs(self) -> None:
        log.error(f"device {self._name}: the driver does not come back")
        self._hung = True
        if not self.stopping.is_set():
            self._change_status(
                DeviceStatus(DeviceState.HARDWARE_ERROR, "does not answer: unplug and replug it")
            )
        self._refuse_queued()

    def _refuse_queued(self) -> None:
        for request in list(self._queue):
            self._complete(request, CompletionCode.DEVICE_NOT_READY, detail=self.status.detail)

    def _complete(self, request: Request, code: CompletionCode, **rest: Any) -> None:
        """Post the completion, the first time only; what comes later is dropped."""
        if request.done:
            return
        request.done = True
        del self._pending[request.request_id]
        if not request.running:
            self._queue.remove(request)
        rest.setdefault("begun", request.running)
        self.outbox.post(request.on_completion, Completion(request.request_id, code, **rest))

    def _change_status(self, status: DeviceStatus) -> bool:
        if status == self.status:
            return False
        self.status = status
        self._post(StatusChanged(status))
        return True

    def _post(self, event: DeviceEvent) -> None:
        for key in self._listeners:
            self.outbox.post(self._tell, (key, event))

    # -- called by the outbox, without the lock ---------------------------------------------------

    def _tell(self, told: tuple[object, DeviceEvent]) -> None:
        key, event = told
        with self._lock:
            listener = self._listeners.get(key)
        if listener is not None:
            listener(event)
