"""Cuts a byte stream into ESC/POS instructions (Epson, ESC/POS Command Reference).

It knows how long every instruction is, so nothing inside a picture is ever taken for one -- except
real-time commands, which printers obey wherever they see them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D

REAL_TIME = re.compile(
    rb"\x10\x04[\x01-\x04]|\x10\x05[\x00-\x02]|\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", re.DOTALL
)
"""DLE EOT n, DLE ENQ n, DLE DC4 8 with its fixed parameters."""


_LONGEST_REAL_TIME = 10


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction. `name` is ESC/POS's own, e.g. ``GS v 0``; text is ``text``."""

    name: str
    data: bytes = b""
    """The parameters, or the text."""
    size: int = 0
    """Bytes that it took on the wire."""
    real_time: bool = False


_Length = Callable[[bytes], int | None]
"""Of the bytes from the instruction's start: its whole length, or None when more are needed."""


def _fixed(length: int) -> _Length:
    return lambda _: length


def _counted(offset: int, width: int) -> _Length:
    """The length is `offset + width` plus a little-endian count that stands at `offset`."""

    def length(data: bytes) -> int | None:
        if len(data) < offset + width:
            return None
        return offset + width + int.from_bytes(data[offset : offset + width], "little")

    return length


def _raster(data: bytes) -> int | None:
    if len(data) < 8:
        return None
    row, rows = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
    return 8 + row * rows


def _bit_image(data: bytes) -> int | None:
    if len(data) < 5:
        return None
    columns = int.from_bytes(data[3:5], "little")
    return 5 + columns * (3 if data[2] in {32, 33} else 1)


def _cut(data: bytes) -> int | None:
    if len(data) < 3:
        return None
    return 3 if data[2] in {0, 1, 48, 49} else 4


def _to_nul(start: int) -> _Length:
    def length(data: bytes) -> int | None:
        end = data.find(b"\0", start)
        return None if end < 0 else end + 1

    return length


def _barcode(data: bytes) -> int | None:
    if len(data) < 4:
        return None
    return 4 + data[3] if data[2] >= 65 else _to_nul(3)(data)


_LENGTHS: dict[bytes, tuple[str, _Length]] = {
    b"\x1b@": ("ESC @", _fixed(2)),
    b"\x1b2": ("ESC 2", _fixed(2)),
    **{bytes((ESC, ord(c))): (f"ESC {c}", _fixed(3)) for c in "!-3adEGJMRtV{= "},
    **{bytes((ESC, ord(c))): (f"ESC {c}", _fixed(4)) for c in "$\\c"},
    b"\x1bp": ("ESC p", _fixed(5)),
    b"\x1b*": ("ESC *", _bit_image),
    b"\x1bD": ("ESC D", _to_nul(2)),
    b"\x1c&": ("FS &", _fixed(2)),
    b"\x1c.": ("FS .", _fixed(2)),
    **{bytes((FS, ord(c))): (f"FS {c}", _fixed(3)) for c in "!-C"},
    b"\x1cS": ("FS S", _fixed(4)),
    **{bytes((GS, ord(c))): (f"GS {c}", _fixed(3)) for c in "!BHIabfhrw"},
    **{bytes((GS, ord(c))): (f"GS {c}", _fixed(4)) for c in "LWP"},
    b"\x1dV": ("GS V", _cut),
    b"\x1dv": ("GS v 0", _raster),
    b"\x1dk": ("GS k", _barcode),
    b"\x1d(": ("GS (", _counted(3, 2)),
    b"\x10\x04": ("DLE EOT", _fixed(3)),
    b"\x10\x05": ("DLE ENQ", _fixed(3)),
    b"\x10\x14": ("DLE DC4", _fixed(10)),
}
_SINGLE = {0x0A: "LF", 0x0D: "CR", 0x09: "HT", 0x0C: "FF", 0x18: "CAN"}
_TEXT = re.compile(rb"[\x20-\xff]+")


class Parser:
    """Incremental: feed it what arrives, in whatever pieces."""

    def __init__(self) -> None:
        self._pending = b""
        self._scanned = 0
        """Up to where the pending instruction has been searched for real-time commands."""
        self._dropped = False

    @property
    def pending(self) -> int:
        """Bytes of an instruction that is not complete yet."""
        return len(self._pending)

    def clear(self) -> None:
        """Forget everything that has come."""
        self._pending, self._scanned = b"", 0

    def drop_instruction(self) -> None:
        """Forget the instruction that a real-time command has just been found in."""
        self._dropped = True

    def feed(self, data: bytes) -> Iterator[Instruction]:
        """Instructions that are complete now, in order; real-time commands as soon as they come."""
        self._pending += data
        while self._pending:
            instruction = self._next()
            size = len(self._pending) if instruction is None else instruction.size
            if instruction is not None and instruction.real_time:
                self._consume(size)
                yield instruction
                continue
            if inside := REAL_TIME.search(self._pending, self._scanned, size):
                self._scanned, self._dropped = inside.end(), False
                found = inside[0]
                yield Instruction(_LENGTHS[found[:2]][0], found[2:], 0, real_time=True)
                if self._dropped:
                    self._consume(self._scanned)
                continue
            if instruction is None:
                self._scanned = max(self._scanned, size - _LONGEST_REAL_TIME + 1)
                return
            self._consume(size)
            yield instruction

    def _consume(self, size: int) -> None:
        self._pending, self._scanned = self._pending[size:], 0

    def _next(self) -> Instruction | None:
        data = self._pending
        if data[0] in _SINGLE:
            return Instruction(_SINGLE[data[0]], size=1)
        if text := _TEXT.match(data):
            return Instruction("text", text[0], len(text[0]))
        if data[0] not in {DLE, ESC, FS, GS}:
            return Instruction("unknown", data[:1], 1)
        if len(data) < 2:
            return None
        name, length_of = _LENGTHS.get(data[:2], ("unknown", _fixed(2)))
        if name == "unknown":
            return Instruction(name, data[:2], 2)
        length = length_of(data)
        if length is None or len(data) < length:
            return None
        if data[0] == DLE:
            known = REAL_TIME.fullmatch(data[:length]) is not None
            return Instruction(name if known else "unknown", data[2:length], length, known)
        return Instruction(name, data[2:length], length)
