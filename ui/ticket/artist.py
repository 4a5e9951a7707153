"""Text of any script as black dots, with QPainter."""

import threading
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)

from devices.printer.contract import Align, Raster
from kiosk.tickets.artist import TextBlock, TextStyle

_RIGHT_TO_LEFT = {"ar", "fa", "he", "ps", "ug", "ur"}
_CJK = {"ja": "JP", "ko": "KR", "zh-Hant": "TC", "zh-HK": "HK"}
_INK = 110
"""A dot is black from this darkness on, of 255: thin strokes stay whole, counters stay open."""
_ELLIPSIS = "…"
_INSET = 5
"""Dots kept free at both sides, so that a glyph that overhangs its line is not cut off."""
_ABOVE, _BELOW = 0.86, 0.42
"""A line's height above and below its baseline, in ems, the same in every script."""
_TALL = 1.55
_PITCH = 1.28
"""Distance between the lines of a paragraph, in ems; `_TALL` where marks are stacked."""
_TALL_LANGUAGES = {"ar", "fa", "hi", "lo", "my", "th", "ur"}
_ROOM = 1.4
"""Room above the first baseline and below the last one, in ems, that no mark exceeds."""


class QtTicketArtist:
    """Implements `kiosk.tickets.artist.TicketArtist`.

    `draw` may be called from any thread, while there is a QGuiApplication. Equal paragraphs are
    drawn once: most of a ticket's texts are the same on every ticket.
    """

    def __init__(self, remembered: int = 512) -> None:
        """`remembered`: how many paragraphs are kept.

        Raises:
            RuntimeError: there is no QGuiApplication, without which Qt has no fonts.
        """
        if QGuiApplication.instance() is None:
            raise RuntimeError("make a QGuiApplication before a QtTicketArtist")
        self._lock = threading.Lock()
        self._draw = lru_cache(maxsize=remembered)(_draw)

    def draw(self, block: TextBlock, width: int) -> Raster:
        with self._lock:
            return self._draw(block, width)

    def forget(self) -> None:
        """Forget what has been drawn, e.g. to measure how long drawing takes."""
        self._draw.cache_clear()


def _draw(block: TextBlock, width: int) -> Raster:
    style = block.style
    base = _base(block.language)
    right_to_left = base in _RIGHT_TO_LEFT
    pitch = round(style.size * (_TALL if base in _TALL_LANGUAGES else _PITCH))
    layout = _lay_out(block, width - style.indent - 2 * _INSET, pitch, right_to_left=right_to_left)
    first = round(style.size * _ROOM)
    last = first + (layout.lineCount() - 1) * pitch
    image = QImage(width, last + first, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    layout.draw(painter, QPointF(_INSET + (0 if right_to_left else style.indent), first))
    if style.checkbox:
        _draw_box(painter, style, first, width, right_to_left=right_to_left)
    painter.end()
    box = first - round(style.size * _ABOVE), last + round(style.size * _BELOW)
    return _raster(_ink(image), box, _placed(style.align, right_to_left=right_to_left))


def _lay_out(block: TextBlock, width: int, pitch: int, *, right_to_left: bool) -> QTextLayout:
    """The paragraph in lines of at most `width` dots; the first baseline is at 0."""
    text = block.text
    while True:
        layout = QTextLayout(text, _font(block.language, block.style))
        layout.setTextOption(_option(block.style.align, right_to_left=right_to_left))
        ends = list(_break_lines(layout, width, pitch))
        most = block.style.max_lines
        if len(ends) <= most:
            return layout
        kept = text[: ends[most - 1]].removesuffix(_ELLIPSIS)
        text = kept[:-1].rstrip() + _ELLIPSIS


def _option(align: Align, *, right_to_left: bool) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    directions, flags = Qt.LayoutDirection, Qt.AlignmentFlag
    option.setTextDirection(directions.RightToLeft if right_to_left else directions.LeftToRight)
    start = flags.AlignRight if right_to_left else flags.AlignLeft
    option.setAlignment(flags.AlignHCenter if align is Align.CENTER else start)
    return option


def _break_lines(layout: QTextLayout, width: int, pitch: int) -> Iterator[int]:
    """Lay out line by line; yields where in the text each line ends."""
    layout.beginLayout()
    baseline = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, baseline - line.ascent()))
        baseline += pitch
        yield line.textStart() + line.textLength()
    layout.endLayout()


def _draw_box(
    painter: QPainter, style: TextStyle, baseline: int, width: int, *, right_to_left: bool
) -> None:
    """The box to tick, as high as a Chinese character is."""
    side = round(style.size * 0.8)
    left = width - side - _INSET if right_to_left else _INSET
    painter.setPen(QPen(QColor("black"), 2))
    painter.drawRect(QRectF(left, baseline - round(side * 0.9), side - 1, side - 1))


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0]


def _font(language: str, style: TextStyle) -> QFont:
    chinese = f"Noto Sans CJK {_CJK.get(language, 'SC')}"
    first = [chinese] if _base(language) in {"zh", "ja", "ko"} else []
    font = QFont()
    font.setFamilies([*first, "Noto Sans", "Noto Sans Arabic", "Noto Sans Thai", chinese])
    font.setPixelSize(style.size)
    font.setWeight(QFont.Weight.Bold if style.bold else QFont.Weight.Medium)
    font.setHintingPreference(QFont.HintingPreference.PreferFullHinting)
    return font


def _ink(image: QImage) -> NDArray[np.bool_]:
    """Where the picture is dark enough to be black."""
    rows = np.frombuffer(image.constBits(), dtype=np.uint8)
    return rows.reshape(image.height(), image.bytesPerLine())[:, : image.width()] < 255 - _INK


def _placed(align: Align, *, right_to_left: bool) -> Align:
    if align is Align.LEFT and right_to_left:
        return Align.RIGHT
    return align


def _raster(ink: NDArray[np.bool_], box: tuple[int, int], align: Align) -> Raster:
    """Crop to the line's box, or to the ink where it is larger; in width to whole bytes."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(columns):
        return Raster(8, box[1] - box[0], bytes(box[1] - box[0]), align)
    top, bottom = min(int(rows[0]), box[0]), max(int(rows[-1]) + 1, box[1])
    width = ink.shape[1]
    left, right = int(columns[0]) // 8 * 8, width - (int(columns[-1]) // 8 + 1) * 8
    if align is Align.CENTER:
        left = right = min(left, right)
    elif align is Align.LEFT:
        left = 0
    else:
        right = 0
    cropped = ink[top:bottom, left : width - right]
    return Raster(cropped.shape[1], cropped.shape[0], np.packbits(cropped, axis=1).tobytes(), align)
