"""Frames between host and reader (GA 467): the same over a serial line and USB bulk pipes.

``AA AA AA 96 69 | length (2, big-endian) | payload | CHK``. The length counts payload and CHK; CHK
is the XOR of all bytes from the length on. A command's payload is CMD PARA data, a reply's is
SW1 SW2 SW3 data.
"""

from dataclasses import dataclass, field
from functools import reduce
from operator import xor

from devices.idcard.codes import SamCommand, describe

PREAMBLE = bytes.fromhex("AAAAAA9669")
HEAD_LENGTH = len(PREAMBLE) + 2
LONGEST_REPLY = 4 * 1024
"""More than any reply holds (text, photo and fingerprints: 2321); a longer length is garbage."""


class FrameError(Exception):
    """A frame that cannot be used; the text says why, and holds nothing of its payload."""


def checksum(data: bytes | bytearray) -> int:
    """XOR of all bytes."""
    return reduce(xor, data, 0)


def frame(payload: bytes | bytearray) -> bytes:
    """Put a payload into a frame."""
    body = (len(payload) + 1).to_bytes(2, "big") + payload
    return PREAMBLE + body + bytes([checksum(body)])


def command_frame(command: SamCommand, data: bytes = b"") -> bytes:
    return frame(command.to_bytes(2, "big") + data)


def reply_frame(sw3: int, data: bytes | bytearray = b"", *, sw1: int = 0, sw2: int = 0) -> bytes:
    return frame(bytes([sw1, sw2, sw3]) + data)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the reader answered."""

    sw1: int
    sw2: int
    sw3: int
    data: bytearray = field(repr=False)
    """May be personal; `wipe` it when it has been read."""

    @classmethod
    def parse(cls, payload: bytearray) -> "Reply":
        """Read a reply's payload.

        Raises:
            FrameError: it is shorter than three status bytes.
        """
        if len(payload) < 3:
            raise FrameError("the reply is too short for a status")
        sw1, sw2, sw3, *_ = payload
        data = payload[3:]
        wipe(payload)
        return cls(sw1, sw2, sw3, data)

    def __str__(self) -> str:
        return f"{describe(self.sw3)}, {len(self.data)} bytes of data"


def wipe(buffer: bytearray) -> None:
    """Overwrite what a buffer holds; its length stays."""
    buffer[:] = bytes(len(buffer))


class Deframer:
    """Finds frames in a stream of bytes, whatever stands before or between them.

    Bytes come in pieces of any size. Garbage before a preamble is passed over. A frame whose
    checksum is wrong is reported, and the search goes on right behind its preamble, so that a
    good frame that follows, or lies within, is not lost.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        self._buffer += data

    def clear(self) -> None:
        """Forget what has come so far."""
        self._drop(len(self._buffer))

    def take(self) -> bytearray | None:
        """The payload of the next whole frame; None: there is none yet.

        Raises:
            FrameError: of a frame that was damaged; the next call goes on behind it.
        """
        self._skip_garbage()
        if len(self._buffer) < HEAD_LENGTH:
            return None
        length = int.from_bytes(self._buffer[len(PREAMBLE) : HEAD_LENGTH], "big")
        if not 1 < length <= LONGEST_REPLY:
            self._drop(len(PREAMBLE))
            raise FrameError(f"a frame gives its length as {length}")
        end = HEAD_LENGTH + length
        if len(self._buffer) < end:
            return None
        if checksum(self._buffer[len(PREAMBLE) : end]):
            self._drop(len(PREAMBLE))
            raise FrameError("a frame's checksum is wrong")
        payload = self._buffer[HEAD_LENGTH : end - 1]
        self._drop(end)
        return payload

    @property
    def empty(self) -> bool:
        """Whether nothing that may be the beginning of a frame has come."""
        self._skip_garbage()
        return not self._buffer

    def _skip_garbage(self) -> None:
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            # The end of what has come may be the beginning of a preamble.
            kept = next(
                n for n in range(len(PREAMBLE) - 1, -1, -1) if self._buffer.endswith(PREAMBLE[:n])
            )
            start = len(self._buffer) - kept
        self._drop(start)

    def _drop(self, count: int) -> None:
        """Remove bytes, overwriting them first: they may be personal."""
        self._buffer[:count] = bytes(count)
        del self._buffer[:count]
