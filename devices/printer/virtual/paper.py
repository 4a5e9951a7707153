"""The paper: rows of dots under a print head, and the picture of what was torn off."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from devices.printer.contract import DOTS_PER_MM, FONT_HEIGHT, FONT_WIDTH, PaperWidth

Dots = NDArray[np.bool_]
"""Rows by columns; true is black."""

HEAD_TO_CUTTER = 96
"""Dots from the print head to the cutter."""

_FONT_FILES = ("NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc")
_MONO_SC = 7
"""Face of the collection whose Latin cell is half its Chinese one, as in a printer's font."""


class PaperRoll:
    """What has been printed since the last cut.

    The cutter sits 12 mm above the head, so every ticket begins with the blank paper that was
    between them.
    """

    def __init__(self, width: PaperWidth) -> None:
        self.width = width
        self._rows: list[Dots] = [blank(HEAD_TO_CUTTER, width.dots)]

    @property
    def empty(self) -> bool:
        """Whether there is nothing on it, blank feed aside."""
        return not any(rows.any() for rows in self._rows)

    def put(self, rows: Dots) -> None:
        self._rows.append(rows)

    def cut_off(self) -> Image.Image:
        """The picture of what is above the cutter; the roll goes on with what is below it."""
        printed = np.vstack(self._rows)
        self._rows = [printed[-HEAD_TO_CUTTER:]]
        return self._picture(printed[:-HEAD_TO_CUTTER])

    def tear_off(self) -> Image.Image:
        """The picture of everything so far; the roll goes on blank."""
        printed = np.vstack(self._rows)
        self._rows = [blank(HEAD_TO_CUTTER, self.width.dots)]
        return self._picture(printed)

    def _picture(self, dots: Dots) -> Image.Image:
        margin = (self.width * DOTS_PER_MM - self.width.dots) // 2
        sheet = np.pad(dots if len(dots) else blank(1, self.width.dots), ((0, 0), (margin, margin)))
        return Image.fromarray(np.where(sheet, 0, 255).astype(np.uint8))


def blank(height: int, width: int) -> Dots:
    return np.zeros((height, width), dtype=np.bool_)


def unpack(bits: bytes, row_bytes: int) -> Dots:
    """A raster's bytes as dots."""
    rows = np.frombuffer(bits, dtype=np.uint8).reshape(-1, row_bytes)
    return np.unpackbits(rows, axis=1).astype(np.bool_)


@lru_cache(maxsize=4096)
def glyph(character: str, width: int, height: int, *, bold: bool, smooth: bool) -> Dots:
    """A character's cell, enlarged as printers do it: dot by dot, or smoothed (GS b)."""
    columns = FONT_WIDTH * (2 if ord(character) > 0x2E7F else 1)
    scale = max(width, height) if smooth else 1
    cell = Image.new("L", (columns * scale, FONT_HEIGHT * scale), 0)
    font = _font(FONT_HEIGHT * scale, bold=bold)
    ImageDraw.Draw(cell).text(
        (columns * scale / 2, FONT_HEIGHT * scale * 0.86), character, 255, font, anchor="ms"
    )
    cell = cell.resize((columns * width, FONT_HEIGHT * height), Image.Resampling.BOX)
    return np.asarray(cell) > 127


@lru_cache(maxsize=32)
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = _FONT_FILES[0 if bold else 1]
    try:
        return ImageFont.truetype(name, size, index=_MONO_SC)
    except OSError as error:
        raise RuntimeError(
            f"the virtual printer's font {name} is not installed; install fonts-noto-cjk"
        ) from error
