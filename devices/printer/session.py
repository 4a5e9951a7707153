"""A conversation with one printer: bytes out, frames in, every wait bounded."""

import itertools
import secrets
import string
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from devices.printer.contract import ReceiptPrinterStatus
from devices.printer.frames import (
    AutomaticStatus,
    BufferCleared,
    Frame,
    FrameReader,
    Identity,
    InOrderStatus,
    ProcessId,
    RealTimeStatus,
)
from devices.printer.link import Link
from devices.printer.status import from_automatic, from_real_time

_QUIET_READS = 64
_WRITE_SECONDS = 0.05
_ID_CHARACTERS = string.digits + string.ascii_uppercase

DLE_EOT = b"\x10\x04"
DLE_ENQ = b"\x10\x05"
CLEAR_BUFFER = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
AUTOMATIC_STATUS = b"\x1da\x0e"
"""Report on-line state, errors and paper as they change."""
IN_ORDER_STATUS = b"\x1dr\x01"
IDENTITY = b"\x1dIC"
"""GS I 67: the model's name, answered in order."""
INITIALIZE = b"\x1b@"


def process_id_request(value: bytes) -> bytes:
    """GS ( H function 48: answered once everything before it is printed."""
    return b"\x1d(H\x06\x00\x30\x30" + value


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a printer may take, in seconds."""

    answer: float = 0.5
    """For an answer that it gives in real time."""
    ready: float = 3.0
    """Until it takes a job."""
    stall: float = 15.0
    """Without any progress of a job; feeding and cutting the longest ticket takes a third of it."""
    quiet: float = 0.5
    """Without news of a job, until it is asked how it is."""


DEFAULT_LIMITS = Limits()


class Session:
    """Keeps what the printer has said; `pump` listens."""

    def __init__(self, link: Link, limits: Limits) -> None:
        self.link = link
        self.limits = limits
        self.automatic: ReceiptPrinterStatus | None = None
        """The last automatic status; None: none has come."""
        self.process_ids: set[bytes] = set()
        self.in_order = 0
        """Answers to GS r so far."""
        self.identities: list[str] = []
        self.cleared = 0
        self._real_time: list[int] = []
        self._reader = FrameReader()
        self._ids = _process_ids()

    @property
    def noise(self) -> int:
        return self._reader.noise

    def new_id(self) -> bytes:
        """A process id that this printer has not been given for a long time."""
        return next(self._ids)

    def write(self, data: bytes, seconds: float) -> int:
        """Write, listening meanwhile so that neither side stalls; returns how much was taken.

        Raises:
            LinkLost: the link is broken.
        """
        self.pump(0)
        return self.link.write(data, seconds)

    def send(self, data: bytes, seconds: float | None = None) -> bool:
        """Write something short, in the time of an answer if no other; whether all was taken.

        Raises:
            LinkLost: the link is broken.
        """
        until = time.monotonic() + (self.limits.answer if seconds is None else seconds)
        while data:
            data = data[self.write(data, _WRITE_SECONDS) :]
            if data and time.monotonic() >= until:
                return False
        return True

    def pump(self, seconds: float) -> bool:
        """Listen for at most that long; whether anything came.

        Raises:
            LinkLost: the link is broken.
        """
        data = self.link.read(seconds)
        for frame in self._reader.feed(data):
            self._keep(frame)
        return bool(data)

    def wait_for(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Listen until the condition holds or the time is over.

        Raises:
            LinkLost: the link is broken.
        """
        until = time.monotonic() + seconds
        while not condition():
            left = until - time.monotonic()
            if left <= 0:
                return False
            self.pump(left)
        return True

    def real_time(self, n: int) -> int | None:
        """Ask DLE EOT n; None if no answer comes.

        The answer does not say which n it answers, so anything that was still on its way is
        thrown away first.

        Raises:
            LinkLost: the link is broken.
        """
        for _ in range(_QUIET_READS):
            if not self.pump(0):
                break
        self._real_time.clear()
        if not self.send(DLE_EOT + bytes((n,))):
            return None
        self.wait_for(lambda: bool(self._real_time), self.limits.answer)
        return self._real_time[-1] if self._real_time else None

    def status_bytes(self) -> tuple[int | None, int | None, int | None, int | None]:
        """The answers to DLE EOT 1 to 4; after the first silence the others are not asked.

        Raises:
            LinkLost: the link is broken.
        """
        answers: list[int | None] = [None, None, None, None]
        for n in range(1, 5):
            answers[n - 1] = self.real_time(n)
            if answers[n - 1] is None:
                break
        return answers[0], answers[1], answers[2], answers[3]

    def status(self) -> ReceiptPrinterStatus:
        """Ask for the status now.

        Raises:
            LinkLost: the link is broken.
        """
        return from_real_time(self.status_bytes())

    def discard(self) -> bool:
        """Have the printer throw away what it has not printed; whether it says that it has.

        Raises:
            LinkLost: the link is broken.
        """
        before = self.cleared
        if self.send(CLEAR_BUFFER) and self.wait_for(
            lambda: self.cleared > before, self.limits.answer
        ):
            return True
        self.send(DLE_ENQ + b"\x02")
        return False

    def resume(self) -> None:
        """Have the printer go on with what it holds, after a fault was cleared.

        Raises:
            LinkLost: the link is broken.
        """
        self.send(DLE_ENQ + b"\x01")

    def _keep(self, frame: Frame) -> None:
        match frame:
            case RealTimeStatus(byte):
                self._real_time.append(byte)
            case AutomaticStatus(data):
                self.automatic = from_automatic(data)
            case ProcessId(value):
                self.process_ids.add(value)
            case InOrderStatus():
                self.in_order += 1
            case BufferCleared():
                self.cleared += 1
            case Identity(text):
                self.identities.append(text)


def _process_ids() -> Iterator[bytes]:
    """Four characters each, counting up from anywhere, so that a stale answer is never ours."""
    base = len(_ID_CHARACTERS)
    for number in itertools.count(secrets.randbelow(base**4)):
        yield bytes(ord(_ID_CHARACTERS[number // base**place % base]) for place in (3, 2, 1, 0))
