"""A device to the application: a thread, one command at a time, each completed exactly once."""

import itertools
import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from devices.command import (
    Command,
    CommandFailed,
    Completion,
    CompletionCode,
    DeviceGone,
    RequestId,
)
from devices.docket import Docket, Listener, Timing
from devices.driver import Driver
from devices.failure import log_failure
from devices.request import Request
from devices.status import DeviceState, DeviceStatus

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

SHORTEST_POLL_SECONDS = 0.01
"""However often a driver wants to be polled, its thread rests this long in between."""


class Device:
    """A driver on a thread of its own.

    Commands are queued and carried out one at a time. Every submitted command ends in exactly one
    completion, whatever the driver does. A device that is unplugged is opened again when it is
    back, and reports its status as it changes. While it is not there, or its driver hangs, commands
    end at once as deviceNotReady.

    Listeners and completions are called one after the other, in the order in which things
    happened, on a thread that belongs to the device. They should hand over and return.
    """

    def __init__(self, name: str, driver: Driver, timing: Timing | None = None) -> None:
        self.name = name
        self._driver = driver
        self._timing = timing or Timing()
        self._docket = Docket(name, self._timing)
        self._ids = itertools.count(1)
        self._thread = threading.Thread(target=self._run, name=f"device-{name}", daemon=True)

    # -- for the application ------------------------------------------------------------------

    def start(self) -> None:
        """Start the threads; the device is opened in the background."""
        self._docket.outbox.start()
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Cancel all commands, close the driver and end the threads.

        Every command has had its completion when this returns. A driver that hangs for `seconds`
        is left behind on its thread, which does not keep the process alive; so are listeners.
        """
        self._docket.stop()
        if self._thread.is_alive():
            self._thread.join(seconds)
            if self._thread.is_alive():
                log.error(f"device {self.name}: the driver did not come back for the end")
        self._docket.end()
        self._docket.outbox.close(seconds)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def status(self) -> DeviceStatus:
        """The status as last known; never waits."""
        return self._docket.status

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called with every event; returns the function that ends it.

        Once that has returned, no further event is delivered (one may be under way).
        """
        return self._docket.subscribe(listener)

    def submit(
        self,
        command: Command[ResultT],
        on_completion: Callable[[Completion[ResultT]], None],
        *,
        timeout: float = 0.0,
    ) -> RequestId:
        """Queue a command. `timeout` is in seconds from now; 0 means none (XFS4IoT).

        The completion may arrive before this returns. After `stop` it is canceled, and
        `on_completion` is called on the caller's own thread.

        Raises:
            ValueError: a negative time-out.
        """
        if not timeout >= 0.0:
            raise ValueError(f"a time-out is 0 (none) or positive, not {timeout}")
        deadline = time.monotonic() + timeout if timeout else None
        request_id = RequestId(next(self._ids))
        self._docket.add(Request(request_id, command, deadline, on_completion, self._docket.emit))
        return request_id

    def cancel(self, request_id: RequestId) -> None:
        """Ask a command to end; it still completes once, as canceled unless it was faster.

        A command that still waits completes at once; one that runs, as soon as the driver notices.
        """
        self._docket.cancel(request_id)

    def call(self, command: Command[ResultT], *, timeout: float = 0.0) -> Completion[ResultT]:
        """Carry out a command and wait for its end: for command lines and tests, never for a UI.

        Not to be called by a listener: the completion comes on that same thread.
        """
        completions: list[Completion[ResultT]] = []
        done = threading.Event()

        def completed(completion: Completion[ResultT]) -> None:
            completions.append(completion)
            done.set()

        self.submit(command, completed, timeout=timeout)
        done.wait()
        return completions[0]

    # -- the device's thread --------------------------------------------------------------------

    def _run(self) -> None:
        failures = 0
        """How often in a row the device was not there, or gone before it had done anything."""
        while not self._docket.stopping.is_set():
            if failures:
                self._docket.set_absent(True)
                waits = self._timing.reopen
                self._docket.stopping.wait(waits[min(failures, len(waits)) - 1])
            if not self._docket.stopping.is_set():
                failures = 0 if self._open() and self._serve() else failures + 1

    def _open(self) -> bool:
        try:
            with self._docket.watched_call():
                self._driver.open(self._docket.emit)
        except DeviceGone as gone:
            self._lost(gone)
            return False
        except BaseException as error:  # noqa: BLE001 -- whatever a driver raises, its thread goes on
            detail = error.detail if isinstance(error, CommandFailed) else "could not be opened"
            self._failed(error, detail)
            return False
        self._docket.set_absent(False)
        return True

    def _serve(self) -> bool:
        """Carry out commands until the device is gone or the application stops.

        Returns whether the device has worked at all, so that it is worth to open it again at once.
        """
        worked = False
        try:
            self._docket.set_status(self._driver.status())
            while not self._docket.stopping.is_set():
                pause = max(SHORTEST_POLL_SECONDS, self._driver.poll_seconds)
                if (request := self._docket.next_request(pause)) is not None:
                    self._execute(request)
                elif not self._docket.stopping.is_set():
                    with self._docket.watched_call():
                        self._driver.poll()
                worked = True
                self._docket.set_status(self._driver.status())
        except DeviceGone as gone:
            self._lost(gone)
        except BaseException as error:  # noqa: BLE001 -- as above
            self._failed(error, "failed while idle; it is opened again")
        self._close()
        return worked

    def _lost(self, gone: DeviceGone) -> None:
        status = DeviceStatus(DeviceState.NO_DEVICE, gone.detail)
        if self._docket.set_status(status):
            log.warning(f"device {self.name} is gone: {gone.detail}")

    def _failed(self, error: BaseException, detail: str) -> None:
        if self._docket.set_status(DeviceStatus(DeviceState.HARDWARE_ERROR, detail)):
            log_failure(log, error, f"device {self.name}: {detail}")

    def _close(self) -> None:
        try:
            with self._docket.watched_call():
                self._driver.close()
        except BaseException as error:  # noqa: BLE001 -- as above
            log_failure(log, error, f"device {self.name} could not be closed")

    def _execute(self, request: Request) -> None:
        code, rest = CompletionCode.SUCCESS, dict[str, Any]()
        try:
            request.check()
        except CommandFailed as over:
            self._docket.finish(request, over.code, begun=False)
            return
        try:
            rest["result"] = self._driver.execute(request.command, request)
        except CommandFailed as failed:
            code, rest = failed.code, {"error_code": failed.error_code, "detail": failed.detail}
            if isinstance(failed, DeviceGone):
                raise
        except BaseException as error:  # noqa: BLE001 -- as above
            command = type(request.command).__name__
            log_failure(log, error, f"device {self.name}: driver error in {command}")
            code, rest = CompletionCode.INTERNAL_ERROR, {"detail": type(error).__name__}
        finally:
            self._docket.finish(request, code, **rest)
