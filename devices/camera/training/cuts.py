"""Cuts of OCR-B: the free font in the weights, widths and proportions of real printers."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from devices.documents.drawing.fonts import Face, font
from devices.documents.mrz.checkdigit import ALPHABET, FILLER

PITCH, TALL = 24, 36
"""Pixels of a character's cell; a capital letter stands in its middle and is 0.95 pitches tall."""

Glyphs = NDArray[np.uint8]
"""Ink of every character of the alphabet in its cell: (37, TALL, PITCH)."""

COUNT = 240
_ADVANCE = 0.723
_SCALE = 3
"""The masters are drawn so much larger."""
_KINDS = ("0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", FILLER)
"""What printers' fonts make taller or wider by itself: in some, capitals are lower than digits."""


@cache
def cuts(seed: int) -> tuple[Glyphs, ...]:
    """Return `COUNT` cuts; the same seed gives the same."""
    rng = np.random.default_rng([seed, 1])
    return tuple(_cut(rng) for _ in range(COUNT))


@cache
def _masters(sharp: bool) -> tuple[NDArray[np.uint8], ...]:
    letters = font(Face.OCR_B, PITCH * _SCALE / _ADVANCE)
    if sharp:
        letters = ImageFont.truetype(str(letters.path).replace("OCRB.", "OCRBS."), letters.size)
    top, bottom = letters.getbbox("H", anchor="ls")[1::2]
    baseline = TALL * _SCALE / 2 - (top + bottom) / 2
    masters = []
    for character in ALPHABET:
        image = Image.new("L", (PITCH * _SCALE, TALL * _SCALE))
        ImageDraw.Draw(image).text((0, baseline), character, 255, letters, anchor="ls")
        masters.append(np.asarray(image, np.uint8))
    return tuple(masters)


def _cut(rng: np.random.Generator) -> Glyphs:
    """Thicken or thin by a soft threshold, stretch, slant, and bend each letter a little."""
    width, height = PITCH * _SCALE, TALL * _SCALE
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x -= (width - 1) / 2
    y -= (height - 1) / 2
    stretch = rng.uniform(0.92, 1.12), rng.uniform(0.92, 1.06)
    by_kind = {kind: rng.uniform(0.92, 1.06, 2) * stretch for kind in _KINDS}
    slant = rng.normal(0, 0.02)
    bend = rng.choice([0.0, 0.6, 1.4, 2.0])
    rounding = rng.uniform(1.2, 3.2)
    level = rng.uniform(0.16, 0.72)
    softness = rng.uniform(0.04, 0.2)
    masters = _masters(bool(rng.random() < 0.4))
    rows = []
    for character, master in zip(ALPHABET, masters, strict=True):
        wide, tall = next(by_kind[kind] for kind in _KINDS if character in kind)
        push = cv2.resize(rng.normal(0, bend, (4, 3, 2)).astype(np.float32), (width, height),
                          interpolation=cv2.INTER_CUBIC)  # fmt: skip
        map_x = x * wide + slant * y + push[..., 0] + (width - 1) / 2
        map_y = y * tall + push[..., 1] + (height - 1) / 2
        bent = cv2.remap(master, map_x.astype(np.float32), map_y.astype(np.float32),
                         cv2.INTER_LINEAR)  # fmt: skip
        blurred = cv2.GaussianBlur(bent, (0, 0), rounding).astype(np.float32) / 255
        ink = np.clip(0.5 + (blurred - level) / (2 * softness), 0, 1)
        rows.append(cv2.resize(ink, (PITCH, TALL), interpolation=cv2.INTER_AREA))
    glyphs: Glyphs = np.rint(np.stack(rows) * 255).astype(np.uint8)
    return glyphs
