"""The surface of a document as light and shape change it: holograms, pages that do not lie flat."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.frame import Pixels

_HOLOGRAM_MM = 46.0
_RING_MM = 4.2
_TURN = 0.35
"""Rings by which a hologram's bands move for every degree of leaning."""
_GLOW, _OPAQUE = 178.0, 0.85
_SLANT = 0.3
"""How much brighter a slope of 1 is that faces the lamp."""


def shimmer(
    image: Pixels, at: tuple[float, float], degrees: float, strength: float, pixels_per_mm: float
) -> Pixels:
    """Return the image under a hologram whose middle lies at shares of width and height.

    Its coloured bands wander with the degrees by which the document leans; strength 1 hides
    most of the print under them.
    """
    size = max(2, round(_HOLOGRAM_MM * pixels_per_mm))
    height, width = image.shape[:2]
    left, top = round(at[0] * width - size / 2), round(at[1] * height - size / 2)
    rows = slice(max(0, top), max(0, min(height, top + size)))
    columns = slice(max(0, left), max(0, min(width, left + size)))
    result = image.copy()
    if result[rows, columns].size:
        inner = (
            slice(rows.start - top, rows.stop - top),
            slice(columns.start - left, columns.stop - left),
        )
        phase, window = (part[inner] for part in _rings(size))
        colours, bands = (np.roll(ring, round(degrees * _TURN * 256), 0) for ring in _rainbow())
        glow = cv2.LUT(cv2.merge([phase] * 3), colours)
        hidden = strength * window * cv2.LUT(phase, bands)
        result[rows, columns] = cv2.blendLinear(glow, result[rows, columns], hidden, 1 - hidden)
    return result


@lru_cache(maxsize=4)
def _rings(size: int) -> tuple[Pixels, NDArray[np.float32]]:
    """Where in a ring's rainbow every pixel is, 0 to 255, and 1 where the hologram is, else 0."""
    y, x = (np.mgrid[0:size, 0:size].astype(np.float32) + 0.5) * (_HOLOGRAM_MM / size)
    x, y = x - _HOLOGRAM_MM / 2, y - _HOLOGRAM_MM / 2
    away, around = np.hypot(x, y), np.arctan2(y, x)
    rings = away / _RING_MM + around / (2 * np.pi) + 0.25 * np.sin(6 * around)
    window = 1 / (1 + np.exp((away - 0.44 * _HOLOGRAM_MM) / 0.6))
    return ((rings % 1) * 256).astype(np.uint8), window.astype(np.float32)


@lru_cache(maxsize=1)
def _rainbow() -> tuple[Pixels, NDArray[np.float32]]:
    """The colours of a ring, and how much they hide: one half of it, with hard edges."""
    turn = np.linspace(0, 2 * np.pi, 256, endpoint=False)[:, None, None]
    colours = 1 + 0.4 * np.cos(2 * turn + np.array([0, 2, 4]) * np.pi / 3)
    bands = 0.5 + 0.5 * np.tanh(5 * np.cos(turn[:, 0, 0]))
    return (_GLOW * colours).astype(np.uint8), (_OPAQUE * bands).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """A page that stands up in its middle, as one of a thick passport does, seen from above."""

    _where: NDArray[Any] = field(repr=False)
    _between: NDArray[Any] = field(repr=False)
    """Where every pixel comes from, as `cv2.convertMaps` makes it."""
    _light: Pixels = field(repr=False)
    """128 is as flat."""

    def of(self, image: Pixels) -> Pixels:
        """Return the image of the page, lit from the left."""
        bent = self._remapped(image, cv2.BORDER_REPLICATE)
        return np.asarray(cv2.multiply(bent, self._light, scale=1 / 128), np.uint8)

    def of_mask(self, mask: Pixels) -> Pixels:
        """Return where the page is."""
        return self._remapped(mask, cv2.BORDER_CONSTANT)

    def _remapped(self, image: Pixels, border: int) -> Pixels:
        bent = cv2.remap(image, self._where, self._between, cv2.INTER_LINEAR, borderMode=border)
        return np.asarray(bent, np.uint8)


@lru_cache(maxsize=2)
def bend(tall: int, wide: int, height: float, far: float) -> Bend:
    """Return how an image bends whose middle column is some pixels nearer to the camera.

    `far` is the camera's distance, in the image's pixels; a negative height hangs through.
    """
    along = np.arange(-wide, wide + 1) / 2
    shape = height * (1 - (2 * along / wide) ** 2)
    larger = far / (far - shape)
    rim_x = max(0, round((along * larger).max() - wide / 2)) + 1
    rim_y = max(0, round(tall / 2 * (float(larger.max()) - 1))) + 1
    columns = np.arange(wide + 2 * rim_x) - (wide - 1) / 2 - rim_x
    came = np.interp(columns, along * larger, along, left=-wide, right=wide)
    factor = np.interp(came, along, larger)
    rows = np.arange(tall + 2 * rim_y)[:, None] - (tall - 1) / 2 - rim_y
    from_x = np.broadcast_to(came + (wide - 1) / 2, (len(rows), len(columns)))
    from_y = rows / factor + (tall - 1) / 2
    where, between = cv2.convertMaps(
        from_x.astype(np.float32), from_y.astype(np.float32), cv2.CV_16SC2
    )
    slope = -8 * height * came / wide**2
    lit = np.clip(1 + _SLANT * slope, 0.1, None)
    gain = (128 * lit / lit.max()).astype(np.uint8)  # exposed for what is brightest
    light = np.ascontiguousarray(np.broadcast_to(gain[None, :, None], (*from_y.shape, 3)))
    return Bend(np.asarray(where), np.asarray(between), light)
