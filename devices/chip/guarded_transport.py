"""A transport that can be called off, counts what passes, and shows it to a trace."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol, runtime_checkable

from devices.chip.errors import ReadingCancelled
from devices.chip.transport import CardTransport


class Direction(StrEnum):
    SENT = ">"
    RECEIVED = "<"


Trace = Callable[[Direction, bytes], None]
"""Is shown every APDU. What passes holds personal data."""


@runtime_checkable
class Resettable(Protocol):
    """A transport that can power the card off and on."""

    def reset(self) -> None:
        """Reset the card; raises as `CardTransport.transmit` does."""


class GuardedTransport:
    """Asks before each command whether to go on.

    Attributes:
        apdus: commands sent.
        bytes_sent, bytes_received: as they passed, status words and protection included.
    """

    def __init__(
        self,
        transport: CardTransport,
        cancelled: Callable[[], bool],
        trace: Trace | None = None,
    ) -> None:
        self.apdus = 0
        self.bytes_sent = 0
        self.bytes_received = 0
        self._transport = transport
        self._cancelled = cancelled
        self._trace = trace

    @property
    def atr(self) -> bytes:
        return self._transport.atr

    def reset(self) -> None:
        """Reset the card where the transport can."""
        self._check()
        if isinstance(self._transport, Resettable):
            self._transport.reset()

    def transmit(self, apdu: bytes) -> bytes:
        """Pass a command on.

        Raises:
            ReadingCancelled: the reading was called off; nothing was sent.
            ChipError: what the transport raises.
        """
        self._check()
        self.apdus += 1
        self.bytes_sent += len(apdu)
        if self._trace:
            self._trace(Direction.SENT, apdu)
        reply = self._transport.transmit(apdu)
        self.bytes_received += len(reply)
        if self._trace:
            self._trace(Direction.RECEIVED, reply)
        return reply

    def _check(self) -> None:
        if self._cancelled():
            raise ReadingCancelled("the reading was called off")
