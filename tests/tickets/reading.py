"""Reads a printed ticket as a person does: the large characters and the code."""

import string
from functools import cache

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from devices.printer.virtual.paper import glyph

Dots = NDArray[np.bool_]

_LARGE = 90
"""Characters of more dots than this are read; nothing else on a ticket is as high."""
_SHAPE = (48, 24)
_CHARACTERS = string.ascii_uppercase + string.digits


def code(image: Image.Image) -> str:
    """The text of the one QR code on a ticket."""
    (barcode,) = zxingcpp.read_barcodes(np.asarray(image))
    assert barcode.format == zxingcpp.BarcodeFormat.QRCode
    return str(barcode.text)


def large_lines(image: Image.Image) -> list[str]:
    """The lines of large characters from top to bottom, dark ones and light ones on dark."""
    ink = np.asarray(image) < 128
    for barcode in zxingcpp.read_barcodes(np.asarray(image)):
        corners = barcode.position
        ink[corners.top_left.y - 8 : corners.bottom_right.y + 8] = False
    lines = []
    for top, bottom in _runs(ink.any(axis=1)):
        band = ink[top:bottom]
        columns = _runs(band.any(axis=0))
        if bottom - top < _LARGE:
            continue
        if len(columns) == 1 and band[:, slice(*columns[0])].mean() > 0.5:
            band = ~band[:, slice(*columns[0])]
            columns = [run for run in _runs(band.any(axis=0)) if run[1] - run[0] > 8]
        lines.append("".join(_character(_cropped(band[:, slice(*run)])) for run in columns))
    return lines


def _runs(present: NDArray[np.bool_] | np.bool_) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.asarray(present, dtype=np.int8), [0]))))
    return [(int(start), int(stop)) for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def _cropped(dots: Dots) -> Dots:
    rows, columns = np.flatnonzero(dots.any(axis=1)), np.flatnonzero(dots.any(axis=0))
    return dots[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _normal(dots: Dots) -> NDArray[np.float64]:
    scaled = Image.fromarray(dots).convert("L").resize(_SHAPE[::-1], Image.Resampling.BOX)
    return np.asarray(scaled, dtype=np.float64) / 255


@cache
def _templates() -> dict[str, NDArray[np.float64]]:
    return {
        character: _normal(_cropped(glyph(character, 4, 4, bold=True, smooth=True)))
        for character in _CHARACTERS
    }


def _character(dots: Dots) -> str:
    """The character that looks most like it."""
    seen = _normal(dots)
    return min(_templates(), key=lambda one: float(np.abs(_templates()[one] - seen).mean()))
