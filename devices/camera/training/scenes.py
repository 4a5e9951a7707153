"""Frames for the locator and crops for the line finder, with what is where."""

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.line_finder import CROP, STRIDES
from devices.camera.mrz.locator import STRIDE
from devices.camera.training.grounds import ground, hands
from devices.camera.training.pages import UNIT, Page, draw_page
from devices.camera.training.spoil import Floats, Loudness, light, optics, sensor

FRAME = (320, 192)
"""Width and height of what the locator is shown: a part of a frame, or a small one."""

_UNITS = (1.6, 13.0)
"""Pixels of a frame for a character's width, from and to."""
_LARGE_UNITS = (4.0, 13.0)
"""The same where the frame may be a part of a larger one."""

_LOUD_IN_FRAMES = Loudness(0.1, 1.3, 2.5)
_LOUD_IN_CROPS = Loudness(0.15, 1.5, 3.5)
"""Pages are small in frames: there, what is louder would hide the text altogether."""

Matrix = NDArray[np.float64]
Picture = NDArray[np.uint8]


def draw_frame(rng: np.random.Generator, seed: int) -> tuple[Picture, NDArray[np.float32]]:
    """Return a frame, and maps at `STRIDE`: zone (1 or 0), cosine and sine of its direction."""
    width, height = FRAME
    maps = np.zeros((3, height // STRIDE, width // STRIDE), np.float32)
    frame = ground(rng, seed, height, width)
    whole = rng.random() < 0.5
    unit = float(np.exp(rng.uniform(*np.log(_UNITS if whole else _LARGE_UNITS))))
    for _ in range(1 if rng.random() < 0.88 else 2):
        page = draw_page(rng, seed, _LOUD_IN_FRAMES, zone=bool(rng.random() < 0.72))
        straight = rng.random() < 0.5
        turn = 90 * rng.integers(4) + rng.normal(0, 6) if straight else rng.uniform(0, 360)
        if whole:
            most = 0.98 * width / (page.picture.shape[1] / UNIT)
            unit = min(unit, float(rng.uniform(0.75, 1.15)) * most)
        matrix = _placed(rng, page, _pose(rng, page, unit, float(turn)))
        frame = _laid(frame, page.picture, matrix, unit, FRAME)
        _mark(maps, page, matrix)
    if rng.random() < 0.25:
        hands(frame, rng)
    pixels = sensor(optics(light(frame, rng), rng, unit), rng)
    if rng.random() < 0.12:  # a mirrored camera
        pixels, maps = pixels[:, ::-1], maps[:, :, ::-1].copy()
        maps[1] *= -1
    if rng.random() < 0.05:
        pixels = 255 - pixels
    return np.ascontiguousarray(pixels), maps


def draw_crop(rng: np.random.Generator, seed: int) -> tuple[Picture, NDArray[np.int64]]:
    """Return a crop such as the locator leads to, and the class of each cell at `STRIDES`.

    Of a line: 1 upright, 2 upside-down, 3 mirrored, 4 mirrored and upside-down; 0 is the rest.
    """
    width, height = CROP
    page = draw_page(rng, seed, _LOUD_IN_CROPS, zone=bool(rng.random() < 0.92))
    matrix = _pose(rng, page, 1.0, float(rng.normal(0, 4)))
    if len(page.lines) and rng.random() < 0.9:
        ends = _seen(page.lines[:, [0, -1]], matrix)
        along = (ends[:, 1] - ends[:, 0]).mean(axis=0)
        span, middle = float(np.hypot(*along)), ends.mean(axis=(0, 1))
        if rng.random() < 0.85:  # straight, as found; else as it was turned
            angle = np.degrees(np.arctan2(along[1], along[0])) + rng.normal(0, 2.5)
            back = cv2.getRotationMatrix2D((0, 0), angle, 1)
            matrix = np.vstack([back, [0, 0, 1]]) @ matrix
            middle = back[:, :2] @ middle
    else:  # something else was taken for a zone
        tall, wide = page.picture.shape
        span = wide / UNIT * rng.uniform(0.3, 1)
        middle = _seen(rng.uniform(0.1, 0.9, (1, 2)) * (wide, tall), matrix)[0]
    room, off = rng.uniform(1.06, 1.5), np.array([0.035, 0.09])
    if rng.random() < 0.2:  # a part of the zone was located, or more than the zone
        room, off = rng.uniform(0.6, 2.2), np.array([0.25, 0.12])
    scale = width / (span * room)
    place = np.diag([scale, scale, 1.0])
    place[:2, 2] = np.array([width, height]) / 2 - scale * middle
    place[:2, 2] += rng.normal(0, 1, 2) * off * (width, height)
    matrix = place @ matrix
    around = None if rng.random() < 0.2 else ground(rng, seed, height, width)
    crop = _laid(around, page.picture, matrix, scale, CROP)
    if rng.random() < 0.1:
        hands(crop, rng)
    coarse = rng.uniform(0.5, 1.5)
    size = (round(width * coarse), round(height * coarse))
    seen = np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), np.float32)
    taken = sensor(optics(light(seen, rng), rng, scale * coarse), rng)
    pixels = np.asarray(cv2.resize(taken, CROP, interpolation=cv2.INTER_LINEAR), np.uint8)
    classes = _cores(page, matrix)
    if rng.random() < 0.05:
        pixels = 255 - pixels
    return _flipped(pixels, classes, int(rng.choice(4, p=[0.4, 0.3, 0.15, 0.15])))


def _flipped(
    pixels: Picture, classes: NDArray[np.int64], way: int
) -> tuple[Picture, NDArray[np.int64]]:
    rows, columns = ((1, 1), (-1, -1), (1, -1), (-1, 1))[way]
    return (
        np.ascontiguousarray(pixels[::rows, ::columns]),
        np.ascontiguousarray(classes[::rows, ::columns] * (way + 1)),
    )


