"""From blocks to ESC/POS bytes."""

import re
from typing import NoReturn, assert_never

import numpy as np
from numpy.typing import NDArray

from devices.printer.contract import (
    Align,
    Block,
    Cut,
    Feed,
    NativeText,
    PaperWidth,
    PrintJob,
    QrCode,
    Raster,
)
from devices.printer.library import constants, printer

CUT = b"\x1dVB\x00"
"""GS V 66 0: feed until what is printed has passed the cutter, then leave one point uncut."""

_FULL_CUT = b"\x1dVA\x00"
_MODES = b"\x1b3\x00\x1db\x01"
"""Line spacing as high as the line, smoothed enlargement."""
_MAX_FEED = 255
_MAX_BAND = 255
_MIN_GAP = 2
"""Blank rows that are cheaper fed than sent."""
_RASTER = b"\x1dv0\x00"

_REAL_TIME = re.compile(rb"\x10(?=\x04[\x01-\x04]|\x05[\x00-\x02]|\x14[\x01-\x08])", re.DOTALL)
"""Where picture data would be taken for DLE EOT, DLE ENQ or DLE DC4."""


class InvalidJob(ValueError):  # noqa: N818 -- what is wrong with the job
    """A job that this printer cannot print; the text says which block and why."""


def encode(job: PrintJob, paper: PaperWidth) -> list[bytes]:
    """The job's blocks as ESC/POS, without initialization and without any request.

    Raises:
        InvalidJob: a block does not fit the paper.
    """
    align: Align | None = None
    out: list[bytes] = []
    prefix = _MODES
    for block in job.blocks:
        wanted = getattr(block, "align", align)
        if wanted is not align and wanted is not None:
            prefix += constants.TXT_STYLE["align"][wanted.value]
            align = wanted
        out.append(prefix + _block(block, paper))
        prefix = b""
    return out


def _block(block: Block, paper: PaperWidth) -> bytes:
    match block:
        case NativeText():
            return _text(block, paper)
        case Raster():
            if block.width > paper.dots:
                _invalid(f"a raster of {block.width} dots", paper)
            return _raster(block)
        case QrCode():
            return _qr(block)
        case Feed():
            return _feed(block.dots)
        case Cut():
            return CUT if block.partial else _FULL_CUT
        case _:
            assert_never(block)


def _text(block: NativeText, paper: PaperWidth) -> bytes:
    if block.dots > paper.dots:
        _invalid(f"the text {block.text!r} of {block.dots} dots", paper)
    styles = constants.TXT_STYLE["bold"][block.bold] + constants.TXT_STYLE["invert"][block.inverse]
    narrow = constants.TXT_SIZE + _size(block.space_width, block.height)
    wide = constants.TXT_SIZE + _size(block.width, block.height)
    text = block.text.encode("ascii")
    if block.space_width != block.width:
        text = text.replace(b" ", narrow + b" " + wide)
    return bytes(styles + wide) + text + b"\n"


def _size(width: int, height: int) -> bytes:
    return bytes(((width - 1) << 4 | (height - 1),))


def _qr(block: QrCode) -> bytes:
    if not (block.data.isascii() and 0 < len(block.data) <= 1000 and 1 <= block.module <= 16):
        raise InvalidJob("a QR code has 1 to 1000 ASCII characters and modules of 1 to 16 dots")
    encoder = printer.Dummy()
    encoder.qr(block.data, constants.QR_ECLEVEL_M, block.module, constants.QR_MODEL_2, native=True)
    return bytes(encoder.output)


def _feed(dots: int) -> bytes:
    whole, rest = divmod(dots, _MAX_FEED)
    return b"\x1bJ\xff" * whole + (b"\x1bJ" + bytes((rest,)) if rest else b"")


def _raster(block: Raster) -> bytes:
    """Bands of ink, each as wide as its ink; the blank between them is fed, in three bytes."""
    rows = np.frombuffer(block.bits, dtype=np.uint8).reshape(block.height, block.row_bytes)
    out, done = [], 0
    for start, stop in _bands(rows.max(axis=1, initial=0)):
        out.append(_feed(start - done))
        band = _cropped(rows[start:stop], block.align)
        size = band.shape[1].to_bytes(2, "little") + band.shape[0].to_bytes(2, "little")
        out.append(_RASTER + size + _defused(band.tobytes()))
        done = stop
    out.append(_feed(block.height - done))
    return b"".join(out)


def _cropped(band: NDArray[np.uint8], align: Align) -> NDArray[np.uint8]:
    """Without the blank bytes at the sides that are not needed to place it."""
    columns = np.flatnonzero(band.max(axis=0))
    left, right = int(columns[0]), band.shape[1] - 1 - int(columns[-1])
    match align:
        case Align.LEFT:
            left = 0
        case Align.RIGHT:
            right = 0
        case Align.CENTER:
            left = right = min(left, right)
    return band[:, left : band.shape[1] - right]


def _bands(ink: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Ranges of rows to send: gaps of a few blank rows are kept, higher bands are cut."""
    bands: list[tuple[int, int]] = []
    for row in np.flatnonzero(ink).tolist():
        if bands and row - bands[-1][1] <= _MIN_GAP and row - bands[-1][0] < _MAX_BAND:
            bands[-1] = (bands[-1][0], row + 1)
        else:
            bands.append((row, row + 1))
    return bands


def _defused(data: bytes) -> bytes:
    """Picture data in which no real-time command is hidden: one dot more, and there is none.

    Printers obey real-time commands wherever they see them; in a picture they would answer
    questions nobody asked, or clear the buffer.
    """
    while _REAL_TIME.search(data):
        data = _REAL_TIME.sub(b"\x18", data)
    return data


def _invalid(what: str, paper: PaperWidth) -> NoReturn:
    raise InvalidJob(f"{what} is wider than the paper's {paper.dots}")
