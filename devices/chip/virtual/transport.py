"""The virtual card in process, with faults and the time that a real one takes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.chip.errors import CardRemoved, CardSilent
from devices.chip.virtual.card import VirtualCard


@dataclass(frozen=True, slots=True)
class Latency:
    """How long a chip and its reader take, in seconds."""

    per_apdu: float = 0.0
    per_byte: float = 0.0
    per_step: dict[str, float] = field(default_factory=dict)
    """For each kind of cryptographic work of the chip."""

    def of(self, sent: int, received: int, steps: list[str]) -> float:
        return (
            self.per_apdu
            + self.per_byte * (sent + received)
            + sum(self.per_step.get(step, 0.0) for step in steps)
        )


PROFILES = {
    "none": Latency(),
    # 424 kbit/s, a recent chip
    "fast": Latency(
        0.004,
        0.00002,
        {"bac": 0.03, "pace": 0.05, "chip authentication": 0.1, "active authentication": 0.1},
    ),
    # 106 kbit/s, a chip of 2008
    "slow": Latency(
        0.012,
        0.00009,
        {"bac": 0.1, "pace": 0.25, "chip authentication": 0.35, "active authentication": 0.6},
    ),
}
"""Latency profiles by name; calibrated on times that phones logged with real documents."""


@dataclass(slots=True)
class Faults:
    """What goes wrong with a virtual document. Commands are counted from 1."""

    tear_at: int | None = None
    """The document is taken away at this command, and stays away."""
    silent_at: int | None = None
    """This command is not answered."""
    replies: dict[int, bytes] = field(default_factory=dict)
    """What is answered instead of the truth."""

    def clear(self) -> None:
        """Everything is right again."""
        self.tear_at = self.silent_at = None
        self.replies.clear()


class VirtualTransport:
    """`CardTransport` to a virtual card; also knows `reset`."""

    def __init__(
        self,
        card: VirtualCard,
        *,
        latency: Latency | None = None,
        faults: Faults | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.faults = faults or Faults()
        self.count = 0
        """Commands that have been sent."""
        self.latency = latency or Latency()
        self._card = card
        self._sleep = sleep
        self._removed = False

    @property
    def atr(self) -> bytes:
        return self._card.atr

    def reset(self) -> None:
        """Power the card off and on."""
        if self._removed:
            raise CardRemoved("the document was taken away")
        self._card.reset()

    @property
    def removed(self) -> bool:
        """Whether the document has been taken away."""
        return self._removed

    def take_away(self) -> None:
        """Take the document off the reader, from any thread and for good."""
        self._removed = True

    def close(self) -> None:
        """Power the card off; never raises."""
        self._card.reset()

    def transmit(self, apdu: bytes) -> bytes:
        self.count += 1
        if self._removed or self.count == self.faults.tear_at:
            self._removed = True
            raise CardRemoved("the document was taken away")
        if self.count == self.faults.silent_at:
            raise CardSilent("the card does not answer")
        reply = self.faults.replies.get(self.count) or self._card.process(apdu)
        steps, self._card.steps = self._card.steps, []
        seconds = self.latency.of(len(apdu), len(reply), steps)
        if seconds:
            self._sleep(seconds)
        return reply
