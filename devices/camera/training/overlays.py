"""What lies over the print: holograms, overprints, stamps, pens, scratches."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from devices.camera.training.spoil import Floats
from devices.documents.drawing.fonts import Face, font

_WORDS = ("SPECIMEN", "MUSTER", "SAMPLE", "COPY", "VOID", "样本", "000000000", "EXEMPLE")
_WORD_TALL = 64


def overlaid(picture: Floats, rng: np.random.Generator, unit: float) -> Floats:
    """Return the picture (0 to 1) with some of it, mostly none; ``unit``: a character's width."""
    if rng.random() < 0.12:
        picture = _hologram(picture, rng, unit)
    if rng.random() < 0.1:
        picture = _overprint(picture, rng, unit)
    if rng.random() < 0.08:
        picture = _strokes(picture, rng, unit)
    return picture


def _hologram(picture: Floats, rng: np.random.Generator, unit: float) -> Floats:
    """Bands that shine and fade, with hard edges."""
    height, width = picture.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / unit
    at_x, at_y = rng.uniform(-0.2, 1.2) * width / unit, rng.uniform(-2, 3) * height / unit
    away = np.hypot(x - at_x, y - at_y) + rng.uniform(0, 1) * np.sin(x * rng.uniform(0.2, 2))
    phase = away * (6.283 / rng.uniform(0.8, 9))
    bands = np.tanh(np.cos(phase) * rng.uniform(1, 8))
    place = np.exp(-(((x - at_x) / rng.uniform(4, 25)) ** 2))
    shine = rng.uniform(0.04, 0.3) * bands + rng.uniform(0, 0.2)
    return np.asarray(np.clip(picture + place * shine, 0, 1), np.float32)


def _overprint(picture: Floats, rng: np.random.Generator, unit: float) -> Floats:
    """A word across the page, much larger than the text."""
    mask = _words()[int(rng.integers(len(_WORDS)))]
    if rng.random() < 0.3:  # in outline
        mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, np.ones((3, 3))), np.float32)
    scale = unit * rng.uniform(1.2, 6) / _WORD_TALL
    matrix = cv2.getRotationMatrix2D(
        (mask.shape[1] / 2, mask.shape[0] / 2),
        float(rng.choice([0, 90, -90, rng.uniform(-60, 60)])),
        scale,
    )
    height, width = picture.shape
    matrix[:, 2] += rng.uniform(0, 1, 2) * (width, height) - (mask.shape[1] / 2, mask.shape[0] / 2)
    cover = cv2.warpAffine(mask, matrix, (width, height)) * rng.uniform(0.1, 0.55)
    shade = rng.uniform(0, 1)
    return np.asarray(picture * (1 - cover) + shade * cover, np.float32)


def _strokes(picture: Floats, rng: np.random.Generator, unit: float) -> Floats:
    """A pen's or a stamp's curve, a printed rule, a scratch."""
    height, width = picture.shape
    picture = picture.copy()
    for _ in range(int(rng.integers(1, 4))):
        shade = float(rng.choice([rng.uniform(0, 0.5), rng.uniform(0.8, 1)]))
        thick = max(1, round(unit * rng.uniform(0.03, 0.22)))
        at = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        if rng.random() < 0.4:
            axes = tuple(int(unit * v) for v in rng.uniform(1.5, 12, 2))
            start, end = sorted(rng.uniform(0, 360, 2))
            cv2.ellipse(picture, at, axes, rng.uniform(0, 180), start, end, shade, thick, 16)
        else:
            slope = rng.normal(0, 0.06) if rng.random() < 0.5 else rng.normal(0, 1)
            to = (int(at[0] + rng.uniform(3, 40) * unit), int(at[1] + slope * 20 * unit))
            cv2.line(picture, at, to, shade, thick, 16)
    return picture


@cache
def _words() -> tuple[NDArray[np.float32], ...]:
    masks = []
    for word in _WORDS:
        face = Face.BOLD if word.isascii() else Face.CHINESE
        letters = font(face, _WORD_TALL)
        left, top, right, bottom = (int(v) for v in letters.getbbox(word))
        image = Image.new("L", (right - left + 4, bottom - top + 4))
        ImageDraw.Draw(image).text((2 - left, 2 - top), word, 255, letters)
        masks.append(np.asarray(np.asarray(image, np.float32) / 255, np.float32))
    return tuple(masks)
