"""A driver that does what a test tells it, step by step, without any sleeping."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from devices.command import Command, Completion
from devices.driver import CommandRun
from devices.event import DeviceEvent, StatusChanged
from devices.status import DeviceState, DeviceStatus

PATIENCE = 20.0
"""Seconds after which a test gives up waiting for something that must happen."""

ONLINE = DeviceStatus(DeviceState.ONLINE)


@dataclass(frozen=True, slots=True)
class Work(Command[str]):
    """A command of the scripted device."""

    name: str = "work"


@dataclass
class Call:
    """The driver is inside one of its methods and waits to be told how to end it."""

    method: str
    command: Work | None = None
    run: CommandRun | None = None
    _outcome: "queue.SimpleQueue[object]" = field(default_factory=queue.SimpleQueue)

    def returns(self, result: object = None) -> None:
        self._outcome.put(result)

    def raises(self, error: BaseException) -> None:
        self._outcome.put(error)

    def outcome(self) -> object:
        outcome = self._outcome.get(timeout=PATIENCE)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


class ScriptedDriver:
    """Methods named in `scripted` wait for the test; all others succeed at once."""

    def __init__(self, *scripted: str) -> None:
        self.poll_seconds = 0.01
        self.scripted = set(scripted)
        self.now = ONLINE
        self.fail: dict[str, list[BaseException]] = {}
        """Per method the errors that its next calls raise."""
        self.done: list[str] = []
        """Methods that have been called, without polls and status."""
        self._calls: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self._emit: Callable[[DeviceEvent], None] | None = None

    def next_call(self, method: str) -> Call:
        """Wait until the driver is inside a scripted method."""
        call = self._calls.get(timeout=PATIENCE)
        assert call.method == method
        return call

    def emit(self, event: DeviceEvent) -> None:
        assert self._emit is not None
        self._emit(event)

    def open(self, emit: Callable[[DeviceEvent], None]) -> None:
        self._emit = emit
        self._enter(Call("open"))

    def close(self) -> None:
        self._enter(Call("close"))

    def status(self) -> DeviceStatus:
        self._raise("status")
        return self.now

    def poll(self) -> None:
        self._enter(Call("poll"))

    def execute(self, command: Command[Any], run: CommandRun) -> object:
        assert isinstance(command, Work)
        return self._enter(Call("execute", command, run)) or command.name

    def _enter(self, call: Call) -> object:
        if call.method != "poll":
            self.done.append(call.method)
        self._raise(call.method)
        if call.method not in self.scripted:
            return None
        self._calls.put(call)
        return call.outcome()

    def _raise(self, method: str) -> None:
        if errors := self.fail.get(method):
            raise errors.pop(0)


class Completions:
    """Collects completions and waits for them."""

    def __init__(self) -> None:
        self.all: list[Completion[str]] = []
        self._changed = threading.Condition()

    def __call__(self, completion: Completion[str]) -> None:
        with self._changed:
            self.all.append(completion)
            self._changed.notify_all()

    def wait(self, count: int = 1) -> list[Completion[str]]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.all) >= count, PATIENCE)
            return list(self.all)


class Events:
    """Collects events and waits for them."""

    def __init__(self) -> None:
        self.all: list[DeviceEvent] = []
        self._changed = threading.Condition()

    def __call__(self, event: DeviceEvent) -> None:
        with self._changed:
            self.all.append(event)
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[DeviceEvent], bool]) -> DeviceEvent:
        """The first event that is wanted, of all that have come or will come."""
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(wanted, self.all)), PATIENCE)
            return next(event for event in self.all if wanted(event))

    def wait_state(self, state: DeviceState) -> DeviceStatus:
        event = self.wait_for(lambda e: isinstance(e, StatusChanged) and e.status.device is state)
        assert isinstance(event, StatusChanged)
        return event.status

    def forget(self) -> None:
        with self._changed:
            self.all.clear()
