"""Lines as the rectifier hands them to the recogniser, with what stands where."""

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.places import STRIDE
from devices.camera.mrz.recogniser import BLANK, STRIP_HEIGHT
from devices.camera.training.cuts import PITCH, TALL, cuts
from devices.camera.training.overlays import overlaid
from devices.camera.training.printing import ink_of
from devices.camera.training.spoil import Loudness, crop_of, light, optics, papers, sensor
from devices.camera.training.texts import line_text
from devices.documents.mrz.checkdigit import ALPHABET

STRIP_WIDTH = 640
_LOUD = Loudness(0.25, 1.5, 3.5)
"""Where ink is worn as well, the printing under it is louder than the text."""
_MARGIN = 100
_CORE = 0.3
"""Half the share of a pitch around a character's middle that is labelled with it."""

Strip = NDArray[np.uint8]
Labels = NDArray[np.int64]


def draw_line(rng: np.random.Generator, seed: int) -> tuple[Strip, Labels]:
    """Return a strip (STRIP_HEIGHT, STRIP_WIDTH) and the class of every `STRIDE` pixels."""
    length = int(rng.choice([30, 36, 44]))
    text = line_text(rng, length)
    canvas = _canvas(rng, text, seed)
    pitch = rng.uniform(11.5, 15.5) if length > 36 else rng.uniform(12, 19)
    camera = min(1.6, float(np.exp(rng.uniform(np.log(5.2), np.log(26)))) / pitch)
    map_x, map_y = _maps(rng, canvas.shape, length, pitch)
    sigma = 0.4 * PITCH / (pitch * camera)
    soft = cv2.GaussianBlur(canvas, (0, 0), max(sigma, 0.3))
    size = (round(STRIP_WIDTH * camera), round(STRIP_HEIGHT * camera))
    seen = cv2.remap(soft, cv2.resize(map_x, size), cv2.resize(map_y, size), cv2.INTER_LINEAR,
                     borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    lit = light(np.asarray(seen, np.float32), rng)
    if rng.random() < 0.15:
        lit = light(lit, rng)
    picture = optics(lit, rng, pitch * camera)
    if rng.random() < 0.15:  # out of focus and moved at once, or more of one
        picture = optics(picture, rng, pitch * camera)
    pixels = sensor(picture, rng)
    strip = cv2.resize(pixels, (STRIP_WIDTH, STRIP_HEIGHT), interpolation=cv2.INTER_LINEAR)
    return np.asarray(strip, np.uint8), _labels(text, map_x[STRIP_HEIGHT // 2], pitch)


def _canvas(rng: np.random.Generator, text: str, seed: int) -> NDArray[np.float32]:
    """Draw the line at `PITCH`, with parts of lines above and below, on paper from 0 to 1."""
    width, height = len(text) * PITCH + 2 * _MARGIN, 3 * TALL
    ink = np.zeros((height, width), np.float32)
    glyphs = cuts(seed)[int(rng.integers(len(cuts(seed))))]
    ink[TALL : 2 * TALL, _MARGIN:-_MARGIN] = ink_of(text, glyphs, rng)
    spacing = round(PITCH * rng.uniform(1.75, 2.8))
    for side in (-1, 1):
        if rng.random() < 0.6:
            other = ink_of(line_text(rng, len(text)), glyphs, rng)
            top = TALL + side * spacing
            rows = slice(max(top, 0), min(top + TALL, height))
            ink[rows, _MARGIN:-_MARGIN] = np.maximum(
                ink[rows, _MARGIN:-_MARGIN], other[rows.start - top : rows.stop - top]
            )
    if rng.random() < 0.15:  # ink that has run so far that counters close
        shape = int(rng.choice([cv2.MORPH_ELLIPSE, cv2.MORPH_RECT]))
        blot = cv2.getStructuringElement(shape, (int(rng.integers(3, 8)),) * 2)
        ink = np.asarray(cv2.dilate(ink, blot), np.float32)
    pattern = _LOUD.strengthened(crop_of(papers(seed, PITCH), rng, height, width), rng)
    paper = rng.uniform(0.6, 1.0) + pattern
    for side in (0, 1):  # the document's edge
        if rng.random() < 0.3:
            beyond = int(rng.integers(20, _MARGIN - 6))
            columns = slice(0, beyond) if side == 0 else slice(width - beyond, width)
            paper[:, columns] = rng.uniform(0, 1)
    if rng.random() < 0.06:  # light on dark
        return np.asarray(paper - 0.5 + ink * 0.5, np.float32)
    dark = rng.uniform(0.0, 0.45)
    return overlaid(np.asarray(paper * (1 - ink) + dark * ink, np.float32), rng, PITCH)


def _maps(
    rng: np.random.Generator, shape: tuple[int, ...], length: int, pitch: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return where each pixel of the strip lies on the canvas: the rectifier's errors."""
    x = np.arange(STRIP_WIDTH, dtype=np.float32)
    y = np.arange(STRIP_HEIGHT, dtype=np.float32)[:, None]
    along = (x - STRIP_WIDTH / 2) / STRIP_WIDTH
    scale = PITCH / pitch
    drift = rng.normal(0, 0.03) * along**2 * STRIP_WIDTH
    spare = STRIP_WIDTH - length * pitch
    start = rng.uniform(-pitch, spare + pitch) if spare > 0 else rng.uniform(spare, 0)
    row_x = _MARGIN + (x + drift - start) * scale
    tall = PITCH / rng.uniform(17, 25)  # capitals of 16 to 24 pixels
    slope = rng.normal(0, 2.0) * along + rng.normal(0, 2.0) * along**2
    middle = shape[0] / 2 + rng.normal(0, 2.2) * tall
    map_y = middle + (y - STRIP_HEIGHT / 2 + slope) * tall
    map_x = row_x + rng.normal(0, 0.13) * (y - STRIP_HEIGHT / 2) * scale
    full = (STRIP_HEIGHT, STRIP_WIDTH)
    return (
        np.ascontiguousarray(np.broadcast_to(map_x, full), np.float32),
        np.ascontiguousarray(np.broadcast_to(map_y, full), np.float32),
    )


def _labels(text: str, map_x: NDArray[np.float32], pitch: float) -> Labels:
    """Return the class at the middle of every `STRIDE` columns."""
    columns = np.arange(STRIP_WIDTH // STRIDE) * STRIDE + (STRIDE - 1) / 2
    place = (np.interp(columns, np.arange(STRIP_WIDTH), map_x) - _MARGIN) / PITCH
    inside = (place >= 0) & (place < len(text))
    index = np.clip(place.astype(int), 0, len(text) - 1)
    near = inside & (np.abs(place - index - 0.5) < max(_CORE, 0.52 * STRIDE / pitch))
    classes = np.array([ALPHABET.index(character) for character in text])
    return np.where(near, classes[index], BLANK)
