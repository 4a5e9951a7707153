"""Watching a camera, for whoever sets it up: what is accepted, what is not, what it reports."""

import queue
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import cast

from devices.camera.contract import (
    DocumentReading,
    GuidanceChanged,
    PreviewSource,
    ReadDocument,
)
from devices.camera.driver import CameraDriver
from devices.camera.frame import Pixels
from devices.command import Completion, CompletionCode
from devices.driver import Driver
from devices.event import DeviceEvent, MediaInserted, MediaRemoved, StatusChanged
from devices.worker import Device

Report = Callable[[str, str], None]
"""Takes what has changed (guidance, status, settings, reading) and how it is now."""

_PATIENCE_SECONDS = 1.0
"""A document that lies well is accepted sooner; afterwards its doubts are of interest."""
_REST_SECONDS = 0.2
_FAILED_SECONDS = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What became of something that lies under the camera."""

    reading: DocumentReading | None
    """What was accepted; None: nothing was, yet."""
    picture: Pixels | None
    """The newest picture of it."""
    milliseconds: float
    """Since it was laid down."""


def watch(driver: Driver, seconds: float, report: Report) -> Generator[Outcome, None, None]:
    """Read with a camera for so many seconds, or with 0 until the generator is closed.

    What is accepted is yielded once, and again when something else has been read or it is laid down
    again; what lies there and is not accepted, once a second. `report` is called on a thread of the
    device.
    """
    listener = Listener(driver, report)
    until = time.monotonic() + seconds if seconds > 0 else None
    with Device("camera", driver) as device:
        device.subscribe(listener.hear)
        while True:
            left = 0.0 if until is None else until - time.monotonic()
            if left < 0:
                return
            listener.began = time.monotonic()
            device.submit(ReadDocument(), listener.completed, timeout=left)
            while (end := listener.end(_PATIENCE_SECONDS)) is None:
                if (unread := listener.unread()) is not None:
                    yield unread
            if end.outcome is not None:
                yield end.outcome
            time.sleep(end.rest)


@dataclass(frozen=True, slots=True)
class End:
    """How a command ended, for the watcher: with something new, or not."""

    outcome: Outcome | None
    rest: float
    """Seconds to wait before the next one."""


class Listener:
    """Knows what lies there. Told of everything on the device's thread, in order of happening."""

    def __init__(self, driver: Driver, report: Report) -> None:
        self._driver = driver
        self._preview = cast("PreviewSource", driver).preview
        self._report = report
        self._reported: dict[str, str] = {}
        self._ends: queue.SimpleQueue[End] = queue.SimpleQueue()
        self._laid: float | None = None
        self._last: DocumentReading | None = None
        self.began = 0.0
        """When the command was given that runs now."""

    def hear(self, event: DeviceEvent) -> None:
        match event:
            case MediaInserted():
                self._laid, self._last = time.monotonic(), None
            case MediaRemoved():
                self._laid = None
            case GuidanceChanged():
                self._tell("guidance", event.guidance.value)
            case StatusChanged():
                detail = f" ({event.status.detail})" if event.status.detail else ""
                self._tell("status", f"{event.status.device.value}{detail}")
                if isinstance(self._driver, CameraDriver) and self._driver.described:
                    self._tell("settings", self._driver.described)

    def completed(self, completion: Completion[DocumentReading]) -> None:
        outcome, rest = None, _REST_SECONDS
        if completion.code is CompletionCode.SUCCESS:
            if completion.result != self._last:
                outcome = self._outcome(completion.result)
            self._last = completion.result
        elif completion.code is not CompletionCode.TIME_OUT:
            self._tell("reading", f"{completion.code.value}: {completion.detail}")
            rest = _FAILED_SECONDS
        self._ends.put(End(outcome, rest))

    def end(self, seconds: float) -> End | None:
        """Return how the command ended, None when it has not within so many seconds."""
        try:
            return self._ends.get(timeout=seconds)
        except queue.Empty:
            return None

    def unread(self) -> Outcome | None:
        """Return what has lain there for a while, None when there is nothing."""
        laid = self._laid
        if laid is None or time.monotonic() - laid < _PATIENCE_SECONDS:
            return None
        return self._outcome(None)

    def _outcome(self, reading: DocumentReading | None) -> Outcome:
        frame = self._preview.get()
        since = self.began if self._laid is None else self._laid
        picture = None if frame is None else frame.image
        return Outcome(reading, picture, (time.monotonic() - since) * 1000)

    def _tell(self, what: str, value: str) -> None:
        if self._reported.get(what) != value:
            self._reported[what] = value
            self._report(what, value)
