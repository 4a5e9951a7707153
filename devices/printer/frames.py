"""What a printer sends back, cut into frames and classified by their fixed bits.

Replies are never counted: a real-time status request inside picture data is answered as well, and
automatic status comes when it likes (Epson, ESC/POS: DLE EOT, GS a, GS r, GS ( H, GS I).
"""

from dataclasses import dataclass
from typing import TypeAlias

_XON, _XOFF = 0x11, 0x13
_BLOCK, _IDENTITY = 0x37, 0x5F
_MAX_IDENTITY = 80


@dataclass(frozen=True, slots=True)
class RealTimeStatus:
    """Answer to DLE EOT n: 0xx1xx10."""

    byte: int


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """Automatic status back: 0xx1xx00 and three bytes 0xx0xxxx."""

    data: bytes


@dataclass(frozen=True, slots=True)
class InOrderStatus:
    """Answer to GS r: 0000xxxx."""

    byte: int


@dataclass(frozen=True, slots=True)
class ProcessId:
    """Answer to GS ( H function 48: everything before it has been printed."""

    value: bytes


@dataclass(frozen=True, slots=True)
class BufferCleared:
    """Answer to DLE DC4 function 8."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Answer to GS I with n from 65."""

    text: str


Frame: TypeAlias = (
    RealTimeStatus | AutomaticStatus | InOrderStatus | ProcessId | BufferCleared | Identity
)


class FrameReader:
    """Incremental: feed it what arrives, in whatever pieces. Never raises."""

    def __init__(self) -> None:
        self._pending = b""
        self.noise = 0
        """Bytes so far that no printer that follows ESC/POS sends."""

    def feed(self, data: bytes) -> list[Frame]:
        """Frames that are complete now, in order."""
        self._pending += data
        frames: list[Frame] = []
        while self._pending:
            size, frame = _next(self._pending)
            if size == 0:
                break
            if frame is not None:
                frames.append(frame)
            elif self._pending[0] not in {_XON, _XOFF}:
                self.noise += 1
            self._pending = self._pending[size:]
        return frames


def _next(data: bytes) -> tuple[int, Frame | None]:
    """The first frame and its size; size 0: more is needed; no frame: one byte is no good."""
    first = data[0]
    if first == _BLOCK:
        return _block(data)
    if first == _IDENTITY:
        return _identity(data)
    if first & 0x93 == 0x12:
        return 1, RealTimeStatus(first)
    if first & 0x93 == 0x10:
        rest = data[1:4]
        if any(byte & 0x90 for byte in rest):
            return 1, None
        return (4, AutomaticStatus(data[:4])) if len(rest) == 3 else (0, None)
    if first & 0xF0 == 0:
        return 1, InOrderStatus(first)
    return 1, None


def _block(data: bytes) -> tuple[int, Frame | None]:
    if len(data) < 2:
        return 0, None
    if data[1] == 0x25:
        if len(data) < 3:
            return 0, None
        return (3, BufferCleared()) if data[2] == 0 else (1, None)
    if data[1] != 0x22:
        return 1, None
    if any(not 0x20 <= byte <= 0x7E for byte in data[2:6]):
        return 1, None
    if len(data) < 7:
        return 0, None
    return (7, ProcessId(data[2:6])) if data[6] == 0 else (1, None)


def _identity(data: bytes) -> tuple[int, Frame | None]:
    for index, byte in enumerate(data[1 : _MAX_IDENTITY + 2], start=1):
        if byte == 0:
            return index + 1, Identity(data[1:index].decode("ascii"))
        if not 0x20 <= byte <= 0x7E:
            return 1, None
    return (1, None) if len(data) > _MAX_IDENTITY + 1 else (0, None)
