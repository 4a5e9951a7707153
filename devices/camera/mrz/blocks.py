"""Rows of characters below each other that may be a zone, seen without any training."""

from dataclasses import replace

import cv2
import numpy as np

from devices.camera.mrz.lines import Chain, find_chains
from devices.camera.mrz.locator import Band
from devices.camera.mrz.picture import Grey

_FEWEST = 12
"""Characters of a row that count."""
_SPACING = (1.2, 3.8)
"""Distance between rows in pitches: 2.5 by the standard, less when seen at a slant."""


def find_blocks(grey: Grey) -> list[Band]:
    """Return the blocks that lie upright or upside-down, within some 30 degrees; fullest first."""
    rows = [chain for chain in find_chains(grey) if len(chain.points) >= _FEWEST]
    blocks: list[list[Chain]] = []
    for row in rows:
        near = [block for block in blocks if any(_neighbours(row, other) for other in block)]
        blocks = [block for block in blocks if block not in near]
        blocks.append([row, *(other for block in near for other in block)])
    bands = [_band(block) for block in blocks if len(block) > 1]
    return sorted(bands, key=lambda band: -band.weight)


def find_turned_blocks(grey: Grey, angle: float) -> list[Band]:
    """Return the blocks that lie upright or upside-down once the picture is turned.

    ``angle`` is in degrees anticlockwise.
    """
    height, width = grey.shape
    matrix = np.asarray(cv2.getRotationMatrix2D((0, 0), angle, 1), np.float64)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) @ matrix[:, :2].T
    low, high = corners.min(axis=0), corners.max(axis=0)
    matrix[:, 2] = -low
    size = (int(np.ceil(high[0] - low[0])), int(np.ceil(high[1] - low[1])))
    turned = cv2.warpAffine(grey, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    back = matrix[:, :2].T
    return [
        replace(
            band,
            middle=(back @ (band.middle - matrix[:, 2])).astype(np.float32),
            direction=(back @ band.direction).astype(np.float32),
        )
        for band in find_blocks(np.asarray(turned, np.uint8))
    ]


def _neighbours(one: Chain, other: Chain) -> bool:
    """Tell whether two rows are of one size and direction, and one lies below the other."""
    if abs(one.pitch / other.pitch - 1) > 0.12 or float(one.direction @ other.direction) < 0.99:
        return False
    normal = np.array([-one.direction[1], one.direction[0]], np.float32)
    between = np.median(other.points, axis=0) - np.median(one.points, axis=0)
    along = abs(float(between @ one.direction)) / one.pitch
    return along < 30 and _SPACING[0] < abs(float(between @ normal)) / one.pitch < _SPACING[1]


def _band(block: list[Chain]) -> Band:
    points = np.concatenate([chain.points for chain in block])
    direction = np.mean([chain.direction for chain in block], axis=0)
    direction /= np.hypot(*direction)
    middle = points.mean(axis=0)
    along = (points - middle) @ direction
    middle = middle + direction * (along.max() + along.min()) / 2
    length = float(along.max() - along.min()) + block[0].pitch
    return Band(middle.astype(np.float32), direction.astype(np.float32), length, float(len(points)))
