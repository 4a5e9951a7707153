"""Carries out instructions: the print head, the paper feed, the cutter."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import zxingcpp

from devices.printer.contract import Align
from devices.printer.virtual.model import Model
from devices.printer.virtual.paper import HEAD_TO_CUTTER, Dots, blank, glyph, unpack
from devices.printer.virtual.parser import Instruction

_CODE_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858"}
_DEFAULT_SPACING = 30
_ALIGN = {0: Align.LEFT, 1: Align.CENTER, 2: Align.RIGHT}
_MAX_RASTER_ROWS = 2303


class Refused(Exception):  # noqa: N818 -- what the printer does, not an error of ours
    """An instruction that no printer would accept; the text says why."""


@dataclass(slots=True)
class _Modes:
    """What ESC @ resets."""

    align: Align = Align.LEFT
    width: int = 1
    height: int = 1
    bold: bool = False
    inverse: bool = False
    smooth: bool = False
    spacing: int = _DEFAULT_SPACING
    code_page: str = "cp437"
    chinese: bool = False
    qr_module: int = 3
    qr_correction: str = "L"
    qr_data: bytes = b""


@dataclass
class Mechanism:
    """Puts dots on paper, a step of at most a millimetre at a time, through `feed`."""

    model: Model
    feed: Callable[[Dots], None]
    """Prints some rows; takes as long as it takes, and raises if the buffer was cleared."""
    cut: Callable[[], None]
    reply: Callable[[bytes], None]
    set_automatic_status: Callable[[int], None]
    paper_sensors: Callable[[], int]
    modes: _Modes = field(default_factory=_Modes)
    _line: list[Dots] = field(default_factory=list)
    _decoder: codecs.IncrementalDecoder | None = None

    def reset(self) -> None:
        """Power on: modes and line buffer as at first."""
        self.modes = _Modes()
        self.drop_line()

    def drop_line(self) -> None:
        self._line.clear()
        self._decoder = None

    def execute(self, instruction: Instruction) -> None:
        """Carry it out.

        Raises:
            Refused: no printer would.
        """
        name = instruction.name
        if name == "text":
            self._text(instruction.data)
            return
        action = _ACTIONS.get(name)
        if action is None:
            raise Refused(f"{name} {instruction.data[:8].hex(' ')}: no such instruction here")
        action(self, instruction.data)

    # -- text -----------------------------------------------------------------------------------

    def _text(self, data: bytes) -> None:
        if self._decoder is None:
            name = "gb18030" if self.modes.chinese else self.modes.code_page
            self._decoder = codecs.getincrementaldecoder(name)("strict")
        try:
            text = self._decoder.decode(data)
        except UnicodeDecodeError as error:
            raise Refused(f"text: not {error.encoding}: {data[:8].hex(' ')}") from error
        modes = self.modes
        for character in text:
            cell = glyph(character, modes.width, modes.height, bold=modes.bold, smooth=modes.smooth)
            if self._line_width() + cell.shape[1] > self.model.paper.dots:
                self._end_line()
            self._line.append(~cell if modes.inverse else cell)

    def _line_width(self) -> int:
        return sum(cell.shape[1] for cell in self._line)

    def _end_line(self) -> None:
        """LF: print the line buffer and feed."""
        if not self._line:
            self.feed(blank(self.modes.spacing, self.model.paper.dots))
            return
        height = max(cell.shape[0] for cell in self._line)
        bottom = [np.pad(cell, ((height - cell.shape[0], 0), (0, 0))) for cell in self._line]
        self._line.clear()
        self._decoder = None
        self._put(np.hstack(bottom), self.modes.align)
        if self.modes.spacing > height:
            self.feed(blank(self.modes.spacing - height, self.model.paper.dots))

    def _put(self, dots: Dots, align: Align) -> None:
        room = self.model.paper.dots - dots.shape[1]
        left = {Align.LEFT: 0, Align.CENTER: room // 2, Align.RIGHT: room}[align]
        self.feed(np.pad(dots, ((0, 0), (left, room - left))))

    def _needs_empty_line(self, name: str) -> None:
        if self._line:
            raise Refused(f"{name}: only at the beginning of a line")

    # -- instructions ------------------------------------------------------------------------------

    def initialize(self, _: bytes) -> None:
        self.reset()
        self.set_automatic_status(0)

    def line_feed(self, _: bytes) -> None:
        self._end_line()

    def ignore(self, _: bytes) -> None:
        pass

    def select_modes(self, data: bytes) -> None:
        n = data[0]
        self.modes.bold = bool(n & 0x08)
        self.modes.height = 2 if n & 0x10 else 1
        self.modes.width = 2 if n & 0x20 else 1

    def bold(self, data: bytes) -> None:
        self.modes.bold = bool(data[0] & 1)

    def inverse(self, data: bytes) -> None:
        self.modes.inverse = bool(data[0] & 1)

    def smooth(self, data: bytes) -> None:
        self.modes.smooth = bool(data[0] & 1)

    def size(self, data: bytes) -> None:
        if data[0] & 0x88:
            raise Refused(f"GS ! {data[0]:#04x}: sizes are 1 to 8")
        self.modes.width, self.modes.height = (data[0] >> 4) + 1, (data[0] & 7) + 1

    def align(self, data: bytes) -> None:
        self._needs_empty_line("ESC a")
        if data[0] % 48 not in _ALIGN or data[0] > 50:
            raise Refused(f"ESC a {data[0]}: 0, 1 or 2")
        self.modes.align = _ALIGN[data[0] % 48]

    def default_spacing(self, _: bytes) -> None:
        self.modes.spacing = _DEFAULT_SPACING

    def spacing(self, data: bytes) -> None:
        self.modes.spacing = data[0]

    def feed_dots(self, data: bytes) -> None:
        if self._line:
            self._end_line()
        self.feed(blank(data[0], self.model.paper.dots))

    def feed_lines(self, data: bytes) -> None:
        for _ in range(data[0]):
            self._end_line()

    def code_page(self, data: bytes) -> None:
        if data[0] not in _CODE_PAGES:
            raise Refused(f"ESC t {data[0]}: no such code page")
        self.modes.code_page, self._decoder = _CODE_PAGES[data[0]], None

    def chinese_on(self, _: bytes) -> None:
        self.modes.chinese, self._decoder = True, None

    def chinese_off(self, _: bytes) -> None:
        self.modes.chinese, self._decoder = False, None

    def raster(self, data: bytes) -> None:
        self._needs_empty_line("GS v 0")
        mode = data[1] % 48
        row_bytes = int.from_bytes(data[2:4], "little")
        rows = int.from_bytes(data[4:6], "little")
        if mode > 3 or data[0] != 0x30:
            raise Refused(f"GS v {data[0]:#04x} {data[1]}: no such mode")
        if not row_bytes or not 0 < rows <= _MAX_RASTER_ROWS:
            raise Refused(f"GS v 0: {row_bytes} bytes by {rows} rows")
        dots = unpack(data[6:], row_bytes)
        dots = dots.repeat(2 if mode & 2 else 1, axis=0).repeat(2 if mode & 1 else 1, axis=1)
        if dots.shape[1] > self.model.paper.dots:
            raise Refused(f"GS v 0: {dots.shape[1]} dots are wider than the paper")
        self._put(dots, self.modes.align)

    def cut_paper(self, data: bytes) -> None:
        self._needs_empty_line("GS V")
        if data[0] not in {0, 1, 48, 49, 65, 66}:
            raise Refused(f"GS V {data[0]}: no such cut")
        if data[0] in {65, 66}:
            self.feed(blank(HEAD_TO_CUTTER + data[1], self.model.paper.dots))
        self.cut()

    def automatic_status(self, data: bytes) -> None:
        self.set_automatic_status(data[0])

    def transmit_status(self, data: bytes) -> None:
        if data[0] not in {1, 2, 49, 50}:
            raise Refused(f"GS r {data[0]}: no such status")
        if self.model.in_order_status:
            self.reply(bytes((self.paper_sensors() if data[0] in {1, 49} else 0,)))

    def transmit_identity(self, data: bytes) -> None:
        model = self.model
        if not model.in_order_status:
            return
        if data[0] in {1, 2, 3, 49, 50, 51}:
            self.reply({1: b"\x20", 2: b"\x02", 3: b"\x01"}[data[0] % 48])
            return
        names = {
            65: model.firmware,
            66: model.manufacturer,
            67: model.name,
            68: model.serial_number,
        }
        if data[0] not in names:
            raise Refused(f"GS I {data[0]}: no such identity")
        self.reply(b"\x5f" + names[data[0]].encode("ascii") + b"\0")

    def grouped(self, data: bytes) -> None:
        """GS ( with its function letter, length and parameters."""
        letter, parameters = data[:1], data[3:]
        if letter == b"H":
            self._request_response(parameters)
        elif letter == b"k":
            self._symbol(parameters)
        else:
            raise Refused(f"GS ( {letter!r}: no such instruction here")

    def _request_response(self, parameters: bytes) -> None:
        if len(parameters) != 6 or parameters[:2] != b"\x30\x30":
            raise Refused(f"GS ( H: {parameters[:2].hex(' ')} with {len(parameters)} bytes")
        if not all(0x20 <= byte <= 0x7E for byte in parameters[2:]):
            raise Refused("GS ( H: a process id is four bytes from 20 to 7E")
        self._needs_empty_line("GS ( H")
        if self.model.process_id:
            self.reply(b"\x37\x22" + parameters[2:] + b"\0")

    def _symbol(self, parameters: bytes) -> None:
        if len(parameters) < 3 or parameters[0] != 49:
            raise Refused("GS ( k: only QR codes (cn 49)")
        function, rest = parameters[1], parameters[2:]
        if function == 65:
            if rest[:1] != b"2":
                raise Refused("GS ( k 65: model 2 only")
        elif function == 67:
            if not 1 <= rest[0] <= 16:
                raise Refused(f"GS ( k 67: module of {rest[0]} dots")
            self.modes.qr_module = rest[0]
        elif function == 69:
            if not 48 <= rest[0] <= 51:
                raise Refused(f"GS ( k 69: no error correction {rest[0]}")
            self.modes.qr_correction = "LMQH"[rest[0] - 48]
        elif function == 80:
            if not 1 < len(rest) <= 7090:
                raise Refused("GS ( k 80: 1 to 7089 bytes")
            self.modes.qr_data = rest[1:]
        elif function == 81:
            self._print_qr()
        else:
            raise Refused(f"GS ( k: no function {function}")

    def _print_qr(self) -> None:
        self._needs_empty_line("GS ( k 81")
        if not self.modes.qr_data:
            raise Refused("GS ( k 81: nothing stored")
        code = zxingcpp.create_barcode(
            self.modes.qr_data.decode("latin-1"),
            zxingcpp.BarcodeFormat.QRCode,
            ec_level=self.modes.qr_correction,
        )
        image = code.to_image(scale=self.modes.qr_module, add_quiet_zones=False)
        dots: Dots = np.array(image) == 0
        if dots.shape[1] > self.model.paper.dots:
            raise Refused(f"QR code of {dots.shape[1]} dots is wider than the paper")
        self._put(dots, self.modes.align)


_ACTIONS: dict[str, Callable[[Mechanism, bytes], None]] = {
    "ESC @": Mechanism.initialize,
    "LF": Mechanism.line_feed,
    "CR": Mechanism.ignore,
    "ESC !": Mechanism.select_modes,
    "ESC E": Mechanism.bold,
    "ESC G": Mechanism.bold,
    "GS B": Mechanism.inverse,
    "GS b": Mechanism.smooth,
    "GS !": Mechanism.size,
    "ESC a": Mechanism.align,
    "ESC 2": Mechanism.default_spacing,
    "ESC 3": Mechanism.spacing,
    "ESC J": Mechanism.feed_dots,
    "ESC d": Mechanism.feed_lines,
    "ESC t": Mechanism.code_page,
    "ESC M": Mechanism.ignore,
    "ESC R": Mechanism.ignore,
    "FS &": Mechanism.chinese_on,
    "FS .": Mechanism.chinese_off,
    "GS v 0": Mechanism.raster,
    "GS V": Mechanism.cut_paper,
    "GS a": Mechanism.automatic_status,
    "GS r": Mechanism.transmit_status,
    "GS I": Mechanism.transmit_identity,
    "GS (": Mechanism.grouped,
}
