"""Lines of evenly spaced characters in a picture: where a machine readable zone may be.

A zone is the one thing on a document whose lines have thirty or more characters of one height at
one distance, fillers included. So the characters are found first, as dark spots, and then joined
to lines; this does not depend on how the document lies, within about 30 degrees.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.picture import Grey, Points

_SMALLEST, _LARGEST = 6, 64
"""Height of a character in pixels."""
_MOST_SPOTS = 1500
_MOST_CHAINS = 24
_CONTRAST = 14
_SLOPE = 0.62
"""Steepest line, as rise over run: 32 degrees."""
_FEWEST = 8
"""Characters in a row that make a chain."""


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Characters in a row. ``columns`` counts in pitches from the first one."""

    points: Points
    """Middle of each character, from left to right."""
    heights: Points
    columns: NDArray[np.intp]
    pitch: float
    """Pixels from character to character."""
    direction: Points
    """Unit vector along the line."""
    height: float
    """Typical height of a character in pixels."""

    @property
    def count(self) -> int:
        """Number of places from the first to the last character."""
        return int(self.columns[-1]) + 1


@dataclass(frozen=True, slots=True)
class _Spots:
    """Dark spots of the size of characters: middle, height and width."""

    points: Points
    heights: Points
    widths: Points


def find_chains(grey: Grey) -> list[Chain]:
    """Return the rows of characters, the longest first."""
    spots = _spots(grey)
    if len(spots.points) < _FEWEST:
        return []
    chains = [_chain(spots, row) for row in _rows(spots)]
    good = [chain for chain in _joined([c for c in chains if c]) if chain.count >= _FEWEST]
    return sorted(good, key=lambda chain: -len(chain.points))[:_MOST_CHAINS]


def _spots(grey: Grey) -> _Spots:
    block = 2 * max(8, grey.shape[0] // 48) + 1
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, _CONTRAST
    )
    stats = np.asarray(cv2.connectedComponentsWithStats(dark, connectivity=8)[2], np.int32)[1:]
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    area = stats[:, cv2.CC_STAT_AREA]
    fits = (
        (height >= _SMALLEST)
        & (height <= _LARGEST)
        & (width >= 2)
        & (width <= 1.5 * height)
        & (area >= 0.12 * width * height)
    )
    chosen = np.flatnonzero(fits)
    if len(chosen) > _MOST_SPOTS:
        chosen = _most_alike(chosen, height)
    left, top = stats[chosen, cv2.CC_STAT_LEFT], stats[chosen, cv2.CC_STAT_TOP]
    middle = np.stack([left + width[chosen] / 2, top + height[chosen] / 2], axis=1) - 0.5
    return _Spots(
        middle.astype(np.float32),
        height[chosen].astype(np.float32),
        width[chosen].astype(np.float32),
    )


def _most_alike(chosen: NDArray[np.intp], height: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """Return those whose height most others have, so that texture does not drown the letters."""
    histogram = np.bincount(height[chosen], minlength=_LARGEST + 1).astype(np.float64)
    alike = np.convolve(histogram * (np.arange(len(histogram)) > 8), np.ones(5), "same")
    order = np.argsort(-alike[height[chosen]], kind="stable")
    return np.sort(chosen[order[:_MOST_SPOTS]])


def _rows(spots: _Spots) -> list[list[int]]:
    """Return chains of spots, each the nearest fitting one to the right of the one before."""
    x, y, h = spots.points[:, 0], spots.points[:, 1], spots.heights
    dx = x[None, :] - x[:, None]
    dy = np.abs(y[None, :] - y[:, None])
    taller = np.maximum(h[None, :], h[:, None])
    lower = np.minimum(h[None, :], h[:, None])
    fits = (dx > 0.45 * lower) & (dx < 1.6 * taller) & (dy < _SLOPE * dx) & (lower > 0.6 * taller)
    cost = np.where(fits, dx + 2 * dy, np.inf)
    right = cost.argmin(axis=1)
    has_right = np.isfinite(cost.min(axis=1))
    left = cost.argmin(axis=0)
    mutual = has_right & (left[right] == np.arange(len(x)))
    starts = set(range(len(x))) - set(right[mutual].tolist())
    rows = []
    for start in sorted(starts):
        row = [start]
        while mutual[row[-1]]:
            row.append(int(right[row[-1]]))
        if len(row) >= 3:
            rows.append(row)
    return rows


def _chain(spots: _Spots, row: list[int]) -> Chain | None:
    """Return the chain of a row of spots, or None when they are not evenly spaced."""
    return _fit(spots.points[row], spots.heights[row])


def _fit(points: Points, heights: Points) -> Chain | None:
    vx, vy = (float(v) for v in cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()[:2])
    if vx < 0:
        vx, vy = -vx, -vy
    direction = np.array([vx, vy], np.float32)
    along = points @ direction
    across = points @ np.array([-vy, vx], np.float32)
    tall = float(np.median(heights))
    near = np.abs(across - np.median(across)) < 0.5 * tall
    if near.sum() < 3:
        return None
    order = np.flatnonzero(near)[np.argsort(along[near])]
    along = along[order]
    steps = np.diff(along)
    pitch = float(np.median(steps))
    if pitch <= 2:
        return None
    columns = np.concatenate([[0], np.cumsum(np.maximum(np.rint(steps / pitch), 0))])
    uneven = np.abs(steps / pitch - np.maximum(np.rint(steps / pitch), 0))
    keep = np.concatenate([[True], np.diff(columns) > 0])
    if np.median(uneven) > 0.2 or keep.sum() < 3:
        return None
    return Chain(
        points[order][keep],
        heights[order][keep],
        columns[keep].astype(np.intp),
        pitch,
        direction,
        tall,
    )


def _joined(chains: list[Chain]) -> list[Chain]:
    """Return the chains with those in one line put together: a blot had parted them."""
    rest = sorted(chains, key=lambda chain: -len(chain.points))
    done: list[Chain] = []
    while rest:
        chain = rest.pop(0)
        while len(chain.points) >= _FEWEST:
            other = next((other for other in rest if _in_line(chain, other)), None)
            if other is None:
                break
            rest.remove(other)
            merged = _fit(
                np.concatenate([chain.points, other.points]),
                np.concatenate([chain.heights, other.heights]),
            )
            if merged is not None and len(merged.points) > len(chain.points):
                chain = merged
        done.append(chain)
    return done


def _in_line(chain: Chain, other: Chain) -> bool:
    if abs(other.height / chain.height - 1) > 0.35:
        return False
    dx, dy = (float(v) for v in chain.direction)
    from_middle = other.points[len(other.points) // 2] - chain.points[len(chain.points) // 2]
    if abs(float(from_middle[1]) * dx - float(from_middle[0]) * dy) > 0.6 * chain.height:
        return False
    first, last = chain.points[0] @ chain.direction, chain.points[-1] @ chain.direction
    low, high = other.points[0] @ chain.direction, other.points[-1] @ chain.direction
    return bool(max(low - last, first - high) < 9 * chain.pitch)
