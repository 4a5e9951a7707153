"""Whole frames for the locator and its crops for the line finder, with what is where."""

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.line_finder import CROP, STRIDES
from devices.camera.mrz.locator import STRIDE
from devices.camera.training.cuts import PITCH
from devices.camera.training.pages import UNIT, Page, draw_page
from devices.camera.training.spoil import Floats, crop_of, light, optics, papers, sensor

FRAME = (320, 192)
"""Width and height of a frame as the locator sees it."""

Matrix = NDArray[np.float64]
Picture = NDArray[np.uint8]


def draw_frame(rng: np.random.Generator, seed: int) -> tuple[Picture, NDArray[np.float32]]:
    """Return a frame, and maps at `STRIDE`: zone (1, 0; -1 is not judged), cosine, sine."""
    width, height = FRAME
    tall, wide = height // STRIDE, width // STRIDE
    maps = np.zeros((3, tall, wide), np.float32)
    frame = _ground(rng, seed, height, width)
    unit = float(np.exp(rng.uniform(np.log(1.7), np.log(9.5))))
    for _ in range(1 if rng.random() < 0.9 else 2):
        page = draw_page(rng, seed, zone=bool(rng.random() < 0.72))
        turn = (
            rng.uniform(0, 360) if rng.random() < 0.5 else 90 * rng.integers(4) + rng.normal(0, 6)
        )
        most = 0.98 * width / (page.picture.shape[1] / UNIT)
        matrix = _pose(rng, page, min(unit, rng.uniform(0.75, 1.15) * most), float(turn))
        shift = np.eye(3)
        room = np.array([width, height]) * 0.32
        shift[:2, 2] = np.array([width, height]) / 2 + rng.uniform(-room, room)
        if len(page.lines) and rng.random() < 0.9:
            shift[:2, 2] += _inwards(page, shift @ matrix, width, height)
        matrix = shift @ matrix
        frame = _laid(frame, page.picture, matrix, unit)
        _mark(maps, page, matrix)
    if rng.random() < 0.25:
        _fingers(frame, rng)
    pixels = sensor(optics(light(frame, rng), rng, unit), rng)
    if rng.random() < 0.04:  # a mirrored camera
        pixels, maps = pixels[:, ::-1], maps[:, :, ::-1].copy()
        maps[1] *= -1
    if rng.random() < 0.05:
        pixels = 255 - pixels
    return np.ascontiguousarray(pixels), maps


def draw_crop(rng: np.random.Generator, seed: int) -> tuple[Picture, NDArray[np.int64]]:
    """Return a crop that shows a zone, and classes at `STRIDES`: line upright 1, turned 2."""
    width, height = CROP
    page = draw_page(rng, seed, zone=bool(rng.random() < 0.93))
    unit = 1.0
    matrix = _pose(rng, page, unit, rng.normal(0, 4.0))
    if len(page.lines):
        ends = _seen(page.lines.reshape(-1, 2), matrix).reshape(-1, 2, 2)
        along = (ends[:, 1] - ends[:, 0]).mean(axis=0)
        span, middle = float(np.hypot(*along)), ends.mean(axis=(0, 1))
        if rng.random() < 0.8:  # straight, as found; else as it was turned
            angle = np.arctan2(along[1], along[0])
            back = cv2.getRotationMatrix2D((0, 0), np.degrees(angle) + rng.normal(0, 2.5), 1)
            matrix = np.vstack([back, [0, 0, 1]]) @ matrix
            middle = back[:, :2] @ middle
    else:
        span, middle = page.picture.shape[1] / UNIT * rng.uniform(0.3, 1), np.zeros(2)
    scale = width / (span * rng.uniform(1.08, 1.5))
    place = np.diag([scale, scale, 1.0])
    jitter = rng.normal(0, 1, 2) * (0.035 * width, 0.09 * height)
    place[:2, 2] = np.array([width, height]) / 2 - scale * middle + jitter
    matrix = place @ matrix
    crop = _laid(_ground(rng, seed, height, width), page.picture, matrix, scale)
    if rng.random() < 0.1:
        _fingers(crop, rng)
    coarse = rng.uniform(0.55, 1.5)
    size = (round(width * coarse), round(height * coarse))
    seen = np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), np.float32)
    pixels = sensor(optics(light(seen, rng), rng, scale * coarse), rng)
    pixels = np.asarray(cv2.resize(pixels, CROP, interpolation=cv2.INTER_LINEAR), np.uint8)
    classes = _cores(page, matrix)
    if rng.random() < 0.3:
        pixels, classes = pixels[::-1, ::-1], classes[::-1, ::-1] * 2
    if rng.random() < 0.05:
        pixels = 255 - pixels
    return np.ascontiguousarray(pixels), np.ascontiguousarray(classes)


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
    distance = rng.uniform(1.6, 5) * width / UNIT
    plane = (lean @ over @ spin).astype(np.float64)
    plane[:, 2] = (0, 0, distance)
    lens = np.diag([unit * distance, unit * distance, 1.0])
    matrix: Matrix = lens @ plane @ to_unit
    return np.asarray(matrix / matrix[2, 2], np.float64)


