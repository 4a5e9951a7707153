"""Cuts of OCR-B: the free font in the weights, widths and wear of real printers."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from devices.documents.drawing.fonts import Face, font
from devices.documents.mrz.checkdigit import ALPHABET

PITCH, TALL = 24, 36
"""Pixels of a character's cell; a capital letter stands in its middle and is 0.95 pitches tall."""

Glyphs = NDArray[np.uint8]
"""Ink of every character of the alphabet in its cell: (37, TALL, PITCH)."""

COUNT = 96
_ADVANCE = 0.723
_SCALE = 3
"""The masters are drawn so much larger."""


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
    wide, tall = rng.uniform(0.92, 1.12), rng.uniform(0.93, 1.08)
    slant = rng.normal(0, 0.02)
    bend = rng.choice([0.0, 0.6, 1.4])
    rounding = rng.uniform(1.2, 3.2)
    level = rng.uniform(0.22, 0.68)
    softness = rng.uniform(0.04, 0.2)
    masters = _masters(bool(rng.random() < 0.4))
    rows = []
    for master in masters:
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


def ink_of(text: str, glyphs: Glyphs, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a line as ink from 0 to 1, (TALL, PITCH * len(text)): printed well or badly."""
    cells = glyphs[[ALPHABET.index(character) for character in text]].astype(np.float32) / 255
    kind = rng.random()
    if kind < 0.2:  # characters of uneven strength
        cells *= rng.uniform(0.55, 1.0, (len(text), 1, 1)).astype(np.float32)
    elif kind < 0.3:  # a typewriter's dancing line
        for cell in cells:
            cell[:] = np.roll(cell, int(rng.integers(-1, 2)), axis=0)
    line = cells.transpose(1, 0, 2).reshape(TALL, -1)
    wear = rng.random()
    if wear < 0.15:  # worn in patches
        patches = rng.normal(0.75, 0.35, (5, max(8, len(text)))).astype(np.float32)
        line = line * np.clip(cv2.resize(patches, line.shape[::-1]), 0.25, 1)
    elif wear < 0.25:  # speckled by a dry ribbon
        grain = rng.normal(0.8, 0.5, line.shape).astype(np.float32)
        line = line * np.clip(cv2.GaussianBlur(grain, (0, 0), 0.8), 0.1, 1)
    elif wear < 0.33:  # dots of a matrix or a laser engraving
        step = rng.uniform(2.2, 3.6)
        y, x = np.mgrid[0 : line.shape[0], 0 : line.shape[1]].astype(np.float32)
        dots = 0.5 + 0.5 * np.cos(x * (6.283 / step)) * np.cos(y * (6.283 / step))
        line = line * (0.45 + 0.55 * dots)
    elif wear < 0.38:  # a white streak of a thermal head
        at = int(rng.integers(TALL // 4, 3 * TALL // 4))
        line = line.copy()
        line[at : at + 2] *= rng.uniform(0.2, 0.8)
    return np.asarray(line, np.float32)
