"""The letters of OCR-B as a classifier sees them: samples drawn from the font, and features."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from devices.documents.drawing.fonts import Face, font
from devices.documents.mrz.checkdigit import ALPHABET

CELL_WIDTH, CELL_HEIGHT = 24, 36
"""Pixels of the cell that holds one character; its width is the pitch of the characters."""
MIDDLE = ((CELL_WIDTH - 1) / 2, (CELL_HEIGHT - 1) / 2)
"""Middle of a capital letter in its cell: x and y of the pixel."""

Cells = NDArray[np.float32]
"""Characters in their cells, ink 1 and paper 0: (n, CELL_HEIGHT, CELL_WIDTH)."""
Features = NDArray[np.float32]

_ADVANCE = 0.723
_OVERSAMPLING = 2
_SAMPLES = 40
_SHIFT = 1.1
_POOL = 6
_FINE_POOL = 3


@cache
def _masters() -> tuple[NDArray[np.uint8], ...]:
    """Each character larger than a cell, with a margin of one cell around."""
    scale = _OVERSAMPLING
    size = CELL_WIDTH * scale / _ADVANCE
    letters = font(Face.OCR_B, size)
    top, bottom = letters.getbbox("H", anchor="ls")[1::2]
    baseline = 1.5 * CELL_HEIGHT * scale - (top + bottom) / 2
    masters = []
    for character in ALPHABET:
        image = Image.new("L", (3 * CELL_WIDTH * scale, 3 * CELL_HEIGHT * scale))
        ImageDraw.Draw(image).text(
            (CELL_WIDTH * scale, baseline), character, 255, letters, anchor="ls"
        )
        masters.append(np.asarray(image, np.uint8))
    return tuple(masters)


def samples(seed: int = 1) -> tuple[Cells, NDArray[np.intp]]:
    """Return characters as a camera may show them, with their indices in the alphabet.

    Shifted, turned, stretched, printed thick and thin, blurred, noisy: what is left over of that
    after the lines have been straightened.
    """
    rng = np.random.default_rng(seed)
    cells = np.empty((len(ALPHABET) * _SAMPLES, CELL_HEIGHT, CELL_WIDTH), np.float32)
    labels = np.repeat(np.arange(len(ALPHABET)), _SAMPLES)
    for row, label in enumerate(labels):
        cells[row] = _vary(_masters()[label], rng)
    return cells, labels


def _vary(master: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.float32]:
    weight = int(rng.integers(-1, 3))
    if weight:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(weight) + 1, abs(weight) + 1))
        master = np.asarray((cv2.dilate if weight > 0 else cv2.erode)(master, kernel), np.uint8)
    height, width = master.shape
    scale = width / (3 * CELL_WIDTH)
    matrix: NDArray[np.float64] = np.asarray(
        cv2.getRotationMatrix2D((width / 2, height / 2), rng.normal(0, 1.5), 1 / scale), np.float64
    )
    matrix[0, :2] *= rng.uniform(0.96, 1.04)
    matrix[1, :2] *= rng.uniform(0.95, 1.05)
    matrix[0, 1] += rng.normal(0, 0.02) / scale
    middle = matrix[:, :2] @ ((width - 1) / 2, (height - 1) / 2)
    matrix[:, 2] = MIDDLE + rng.normal(0, _SHIFT, 2) - middle
    across, down = scale * rng.uniform(0.35, 1.7, 2)
    soft = cv2.GaussianBlur(master, (0, 0), across, sigmaY=down)
    cell = cv2.warpAffine(soft, matrix, (CELL_WIDTH, CELL_HEIGHT), flags=cv2.INTER_AREA)
    noisy = cell.astype(np.float32) / 255 + rng.normal(0, rng.uniform(0, 0.08), cell.shape)
    return noisy.astype(np.float32)


def features(cells: Cells) -> Features:
    """Return a row of features a cell: soft oriented gradients, pooled over small squares."""
    smooth = cells - cells.mean(axis=(1, 2), keepdims=True)
    smooth /= smooth.std(axis=(1, 2), keepdims=True) + 1e-3
    dx = np.zeros_like(smooth)
    dy = np.zeros_like(smooth)
    np.subtract(smooth[:, :, 2:], smooth[:, :, :-2], out=dx[:, :, 1:-1])
    np.subtract(smooth[:, 2:, :], smooth[:, :-2, :], out=dy[:, 1:-1, :])
    rising, falling = dx + dy, dx - dy
    maps = [np.maximum(sign * m, 0) for m in (dx, dy, rising, falling) for sign in (1, -1)]
    parts = [_pooled(m, _POOL) for m in maps]
    parts.append(_pooled(smooth, _FINE_POOL))
    stacked: Features = np.concatenate(parts, axis=1)
    stacked /= np.linalg.norm(stacked, axis=1, keepdims=True) + 1e-6
    return stacked


def _pooled(maps: Cells, size: int) -> Features:
    """Return the means over squares of ``size`` pixels, a row for every cell."""
    tall = maps.reshape(-1, CELL_WIDTH)
    shape = (CELL_WIDTH // size, len(tall) // size)
    means = cv2.resize(tall, shape, interpolation=cv2.INTER_AREA)
    return np.asarray(means, np.float32).reshape(len(maps), -1)