def _seen(points: Matrix, matrix: Matrix) -> Matrix:
    return np.asarray(cv2.perspectiveTransform(points.reshape(1, -1, 2), matrix)[0], np.float64)


def _inwards(page: Page, matrix: Matrix, width: int, height: int) -> Matrix:
    """Return the shift that brings the zone into the frame."""
    ends = _seen(page.lines.reshape(-1, 2), matrix)
    low, high = ends.min(axis=0) - 3, ends.max(axis=0) + 3
    size = np.array([width, height])
    return np.asarray(np.maximum(0, -low) + np.minimum(0, size - high), np.float64)


def _ground(rng: np.random.Generator, seed: int, height: int, width: int) -> Floats:
    shade = rng.uniform(0, 1) ** 1.5
    ground = shade + crop_of(papers(seed, PITCH), rng, height, width) * rng.uniform(0, 2)
    for _ in range(int(rng.integers(0, 4))):  # edges of a table, other papers
        corner = rng.uniform(-0.2, 1.2, (4, 2)) * (width, height)
        cv2.fillConvexPoly(ground, cv2.convexHull(corner.astype(np.int32)), rng.uniform(0, 1))
    return np.asarray(ground, np.float32)


def _laid(ground: Floats, page: Floats, matrix: Matrix, unit: float) -> Floats:
    """Return the ground with the page on it, without aliasing."""
    height, width = ground.shape
    soft = cv2.GaussianBlur(page, (0, 0), max(0.3, 0.4 * UNIT / unit))
    seen = cv2.warpPerspective(soft, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    full = np.ones(page.shape, np.float32)
    cover = cv2.warpPerspective(full, matrix, (width, height))
    return np.asarray(ground * (1 - cover) + seen * cover, np.float32)


def _fingers(frame: Floats, rng: np.random.Generator) -> None:
    height, width = frame.shape
    for _ in range(int(rng.integers(1, 3))):
        at = (int(rng.uniform(0, width)), int(rng.choice([0, height]) + rng.normal(0, 8)))
        size = (int(rng.uniform(0.02, 0.06) * width), int(rng.uniform(0.1, 0.35) * height))
        cv2.ellipse(frame, at, size, rng.normal(0, 25), 0, 360, rng.uniform(0.15, 0.8), -1)


def _mark(maps: NDArray[np.float32], page: Page, matrix: Matrix) -> None:
    _, tall, wide = maps.shape
    outline = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * page.picture.shape[::-1]
    for points, mark in ((outline, False), (_zone_outline(page), True)):
        if not len(points):
            continue
        seen = _seen(points.astype(np.float64), matrix) / STRIDE - 0.5
        inside = np.zeros((tall, wide), np.uint8)
        cv2.fillConvexPoly(inside, np.rint(seen * 16).astype(np.int32), 1, shift=4)
        maps[:, inside > 0] = 0
        if mark:
            along = seen[1] - seen[0]
            along /= np.hypot(*along)
            maps[:, inside > 0] = np.array([1, along[0], along[1]], np.float32)[:, None]


def _zone_outline(page: Page) -> Matrix:
    if not len(page.lines):
        return np.zeros((0, 2))
    rim = np.array([0, 0.6 * UNIT])
    (left, right), (left_2, right_2) = page.lines[0], page.lines[-1]
    return np.stack([left - rim, right - rim, right_2 + rim, left_2 + rim])


def _cores(page: Page, matrix: Matrix) -> NDArray[np.int64]:
    width, height = CROP
    across, down = STRIDES
    scale = 4
    classes = np.zeros((height // down * scale, width // across * scale), np.uint8)
    rim = np.array([0, 0.36 * UNIT])
    for left, right in page.lines:
        quad = np.stack([left - rim, right - rim, right + rim, left + rim])
        seen = (_seen(quad, matrix) + 0.5) / STRIDES * scale - 0.5
        cv2.fillConvexPoly(classes, np.rint(seen * 16).astype(np.int32), 1, shift=4)
    small = classes.reshape(height // down, scale, width // across, scale).mean(axis=(1, 3))
    return np.asarray(small >= 0.5, np.int64)
