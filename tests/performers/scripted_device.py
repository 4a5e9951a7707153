"""A device whose driver does what a test tells it, while the real worker runs it."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from devices.command import Command, CommandFailed, DeviceGone
from devices.docket import Timing
from devices.driver import CommandRun
from devices.event import DeviceEvent, MediaInserted, MediaRemoved
from devices.status import DeviceState, DeviceStatus
from devices.worker import Device
from tests.performers.posted import PATIENCE

ONLINE = DeviceStatus(DeviceState.ONLINE)
_LOOK_SECONDS = 0.002


@dataclass(frozen=True, slots=True)
class _Marker(DeviceEvent):
    number: int


@dataclass
class Call:
    """A command that the driver is carrying out, and waits to be told how it ends."""

    command: Command[Any]
    run: CommandRun
    deaf: bool
    """It does not notice a cancel or the end of its time."""
    _outcome: "queue.SimpleQueue[object]" = field(default_factory=queue.SimpleQueue)
    ended: threading.Event = field(default_factory=threading.Event)
    """Its completion is on its way to whoever asked."""

    def returns(self, result: object) -> None:
        self._outcome.put(result)

    def raises(self, error: BaseException) -> None:
        self._outcome.put(error)

    @property
    def cancelled(self) -> bool:
        """Whether it is not wanted any more."""
        try:
            self.run.check()
        except CommandFailed:
            return True
        return False

    def outcome(self) -> object:
        """The driver's side: wait for the test, or for the command's end."""
        while True:
            try:
                outcome = self._outcome.get(timeout=PATIENCE if self.deaf else _LOOK_SECONDS)
            except queue.Empty:
                self.run.check()
                continue
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome


class ScriptedDriver:
    """Every command waits for the test."""

    poll_seconds = 0.01

    def __init__(self) -> None:
        self.now: DeviceStatus = ONLINE
        self.plugged = True
        self.deaf = False
        self._calls: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self._running: Call | None = None
        self._emit: Callable[[DeviceEvent], None] | None = None

    def open(self, emit: Callable[[DeviceEvent], None]) -> None:
        self._look()
        self._emit = emit

    def close(self) -> None:
        self._completed()

    def status(self) -> DeviceStatus:
        self._completed()
        return self.now

    def poll(self) -> None:
        self._look()

    def execute(self, command: Command[Any], run: CommandRun) -> object:
        call = Call(command, run, self.deaf)
        self._calls.put(call)
        self._running = call
        return call.outcome()

    def emit(self, event: DeviceEvent) -> None:
        assert self._emit is not None
        self._emit(event)

    def next_call(self) -> Call:
        return self._calls.get(timeout=PATIENCE)

    def idle(self) -> bool:
        """Whether no command has come that the test does not know of."""
        return self._calls.empty()

    def _completed(self) -> None:
        """The device looks at its driver again only after it has completed a command."""
        if self._running is not None:
            self._running.ended.set()
            self._running = None

    def _look(self) -> None:
        if not self.plugged:
            raise DeviceGone("unplugged by the test")


class ScriptedDevice:
    """The driver and its real device."""

    def __init__(self, name: str) -> None:
        self.driver = ScriptedDriver()
        self.device = Device(name, self.driver, Timing(reopen=(0.01,), grace=PATIENCE))
        self._changed = threading.Condition()
        self._marked = 0
        self._states: list[DeviceState] = []

    def start(self) -> None:
        self.device.start()
        self.wait_until(lambda: self.device.status.usable)

    def listen_last(self) -> None:
        """Notice what has been delivered to all who listened before."""
        self.device.subscribe(self._heard)

    def settle(self) -> None:
        """Return when all that the device has reported so far has been delivered."""
        wanted = self._marked + 1
        self.driver.emit(_Marker(wanted))
        with self._changed:
            assert self._changed.wait_for(lambda: self._marked >= wanted, PATIENCE)

    def wait_until(self, holds: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(holds, PATIENCE)

    def insert(self) -> None:
        self.driver.emit(MediaInserted())
        self.settle()

    def remove(self) -> None:
        self.driver.emit(MediaRemoved())
        self.settle()

    def unplug(self) -> None:
        """Pull the cable while no command runs."""
        self.driver.plugged = False
        self.wait_until(lambda: not self.device.status.usable)

    def replug(self) -> None:
        self.driver.plugged = True
        self.wait_until(lambda: self.device.status.usable)
        self.settle()

    def _heard(self, event: DeviceEvent) -> None:
        with self._changed:
            if isinstance(event, _Marker):
                self._marked = event.number
            self._changed.notify_all()
