"""The printer between its interface and its mechanism: buffer, status, faults, time."""

import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from devices.printer.contract import DOTS_PER_MM
from devices.printer.virtual.condition import Condition
from devices.printer.virtual.mechanism import Mechanism, Refused
from devices.printer.virtual.model import Model
from devices.printer.virtual.paper import Dots
from devices.printer.virtual.parser import REAL_TIME, Instruction, Parser

log = logging.getLogger(__name__)

_BUFFER_CLEARED = b"\x37\x25\x00"
_GARBAGE_SEED = 1


class Host(Protocol):
    """The other end of the line."""

    def send(self, data: bytes) -> None: ...

    def drop(self) -> None:
        """Break the connection off."""


class _Cleared(Exception):  # noqa: N818 -- what happened to the instruction
    """The buffer was cleared under the instruction."""


@dataclass(slots=True)
class Trigger:
    """Something that happens after so many millimetres, bytes, cuts or replies from now."""

    unit: str
    left: float
    action: Callable[[], None]


class PrinterCore:
    """Takes bytes, prints when it can, and answers with what a real printer would answer."""

    def __init__(
        self,
        model: Model,
        *,
        strict: bool,
        on_feed: Callable[[Dots], None],
        on_cut: Callable[[], None],
    ) -> None:
        self.model = model
        self.condition = Condition()
        self.changed = threading.Condition(threading.RLock())
        """Guards everything here; notified whenever anything changes."""
        self.silent = False
        self.busy = False
        self.garbage_before_replies = 0
        self.refusals: list[str] = []
        self.bytes_received = 0
        self._strict = strict
        self._on_feed, self._on_cut = on_feed, on_cut
        self._host: Host | None = None
        self._parser = Parser()
        self._buffer: deque[Instruction] = deque()
        self._buffered = 0
        self._generation = 0
        self._asb_mask = 0
        self._executing = False
        self._stopping = False
        self._triggers: list[Trigger] = []
        self._random = random.Random(_GARBAGE_SEED)  # noqa: S311 -- noise, not a secret
        self._mechanism = Mechanism(
            model, self._feed, self._cut, self.reply, self._set_asb, self._paper_sensors
        )
        self._thread = threading.Thread(target=self._run, name="virtual-printer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self.changed:
            self._stopping = True
            self._generation += 1
            self.changed.notify_all()
        self._thread.join(5)

    # -- the interface -------------------------------------------------------------------------

    def connect(self, host: Host) -> None:
        with self.changed:
            self._host = host

    def disconnect(self, host: Host) -> None:
        with self.changed:
            if self._host is host:
                self._host = None
                self._parser.clear()
            self.changed.notify_all()

    def receive(self, host: Host, data: bytes, seconds: float | None = None) -> bool:
        """Take what has arrived; waits while the buffer is full, as flow control does.

        With `seconds` it waits no longer than that, and returns whether it took the data.
        """
        if self.model.baud:
            time.sleep(len(data) * 10 / self.model.baud)
        with self.changed:
            if not REAL_TIME.match(data):
                # A full buffer stops everything but real-time commands, which need no place in it.
                self.changed.wait_for(lambda: self._gone(host) or self._has_room(), seconds)
                if not self._has_room():
                    return False
            for piece, trigger in self._pieces(data):
                if self._gone(host):
                    return False
                self._take(piece)
                if trigger is not None:
                    self._fire(trigger)
            return True

    @property
    def generation(self) -> int:
        """Goes up whenever the buffer is cleared."""
        return self._generation

    def _gone(self, host: Host) -> bool:
        return self._stopping or self._host is not host

    def _has_room(self) -> bool:
        return not self.busy and self._buffered < self.model.buffer_bytes

    def _pieces(self, data: bytes) -> list[tuple[bytes, Trigger | None]]:
        """Cut arriving data where a trigger counts down to zero."""
        pieces: list[tuple[bytes, Trigger | None]] = []
        start = 0
        for trigger in sorted(
            (t for t in self._triggers if t.unit == "bytes"), key=lambda t: t.left
        ):
            if trigger.left <= len(data):
                pieces.append((data[start : int(trigger.left)], trigger))
                start = int(trigger.left)
            trigger.left -= len(data)
        pieces.append((data[start:], None))
        return pieces

    def _take(self, data: bytes) -> None:
        self.bytes_received += len(data)
        for instruction in self._parser.feed(data):
            if instruction.real_time:
                self._real_time(instruction)
            else:
                self._buffer.append(instruction)
                self._buffered += instruction.size
        self.changed.notify_all()

    def _real_time(self, instruction: Instruction) -> None:
        if instruction.name == "DLE EOT":
            self.reply(bytes((self.condition.real_time(instruction.data[0]),)))
        elif instruction.name == "DLE DC4":
            if self.model.clear_command:
                self._recover(clear=True)
                self.reply(_BUFFER_CLEARED)
        elif instruction.data[0] in {1, 2} and self.condition.recoverable:
            self._recover(clear=instruction.data[0] == 2)

    def _recover(self, *, clear: bool) -> None:
        if clear:
            self._parser.drop_instruction()
            self._clear_buffer()
        if self.condition.recoverable:
            self.change(self.condition.recover)

    def _clear_buffer(self) -> None:
        self._buffer.clear()
        self._buffered = 0
        self._generation += 1
        if not self._executing:
            self._mechanism.drop_line()
        self.changed.notify_all()

    def reply(self, data: bytes) -> None:
        """Send to the host, if the printer is in a mood to."""
        with self.changed:
            if self.silent or self._host is None:
                return
            if self.garbage_before_replies:
                data = self._random.randbytes(self.garbage_before_replies) + data
            self._host.send(data)
            self._count("replies", 1)

    def send_garbage(self, count: int) -> None:
        with self.changed:
            if self._host is not None:
                self._host.send(self._random.randbytes(count))

    def drop(self) -> None:
        with self.changed:
            host, self._host = self._host, None
            self._parser.clear()
            self.changed.notify_all()
        if host is not None:
            host.drop()

    # -- faults --------------------------------------------------------------------------------

    @property
    def printing(self) -> bool:
        """Whether a job is in the buffer or on its way to paper."""
        return self._executing or bool(self._buffer) or self._parser.pending > 0

    def change(self, action: Callable[[], None]) -> None:
        """Change the condition; automatic status goes out if it shows."""
        with self.changed:
            before = self.condition.automatic()
            action()
            if self._asb_mask and self.condition.automatic() != before:
                self.reply(self.condition.automatic())
            self.changed.notify_all()

    def after(self, unit: str, count: float, action: Callable[[], None]) -> None:
        """Have something happen after `count` mm printed, bytes received, cuts or replies made."""
        with self.changed:
            self._triggers.append(Trigger(unit, count, action))

    def brown_out(self) -> None:
        """Lose power for a moment: everything is forgotten, but a serial line does not notice."""
        with self.changed:
            self._clear_buffer()
            self._asb_mask = 0
            self._mechanism.reset()
            paper, cover = self.condition.paper, self.condition.cover_open
            self.condition = Condition(paper=paper, cover_open=cover)
            self.silent = self.busy = False
            self._parser.clear()

    def power_cycle(self) -> None:
        self.brown_out()
        self.drop()

    def _count(self, unit: str, amount: float) -> None:
        for trigger in [t for t in self._triggers if t.unit == unit]:
            trigger.left -= amount
            if trigger.left <= 0:
                self._fire(trigger)

    def _fire(self, trigger: Trigger) -> None:
        if trigger in self._triggers:
            self._triggers.remove(trigger)
            trigger.action()

    # -- the mechanism's thread ----------------------------------------------------------------

    def _run(self) -> None:
        while True:
            with self.changed:
                self.changed.wait_for(
                    lambda: (
                        self._stopping
                        or (bool(self._buffer) and not self.condition.offline and not self.busy)
                    )
                )
                if self._stopping:
                    return
                instruction = self._buffer.popleft()
                self._executing = True
                self._executing_generation = self._generation
            self._execute(instruction)
            with self.changed:
                self._executing = False
                if self._executing_generation == self._generation:
                    self._buffered -= instruction.size
                else:
                    self._mechanism.drop_line()
                self.changed.notify_all()

    def _execute(self, instruction: Instruction) -> None:
        try:
            self._mechanism.execute(instruction)
        except _Cleared:
            pass
        except Refused as refused:
            log.warning("virtual printer refuses: %s", refused)
            self.refusals.append(str(refused))
            if self._strict:
                self.change(lambda: setattr(self.condition, "unrecoverable", True))

    def _feed(self, rows: Dots) -> None:
        for start in range(0, len(rows), DOTS_PER_MM):
            step = rows[start : start + DOTS_PER_MM]
            with self.changed:
                self._wait_until_able()
                self._on_feed(step)
                self._count("mm", len(step) / DOTS_PER_MM)
                if self.model.mm_per_second:
                    self.changed.wait_for(
                        lambda: self._stopping,
                        len(step) / DOTS_PER_MM / self.model.mm_per_second,
                    )

    def _cut(self) -> None:
        with self.changed:
            self._wait_until_able()
            self._on_cut()
            self._count("cuts", 1)

    def _wait_until_able(self) -> None:
        """Wait until there is paper and no fault; raise if the buffer is cleared meanwhile."""
        self.changed.wait_for(
            lambda: (
                self._generation != self._executing_generation
                or not (self.condition.offline or self.busy)
            )
        )
        if self._generation != self._executing_generation:
            raise _Cleared

    def _set_asb(self, mask: int) -> None:
        if not self.model.automatic_status:
            return
        with self.changed:
            self._asb_mask = mask
            if mask:
                self.reply(self.condition.automatic())

    def _paper_sensors(self) -> int:
        return self.condition.paper_sensors()
