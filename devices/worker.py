"""A device to the application: a thread, one command at a time, each completed exactly once."""

import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from devices.command import (
    Command,
    CommandFailed,
    Completion,
    CompletionCode,
    DeviceGone,
    RequestId,
)
from devices.driver import Driver
from devices.event import DeviceEvent, Progress, StatusChanged
from devices.status import DeviceState, DeviceStatus

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

OnCompletion = Callable[[Completion[Any]], None]
Listener = Callable[[DeviceEvent], None]

REOPEN_SECONDS = (0.2, 0.5, 1.0, 2.0)
"""Waits between attempts to open a device that is gone; the last one repeats."""

GRACE_SECONDS = 1.0
"""How far past its time a command may stay inside its driver before it is completed for it."""


@dataclass(slots=True)
class _Request:
    """A command on its way; implements `devices.driver.CommandRun`."""

    request_id: RequestId
    command: Command[Any]
    deadline: float | None
    on_completion: OnCompletion
    emit: Callable[[DeviceEvent], None]
    cancelled: threading.Event = field(default_factory=threading.Event)
    _completed: threading.Lock = field(default_factory=threading.Lock)

    def check(self) -> None:
        if self.cancelled.is_set():
            raise CommandFailed(CompletionCode.CANCELED)
        if self.deadline is not None and time.monotonic() >= self.deadline:
            raise CommandFailed(CompletionCode.TIME_OUT)

    def wait(self, seconds: float) -> None:
        self.cancelled.wait(self.remaining(seconds))
        self.check()

    def remaining(self, at_most: float) -> float:
        if self.deadline is None:
            return at_most
        return max(0.0, min(at_most, self.deadline - time.monotonic()))

    def progress(self, step: str, fraction: float) -> None:
        self.emit(Progress(self.request_id, step, fraction))

    def complete(self, code: CompletionCode, **rest: Any) -> None:
        """Deliver the completion, the first time only; what comes later is dropped."""
        if self._completed.acquire(blocking=False):
            _call(self.on_completion, Completion(self.request_id, code, **rest))


