"""What a camera, light and hands make of a picture of paper."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
"""Grey from 0 to 1."""

PAPERS = 80
_PAPER = (460, 1400)


@dataclass(frozen=True, slots=True)
class Loudness:
    """How often security printing is stronger than usual, and how many times, from and to."""

    share: float
    least: float
    most: float

    def strengthened(self, pattern: Floats, rng: np.random.Generator) -> Floats:
        """Return the pattern, now and then a stronger one."""
        if rng.random() < self.share:
            pattern = np.asarray(pattern * rng.uniform(self.least, self.most), np.float32)
        return pattern


def texture(rng: np.random.Generator, height: int, width: int, unit: float) -> Floats:
    """Return paper with security printing; ``unit`` is about a character's width in pixels.

    Around 0: what lightens and darkens, at most by about 0.3.
    """
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    paper = np.zeros((height, width), np.float32)
    kind = rng.random()
    if kind < 0.25:
        return paper
    for _ in range(int(rng.integers(1, 4))):
        angle = rng.uniform(0, np.pi)
        along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
        swing, bend = rng.uniform(0, 1.5) * unit, rng.uniform(2, 12) * unit
        phase = across + swing * np.sin(along * (6.283 / bend))
        wave = np.cos(phase * (6.283 / (rng.uniform(0.15, 1.6) * unit)))
        paper += rng.uniform(0.0, 0.09) * np.sign(wave) * np.abs(wave) ** rng.uniform(0.3, 3)
    if kind > 0.6:
        cells = rng.normal(0, rng.uniform(0.02, 0.12), (3, max(3, width // 60))).astype(np.float32)
        paper += cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC)
    if kind > 0.85:
        grain = rng.normal(0, rng.uniform(0.02, 0.15), (height // 2 + 1, width // 2 + 1))
        paper += cv2.resize(grain.astype(np.float32), (width, height))
    return paper


@cache
def papers(seed: int, unit: float) -> tuple[Floats, ...]:
    """Return `PAPERS` pieces of paper; the same seed gives the same."""
    rng = np.random.default_rng([seed, 2])
    return tuple(texture(rng, *_PAPER, unit) for _ in range(PAPERS))


def crop_of(
    pieces: tuple[Floats, ...], rng: np.random.Generator, height: int, width: int
) -> Floats:
    """Return a part of one of the pieces, turned over or not, pale or strong."""
    piece = pieces[int(rng.integers(len(pieces)))]
    top = int(rng.integers(piece.shape[0] - height + 1))
    left = int(rng.integers(piece.shape[1] - width + 1))
    part = piece[top : top + height, left : left + width]
    step_y, step_x = rng.choice([-1, 1], 2)
    return np.asarray(part[::step_y, ::step_x] * rng.uniform(0.4, 1.3), np.float32)


def light(picture: Floats, rng: np.random.Generator) -> Floats:
    """Return it under uneven light: shadows' edges, a lamp's reflection."""
    height, width = picture.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    if rng.random() < 0.35:
        angle = rng.uniform(0, 6.283)
        edge = (x - rng.uniform(0, width)) * np.cos(angle) + (y - rng.uniform(0, height)) * np.sin(
            angle
        )
        soft = rng.uniform(0.02, 0.5) * width
        picture = picture * (
            1 - rng.uniform(0.1, 0.65) / (1 + np.exp(-np.clip(edge / soft, -30, 30)))
        )
    if rng.random() < 0.2:
        at_x, at_y = rng.uniform(0, width), rng.uniform(0, height)
        wide, tall = width * rng.uniform(0.02, 0.2), height * rng.uniform(0.1, 0.9)
        spot = np.exp(-(((x - at_x) / wide) ** 2 + ((y - at_y) / tall) ** 2))
        picture = picture + rng.uniform(0.1, 1.2) * spot
    return np.asarray(np.clip(picture, 0, 1), np.float32)


def optics(picture: Floats, rng: np.random.Generator, unit: float) -> Floats:
    """Return it out of focus or moved; ``unit`` is a character's width in pixels."""
    kind = rng.random()
    if kind < 0.5:
        sigma = unit * rng.uniform(0.02, 0.2 if rng.random() < 0.85 else 0.28)
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), max(sigma, 0.2)), np.float32)
    elif kind < 0.84:
        picture = np.asarray(cv2.filter2D(picture, -1, _trail(rng, unit)), np.float32)
    if rng.random() < 0.15:  # a sharpening camera
        soft = cv2.GaussianBlur(picture, (0, 0), max(0.5, 0.08 * unit))
        picture = np.asarray(picture + rng.uniform(0.3, 1.5) * (picture - soft), np.float32)
    return picture


def _trail(rng: np.random.Generator, unit: float) -> Floats:
    share = rng.uniform(0.05, 0.5) if rng.random() < 0.55 else rng.uniform(0.35, 0.85)
    length, angle = unit * share, rng.uniform(0, np.pi)
    size = 2 * int(np.ceil(length)) + 3
    middle = size // 2
    kernel = np.zeros((size, size), np.float32)
    for step in np.linspace(-length / 2, length / 2, 25):
        at_x, at_y = middle + step * np.cos(angle), middle + step * np.sin(angle)
        left, top = int(np.floor(at_x)), int(np.floor(at_y))
        fx, fy = at_x - left, at_y - top
        kernel[top, left] += (1 - fx) * (1 - fy)
        kernel[top, left + 1] += fx * (1 - fy)
        kernel[top + 1, left] += (1 - fx) * fy
        kernel[top + 1, left + 1] += fx * fy
    return np.asarray(kernel / kernel.sum(), np.float32)


def sensor(picture: Floats, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return what the camera delivers: noise, exposure, compression."""
    bright, contrast = rng.uniform(0.0, 0.25), rng.uniform(0.3, 1.0)
    if rng.random() < 0.3:
        bright, contrast = 0.0, 1.0
    if rng.random() < 0.1:  # too much light
        contrast = rng.uniform(1.1, 1.7)
    seen = np.clip(bright + contrast * (1 - bright) * picture, 0, 1) ** rng.uniform(0.7, 1.5)
    sigma = rng.choice([0.004, 0.012, 0.03]) * rng.uniform(0.5, 1.6)
    noisy = seen + rng.normal(0, sigma, picture.shape).astype(np.float32)
    pixels = np.asarray(np.clip(noisy * 255, 0, 255), np.uint8)
    if rng.random() < 0.12:
        pixels = _copied(pixels, rng)
    if rng.random() < 0.35:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(18, 92))]
        packed = cv2.imencode(".jpg", pixels, quality)[1]
        pixels = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return pixels


def _copied(pixels: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return the picture as it comes back from being shown smaller and enlarged again."""
    height, width = pixels.shape
    factor = rng.uniform(0.5, 0.95)
    size = (max(8, round(width * factor)), max(8, round(height * factor)))
    small = cv2.resize(pixels, size, interpolation=int(rng.choice(_SHRINKING)))
    packed = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 95))])[1]
    seen = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    large = cv2.resize(seen, (width, height), interpolation=int(rng.choice(_ENLARGING)))
    return np.asarray(large, np.uint8)


_SHRINKING = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC)
_ENLARGING = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4, cv2.INTER_NEAREST)
