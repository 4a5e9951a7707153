"""A command on its way through a device."""

import threading
import time
from collections.abc import Callable
from typing import Any

from devices.command import Command, CommandFailed, Completion, CompletionCode, RequestId
from devices.event import DeviceEvent, Progress

OnCompletion = Callable[[Completion[Any]], None]


class Request:
    """One submitted command; implements `devices.driver.CommandRun`.

    `running` and `done` change under the lock of the `Device` that owns the request.
    """

    def __init__(
        self,
        request_id: RequestId,
        command: Command[Any],
        deadline: float | None,
        on_completion: OnCompletion,
        emit: Callable[[DeviceEvent, "Request | None"], None],
    ) -> None:
        self._request_id = request_id
        self.command = command
        self.deadline = deadline
        """On the monotonic clock; None: no time-out."""
        self.on_completion = on_completion
        self.running = False
        self.done = False
        self._emit = emit
        self._cancelled = threading.Event()
        self._cancelled_at: float | None = None

    def cancel(self) -> None:
        """Let the driver know that the command is not wanted any more."""
        if self._cancelled_at is None:
            self._cancelled_at = time.monotonic()
            self._cancelled.set()

    def given_up(self, grace: float) -> tuple[float, CompletionCode] | None:
        """When to complete the command without waiting for the driver any longer, and with what.

        A queued command ends when its time is over; one inside the driver has `grace` seconds
        more, as it has to be noticed there. None: never.
        """
        if not self.running:
            return None if self.deadline is None else (self.deadline, CompletionCode.TIME_OUT)
        ends = []
        if self._cancelled_at is not None:
            ends.append((self._cancelled_at + grace, CompletionCode.CANCELED))
        if self.deadline is not None:
            ends.append((self.deadline + grace, CompletionCode.TIME_OUT))
        return min(ends, default=None)

    # -- for the driver (CommandRun) ---------------------------------------------------------

    @property
    def request_id(self) -> RequestId:
        return self._request_id

    def check(self) -> None:
        if self._cancelled.is_set():
            raise CommandFailed(CompletionCode.CANCELED)
        if self.deadline is not None and time.monotonic() >= self.deadline:
            raise CommandFailed(CompletionCode.TIME_OUT)

    def wait(self, seconds: float) -> None:
        self._cancelled.wait(self.remaining(seconds))
        self.check()

    def remaining(self, at_most: float) -> float:
        if self.deadline is None:
            return at_most
        return max(0.0, min(at_most, self.deadline - time.monotonic()))

    def emit(self, event: DeviceEvent) -> None:
        self._emit(event, None)

    def progress(self, step: str, fraction: float) -> None:
        self._emit(Progress(self._request_id, step, fraction), self)