class Device:
    """A driver on a thread of its own.

    Commands are queued and carried out one at a time. Every submitted command ends in exactly one
    completion, whatever the driver does. A device that is unplugged is opened again when it is
    back, and reports its status as it changes. Listeners and completions are called on the
    device's threads: they must hand over and return.
    """

    def __init__(self, name: str, driver: Driver) -> None:
        self.name = name
        self._driver = driver
        self._queue: queue.Queue[_Request | None] = queue.Queue()
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._pending: dict[RequestId, _Request] = {}
        self._listeners: list[Listener] = []
        self._status = DeviceStatus(DeviceState.STARTING)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"device-{name}", daemon=True)
        self._watch = threading.Thread(
            target=self._watch_deadlines, name=f"watch-{name}", daemon=True
        )
        self._changed = threading.Condition(self._lock)

    # -- for the application ------------------------------------------------------------------

    def start(self) -> None:
        """Start the threads; the device is opened in the background."""
        self._thread.start()
        self._watch.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Cancel what is under way, close the driver and end the threads."""
        self._stopping.set()
        with self._changed:
            requests = list(self._pending.values())
            self._changed.notify_all()
        for request in requests:
            request.cancelled.set()
        self._queue.put(None)
        for thread in (self._thread, self._watch):
            if thread.is_alive():
                thread.join(seconds)
        for request in requests:
            self._finish(request, CompletionCode.CANCELED)

    @property
    def status(self) -> DeviceStatus:
        return self._status

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called with every event; returns the function that ends it."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def submit(
        self,
        command: Command[ResultT],
        on_completion: Callable[[Completion[ResultT]], None],
        *,
        timeout: float = 0.0,
    ) -> RequestId:
        """Queue a command. `timeout` is in seconds from now; 0 means none (XFS4IoT)."""
        deadline = time.monotonic() + timeout if timeout else None
        with self._changed:
            request = _Request(
                RequestId(next(self._ids)), command, deadline, on_completion, self._emit
            )
            self._pending[request.request_id] = request
            self._changed.notify_all()
        if self._stopping.is_set():
            self._finish(request, CompletionCode.CANCELED)
        else:
            self._queue.put(request)
        return request.request_id

    def cancel(self, request_id: RequestId) -> None:
        """Ask a command to end; it still completes once, as canceled unless it was faster."""
        with self._lock:
            request = self._pending.get(request_id)
        if request is not None:
            request.cancelled.set()

    # -- the device's thread --------------------------------------------------------------------

    def _run(self) -> None:
        attempt = 0
        while not self._stopping.is_set():
            if not self._open():
                wait = REOPEN_SECONDS[min(attempt, len(REOPEN_SECONDS) - 1)]
                attempt += 1
                self._refuse_for(wait)
                continue
            attempt = 0
            try:
                self._serve()
            except DeviceGone as gone:
                log.warning("device %s is gone: %s", self.name, gone.detail)
                self._close()
                self._set_status(DeviceStatus(DeviceState.NO_DEVICE, gone.detail))
            else:
                self._close()

    def _open(self) -> bool:
        try:
            self._driver.open(self._emit)
        except DeviceGone as gone:
            self._set_status(DeviceStatus(DeviceState.NO_DEVICE, gone.detail))
            return False
        except Exception:
            log.exception("device %s could not be opened", self.name)
            self._set_status(DeviceStatus(DeviceState.HARDWARE_ERROR, "could not be opened"))
            return False
        self._set_status(self._driver.status())
        return True

    def _close(self) -> None:
        try:
            self._driver.close()
        except Exception:
            log.exception("device %s could not be closed", self.name)

    def _serve(self) -> None:
        """Carry out commands until the device is gone (DeviceGone) or the application stops."""
        while not self._stopping.is_set():
            try:
                request = self._queue.get(timeout=self._driver.poll_seconds)
            except queue.Empty:
                self._poll()
            else:
                if request is not None:
                    self._execute(request)
            self._set_status(self._driver.status())

    def _poll(self) -> None:
        try:
            self._driver.poll()
        except DeviceGone:
            raise
        except Exception as error:
            log.exception("device %s failed while idle", self.name)
            raise DeviceGone("failed while idle; it is opened again") from error

    def _execute(self, request: _Request) -> None:
        try:
            request.check()
            result = self._driver.execute(request.command, request)
        except DeviceGone as gone:
            self._finish(request, gone.code, detail=gone.detail)
            raise
        except CommandFailed as failed:
            self._finish(request, failed.code, error_code=failed.error_code, detail=failed.detail)
        except Exception as error:
            log.exception(
                "device %s: driver error in %s", self.name, type(request.command).__name__
            )
            self._finish(request, CompletionCode.INTERNAL_ERROR, detail=type(error).__name__)
        else:
            self._finish(request, CompletionCode.SUCCESS, result=result)

    def _refuse_for(self, seconds: float) -> None:
        """While the device is not there, commands end as deviceNotReady instead of waiting."""
        until = time.monotonic() + seconds
        while not self._stopping.is_set() and (left := until - time.monotonic()) > 0:
            try:
                request = self._queue.get(timeout=left)
            except queue.Empty:
                return
            if request is not None:
                self._finish(request, CompletionCode.DEVICE_NOT_READY, detail=self._status.detail)

    # -- both threads -----------------------------------------------------------------------------

    def _watch_deadlines(self) -> None:
        """Complete commands whose driver does not come back, so that nobody waits for ever."""
        while not self._stopping.is_set():
            now = time.monotonic()
            with self._changed:
                overdue = [
                    r
                    for r in self._pending.values()
                    if r.deadline is not None and r.deadline + GRACE_SECONDS <= now
                ]
                if not overdue:
                    deadlines = [
                        r.deadline for r in self._pending.values() if r.deadline is not None
                    ]
                    nearest = min(deadlines, default=None)
                    self._changed.wait(None if nearest is None else nearest + GRACE_SECONDS - now)
                    continue
            for request in overdue:
                log.error("device %s: the driver overran a time-out", self.name)
                self._finish(request, CompletionCode.TIME_OUT, detail="driver did not come back")

    def _finish(self, request: _Request, code: CompletionCode, **rest: Any) -> None:
        with self._lock:
            self._pending.pop(request.request_id, None)
        request.complete(code, **rest)

    def _set_status(self, status: DeviceStatus) -> None:
        if status != self._status:
            self._status = status
            self._emit(StatusChanged(status))

    def _emit(self, event: DeviceEvent) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            _call(listener, event)


def _call(function: Callable[[Any], None], argument: object) -> None:
    """Call into the application; its errors must not end the device's thread."""
    try:
        function(argument)
    except Exception:
        log.exception("a listener failed")
