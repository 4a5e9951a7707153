"""What a driver or a simulator implements. All of it is called on the device's own thread."""

from collections.abc import Callable
from typing import Any, Protocol

from devices.command import Command, RequestId
from devices.event import DeviceEvent
from devices.status import DeviceStatus


class CommandRun(Protocol):
    """One command while it is carried out, as its driver sees it."""

    @property
    def request_id(self) -> RequestId: ...

    def check(self) -> None:
        """Return if the command may go on.

        Raises:
            CommandFailed: it was cancelled, or its time is over. Drivers let it pass.
        """

    def wait(self, seconds: float) -> None:
        """Wait, waking at once on cancel or when the time is over; then `check`."""

    def remaining(self, at_most: float) -> float:
        """Seconds until the command's time is over, but no more than `at_most`: for I/O waits."""

    def emit(self, event: DeviceEvent) -> None:
        """Report an event to the device's listeners."""

    def progress(self, step: str, fraction: float) -> None:
        """Report a `Progress` event of this command."""


class Driver(Protocol):
    """A device's driver or simulator.

    Every method must return within bounded time: `open`, `close` and `poll` within a few seconds
    (after `devices.docket.Timing.hang` the device counts as not answering). A wait inside `execute`
    goes through `CommandRun.wait`, or is an I/O wait of at most a second followed by
    `CommandRun.check`. Whatever else a method raises ends the command as internalError, or has the
    device opened anew; the error's text is not logged, as it may be personal.
    """

    poll_seconds: float
    """How often `poll` is called while no command runs; 10 ms at least."""

    def open(self, emit: Callable[[DeviceEvent], None]) -> None:
        """Connect to the device. `emit` reports unsolicited events, from any thread.

        Raises:
            DeviceGone: it is not there now; the worker tries again later.
        """

    def close(self) -> None:
        """Let go of the device. Called once after every successful `open`; never raises."""

    def status(self) -> DeviceStatus:
        """The status as last known, without I/O."""

    def poll(self) -> None:
        """Look after the device while it is idle: refresh the status, notice media.

        Raises:
            DeviceGone: it has been unplugged.
        """

    def execute(self, command: Command[Any], run: CommandRun) -> object:
        """Carry out a command and return its result.

        Raises:
            CommandFailed: with the code that the command ends with.
            DeviceGone: as above, and the device is opened anew.
        """