def _pose(rng: np.random.Generator, page: Page, unit: float, turn: float) -> Matrix:
    """Return the view of a page around its middle, ``unit`` pixels a character, tilted or not."""
    height, width = page.picture.shape
    to_unit = np.array(
        [[1 / UNIT, 0, -width / UNIT / 2], [0, 1 / UNIT, -height / UNIT / 2], [0, 0, 1]]
    )
    tilts = rng.uniform(-32, 32, 2) if rng.random() < 0.5 else rng.normal(0, 4, 2)
    about_z, about_x, about_y = np.radians([turn, *tilts])
    spin = np.array(
        [[np.cos(about_z), -np.sin(about_z), 0], [np.sin(about_z), np.cos(about_z), 0], [0, 0, 1]]
    )
    over = np.array([[1, 0, 0], [0, np.cos(about_x), 0], [0, -np.sin(about_x), 0]])
    lean = np.array([[np.cos(about_y), 0, 0], [0, 1, 0], [np.sin(about_y), 0, 1]])
    distance = rng.uniform(1.6, 5) * max(width, height) / UNIT
    plane = (lean @ over @ spin).astype(np.float64)
    plane[:, 2] = (0, 0, distance)
    lens = np.diag([unit * distance, unit * distance, 1.0])
    matrix: Matrix = lens @ plane @ to_unit
    return np.asarray(matrix / matrix[2, 2], np.float64)


def _placed(rng: np.random.Generator, page: Page, matrix: Matrix) -> Matrix:
    """Return the view with the page somewhere in the frame, mostly with all of its zone."""
    size = np.array(FRAME)
    shift = np.eye(3)
    shift[:2, 2] = size / 2 + rng.uniform(-0.32, 0.32, 2) * size
    if len(page.lines) and rng.random() < 0.9:
        ends = _seen(page.lines.reshape(-1, 2), shift @ matrix)
        low, high = ends.min(axis=0) - 3, ends.max(axis=0) + 3
        if np.any(high - low > size):  # too large: some of it
            shift[:2, 2] += rng.uniform(0, 1, 2) * size - rng.uniform(low, high)
        else:
            shift[:2, 2] += np.maximum(0, -low) + np.minimum(0, size - high)
    return np.asarray(shift @ matrix, np.float64)


def _seen(points: Matrix, matrix: Matrix) -> Matrix:
    flat = cv2.perspectiveTransform(points.reshape(1, -1, 2), matrix)
    return np.asarray(flat.reshape(points.shape), np.float64)


def _laid(
    below: Floats | None, page: Floats, matrix: Matrix, unit: float, size: tuple[int, int]
) -> Floats:
    """Return the ground with the page on it, without aliasing.

    Without a ground, the picture ends with the page: its edges are drawn on.
    """
    if unit < UNIT / 2.5:
        half = (page.shape[1] // 2, page.shape[0] // 2)
        even = page[: half[1] * 2, : half[0] * 2]
        page = np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), np.float32)
        matrix = matrix @ np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1]])
        unit *= 2
    soft = cv2.GaussianBlur(page, (0, 0), max(0.3, 0.4 * UNIT / unit))
    seen = cv2.warpPerspective(soft, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    if below is None:
        return np.asarray(seen, np.float32)
    full = np.ones(page.shape, np.float32)
    cover = cv2.warpPerspective(full, matrix, size)
    return np.asarray(below * (1 - cover) + seen * cover, np.float32)


def _mark(maps: NDArray[np.float32], page: Page, matrix: Matrix) -> None:
    """Mark the zone; a page covers what was marked below it."""
    tall, wide = maps.shape[1:]
    outline = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]]) * page.picture.shape[::-1]
    inside = _filled(outline, matrix, np.array([STRIDE, STRIDE]), (wide, tall))
    maps[:, inside > 0] = 0
    if not len(page.lines):
        return
    rim = np.array([0, 0.6 * UNIT])
    band = np.concatenate([page.lines[0] - rim, page.lines[-1][::-1] + rim])
    inside = _filled(band, matrix, np.array([STRIDE, STRIDE]), (wide, tall))
    ends = _seen(page.lines[:, [0, -1]], matrix)
    along = (ends[:, 1] - ends[:, 0]).sum(axis=0)
    along /= np.hypot(*along)
    maps[:, inside > 0] = np.array([1, along[0], along[1]], np.float32)[:, None]


def _cores(page: Page, matrix: Matrix) -> NDArray[np.int64]:
    """Return 1 where a line's letters are."""
    scale = 4
    wide, tall = CROP[0] // STRIDES[0] * scale, CROP[1] // STRIDES[1] * scale
    classes = np.zeros((tall, wide), np.uint8)
    rim = np.array([0, 0.36 * UNIT])
    for line in page.lines:
        band = np.concatenate([line - rim, line[::-1] + rim])
        classes |= _filled(band, matrix, np.array(STRIDES) / scale, (wide, tall))
    small = classes.reshape(tall // scale, scale, wide // scale, scale).mean(axis=(1, 3))
    return np.asarray(small >= 0.5, np.int64)


def _filled(
    outline: Matrix, matrix: Matrix, strides: NDArray[np.floating], size: tuple[int, int]
) -> NDArray[np.uint8]:
    """Return 1 inside an outline of the page as it is seen, in cells of ``strides`` pixels."""
    seen = (_seen(outline, matrix) + 0.5) / strides - 0.5
    inside = np.zeros((size[1], size[0]), np.uint8)
    cv2.fillPoly(inside, [np.rint(seen * 16).astype(np.int32)], 1, shift=4)
    return inside
