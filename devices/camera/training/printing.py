"""How a printer lays a line down: well, worn, in dots, in streaks, pressed or engraved."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.training.cuts import PITCH, TALL, Glyphs
from devices.documents.mrz.checkdigit import ALPHABET

Ink = NDArray[np.float32]
"""From 0, paper, to 1; below 0 is brighter than paper, as the rims of pressed letters are."""


def ink_of(text: str, glyphs: Glyphs, rng: np.random.Generator) -> Ink:
    """Return a line as ink, (TALL, PITCH * len(text)): printed well or badly."""
    cells: Ink = glyphs[[ALPHABET.index(character) for character in text]].astype(np.float32)
    cells /= 255
    kind = rng.random()
    if kind < 0.2:  # characters of uneven strength
        cells *= rng.uniform(0.55, 1.0, (len(text), 1, 1)).astype(np.float32)
    elif kind < 0.32:  # a typewriter's or a matrix printer's dancing line
        for cell in cells:
            cell[:] = np.roll(cell, tuple(rng.integers(-1, 2, 2)), axis=(0, 1))
    line = np.ascontiguousarray(cells.transpose(1, 0, 2)).reshape(TALL, -1)
    chance = rng.random()
    for share, worn in _WAYS:
        if chance < share:
            return worn(line, rng)
        chance -= share
    return line


def _patches(line: Ink, rng: np.random.Generator) -> Ink:
    """Wear: ink that has gone in patches."""
    patches = rng.normal(0.75, 0.35, (5, max(8, line.shape[1] // PITCH))).astype(np.float32)
    size = (line.shape[1], line.shape[0])
    return np.asarray(line * np.clip(cv2.resize(patches, size), 0.2, 1), np.float32)


def _speckles(line: Ink, rng: np.random.Generator) -> Ink:
    """A dry ribbon."""
    grain = rng.normal(0.8, 0.5, line.shape).astype(np.float32)
    soft = cv2.GaussianBlur(grain, (0, 0), rng.uniform(0.6, 1.4))
    return np.asarray(line * np.clip(soft, 0.1, 1), np.float32)


def _dots(line: Ink, rng: np.random.Generator) -> Ink:
    """The dots of a matrix printer or of a laser."""
    step = rng.uniform(2.2, 3.8)
    y, x = np.mgrid[0 : line.shape[0], 0 : line.shape[1]].astype(np.float32)
    dots = 0.5 + 0.5 * np.cos(x * (6.283 / step)) * np.cos(y * (6.283 / step))
    depth = rng.uniform(0.35, 0.95)
    return np.asarray(line * (1 - depth + depth * dots), np.float32)


def _streaks(line: Ink, rng: np.random.Generator) -> Ink:
    """White streaks of a thermal head with dead elements, along the line or across it."""
    line = line.copy()
    for _ in range(int(rng.integers(1, 4))):
        at, wide = int(rng.integers(TALL // 5, 4 * TALL // 5)), int(rng.integers(1, 3))
        line[at : at + wide] *= rng.uniform(0.1, 0.8)
    if rng.random() < 0.3:
        columns = rng.random(line.shape[1]) < 0.08
        line[:, columns] *= rng.uniform(0.2, 0.8)
    return line


def _rough(line: Ink, rng: np.random.Generator) -> Ink:
    """Ink that crept along the fibres: ragged outlines."""
    height, width = line.shape
    noise = rng.normal(0, rng.uniform(1, 3.2), (height, width, 2)).astype(np.float32)
    push = np.asarray(cv2.GaussianBlur(noise, (0, 0), 1.0), np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    ragged = cv2.remap(line, x + push[..., 0], y + push[..., 1], cv2.INTER_LINEAR)
    return np.asarray(ragged, np.float32)


def _spread(line: Ink, rng: np.random.Generator) -> Ink:
    """Ink that has run: counters fill, and letters touch."""
    size = int(rng.integers(2, 6))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(line, kernel), np.float32)


def _thin(line: Ink, rng: np.random.Generator) -> Ink:
    """Ink that has hardly taken."""
    size = int(rng.integers(2, 4))
    thin = cv2.erode(line, np.ones((size, 2), np.uint8))
    return np.asarray(thin, np.float32) * np.float32(rng.uniform(0.6, 1.0))


def _pressed(line: Ink, rng: np.random.Generator) -> Ink:
    """Letters in relief: a bright and a dark rim, and what is left of the ink."""
    down, right = (int(step) for step in rng.choice([-2, -1, 1, 2], 2))
    relief = np.roll(line, (down, right), (0, 1)) - np.roll(line, (-down, -right), (0, 1))
    left = line * rng.uniform(0.15, 0.8) + relief * rng.uniform(0.3, 0.7)
    return np.asarray(np.clip(left, -0.5, 1), np.float32)


_WAYS: tuple[tuple[float, Callable[[Ink, np.random.Generator], Ink]], ...] = (
    (0.1, _patches),
    (0.07, _speckles),
    (0.08, _dots),
    (0.06, _streaks),
    (0.06, _rough),
    (0.12, _spread),
    (0.06, _thin),
    (0.04, _pressed),
)
"""How often which, of all lines."""
