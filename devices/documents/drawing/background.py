"""Backgrounds that look like security printing: fine waves and rosettes in pale colours."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from devices.documents.drawing.picture import Colour, Pixels

_ENOUGH = 5.0
"""Pixels per millimetre at which lines so fine are computed; larger pictures are enlarged."""
_PAPER = np.array([247, 246, 240], np.float32)


def guilloche(
    width: int, height: int, pixels_per_mm: float, tint: Colour, seed: int, strength: float = 1.0
) -> Pixels:
    """Return an RGB picture of pale guilloche lines; the same seed gives the same picture.

    ``strength`` 1 is as on a data page, below that for the part under the machine readable zone.
    """
    rng = np.random.default_rng(seed)
    full = (width, height)
    scale = min(1.0, _ENOUGH / pixels_per_mm)
    width, height, pixels_per_mm = (
        round(width * scale), round(height * scale), pixels_per_mm * scale
    )  # fmt: skip
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / pixels_per_mm
    cover = np.zeros((height, width), np.float32)
    for _ in range(2):
        angle, pitch = rng.uniform(0, np.pi), rng.uniform(0.9, 1.4)
        bend, swing = rng.uniform(9, 25), rng.uniform(1.0, 3.5)
        along = x * np.cos(angle) + y * np.sin(angle)
        across = -x * np.sin(angle) + y * np.cos(angle) + swing * np.sin(along / bend * 6.3)
        cover += 0.5 * _lines(across, pitch)
    centre_x, centre_y = rng.uniform(0.4, 0.75) * width, rng.uniform(0.25, 0.5) * height
    dx, dy = x - centre_x / pixels_per_mm, y - centre_y / pixels_per_mm
    radius, turn = np.hypot(dx, dy), np.arctan2(dy, dx)
    petals = int(rng.integers(7, 14))
    rosette = radius + 2.2 * np.sin(petals * turn) * np.sin(radius / 4)
    cover += 0.9 * _lines(rosette, 1.3) * np.exp(-((radius / 18) ** 4))
    sweep = 0.25 + 0.15 * np.sin(x / 37 + rng.uniform(0, 6)) + 0.1 * np.sin(y / 23)
    ink = np.clip(0.30 * cover + sweep, 0, 1)[..., None] * strength
    colour = np.asarray(tint, np.float32)
    mixed = np.clip(_PAPER * (1 - ink) + colour * ink, 0, 255).astype(np.uint8)
    return np.array(Image.fromarray(mixed).resize(full, Image.Resampling.BICUBIC), np.uint8)


def leather(width: int, height: int, colour: Colour, seed: int) -> Pixels:
    """Return an RGB picture of a grained cover."""
    grain = np.random.default_rng(seed).normal(0, 1, (height // 3 + 1, width // 3 + 1))
    coarse = np.kron(grain, np.ones((3, 3)))[:height, :width, None] * 4
    grained: Pixels = np.clip(np.asarray(colour, np.float32) + coarse, 0, 255).astype(np.uint8)
    return grained


def _lines(phase: NDArray[np.float32], pitch: float) -> NDArray[np.float32]:
    """Return thin lines, one every ``pitch`` millimetres of ``phase``, soft at the edges."""
    lines: NDArray[np.float32] = (0.5 + 0.5 * np.cos(phase * (2 * np.pi / pitch))) ** 6
    return lines
