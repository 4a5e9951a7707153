"""Lines through a map of how surely there is one: parabolas of one bow."""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.network import Maps

_LIKELY = 0.5
_SHORTEST = 0.08
"""Length of a piece of a line, in widths of the map."""
_ALIKE = 0.6
"""Length of a line, in lengths of the longest."""
_MOST = 3
_APART = 5.0
"""Pixels by which pieces of one line may be out of it."""
_OVERLAP = 0.3
"""Share of a piece that may lie beside another of the same line."""
_STIFF = 0.5
"""Evidence that it takes to bend lines: short ones are straight."""

_UNEVEN = 0.8
"""Distances of lines by which an end may be out of line with the others: two characters."""

_Numbers = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line from ``x0`` to ``x1``, in pixels."""

    x0: float
    x1: float
    height: float
    slope: float
    bend: float

    def at(self, x: float) -> float:
        """Return its y."""
        return self.height + x * (self.slope + x * self.bend)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """What was seen of a line: y and weight by columns."""

    x0: float
    x1: float
    x: _Numbers
    y: _Numbers
    weight: _Numbers

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    def continues(self, other: "_Piece") -> bool:
        """Tell whether the two are of one line."""
        shorter = min(self.length, other.length)
        if min(self.x1, other.x1) - max(self.x0, other.x0) > _OVERLAP * shorter:
            return False
        slope, height = np.polyfit(self.x, self.y, 1)
        facing = 0 if other.x0 > self.x0 else -1
        return bool(abs(height + slope * other.x[facing] - other.y[facing]) < _APART)

    def joined(self, other: "_Piece") -> "_Piece":
        left, right = (self, other) if self.x0 < other.x0 else (other, self)
        return _Piece(
            left.x0,
            max(left.x1, right.x1),
            np.concatenate([left.x, right.x]),
            np.concatenate([left.y, right.y]),
            np.concatenate([left.weight, right.weight]),
        )


def fitted(chance: Maps, strides: tuple[int, int]) -> list[Line]:
    """Return the lines of a map, from top to bottom: at most three that belong together.

    ``strides`` are the pixels from cell to cell, across and down.
    """
    lines: list[_Piece] = []
    for piece in sorted(_pieces(chance, strides), key=lambda piece: -piece.length):
        same = next((k for k, line in enumerate(lines) if line.continues(piece)), None)
        if same is None:
            lines.append(piece)
        else:
            lines[same] = lines[same].joined(piece)
    lines.sort(key=lambda line: -line.length)
    alike = [line for line in lines if line.length >= _ALIKE * lines[0].length][:_MOST]
    alike.sort(key=lambda line: float(line.y.mean()))
    return _evened(_parabolas(alike, chance.shape[1] * strides[0]))


def _pieces(chance: Maps, strides: tuple[int, int]) -> list[_Piece]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats((chance > _LIKELY).astype(np.uint8))
    shortest = _SHORTEST * chance.shape[1]
    return [
        _piece(chance, labels == k, strides)
        for k in range(1, count)
        if stats[k, cv2.CC_STAT_WIDTH] >= shortest
    ]


def _piece(chance: Maps, inside: NDArray[np.bool_], strides: tuple[int, int]) -> _Piece:
    across, down = strides
    columns = np.flatnonzero(inside.any(axis=0))
    weights = np.where(inside, chance, 0)[:, columns].astype(np.float64)
    total = weights.sum(axis=0)
    rows = (weights * np.arange(len(chance))[:, None]).sum(axis=0) / total
    x, y = (columns + 0.5) * across - 0.5, (rows + 0.5) * down - 0.5
    first, last = _spill(chance, inside, columns[0], -1), _spill(chance, inside, columns[-1], 1)
    return _Piece(float(x[0] - first * across), float(x[-1] + last * across), x, y, total)


def _spill(chance: Maps, inside: NDArray[np.bool_], column: int, step: int) -> float:
    """Return how far a line reaches beyond the middle of its last cell, in cells.

    That cell may be covered in part, and the next one may be touched.
    """
    rows, beyond = inside[:, column], column + step
    next_cell = float(chance[rows, beyond].mean()) if 0 <= beyond < chance.shape[1] else 0.0
    return float(chance[rows, column].mean()) + next_cell - 0.5


def _parabolas(pieces: list[_Piece], width: int) -> list[Line]:
    """Return the parabolas, of one bend, that fit best, by least squares."""
    if not pieces:
        return []
    half = width / 2
    sizes = [len(piece.x) for piece in pieces]
    u = np.concatenate([piece.x for piece in pieces]) / half - 1
    y = np.concatenate([piece.y for piece in pieces])
    weight = np.sqrt(np.concatenate([piece.weight for piece in pieces]))
    terms = np.zeros((len(u) + 1, 2 * len(pieces) + 1))
    number = np.repeat(np.arange(len(pieces)), sizes)
    every = np.arange(len(u))
    terms[every, 2 * number], terms[every, 2 * number + 1], terms[:-1, -1] = 1, u, u**2
    terms[:-1] *= weight[:, None]
    terms[-1, -1] = np.sqrt(_STIFF)
    found = np.linalg.lstsq(terms, np.append(y * weight, 0), rcond=None)[0]
    bend = float(found[-1])
    lines = []
    for piece, (height, slope) in zip(pieces, found[:-1].reshape(-1, 2), strict=True):
        # in pixels from the left instead of half widths from the middle
        lines.append(
            Line(
                piece.x0,
                piece.x1,
                float(height - slope + bend),
                float(slope - 2 * bend) / half,
                bend / half**2,
            )
        )
    return lines


def _evened(lines: list[Line]) -> list[Line]:
    """Return the lines with their ends below each other: one that is not was not found."""
    if not 2 <= len(lines) <= _MOST:
        return lines
    middles = [line.at((line.x0 + line.x1) / 2) for line in lines]
    most = _UNEVEN * (middles[-1] - middles[0]) / (len(lines) - 1)
    left, right = (np.array([getattr(line, end) for line in lines]) for end in ("x0", "x1"))
    if len(lines) == _MOST:
        left, right = _in_line(left, right, most), _in_line(right, left, most)
    else:
        left, right = _as_long(left, right, most)
    return [
        replace(line, x0=float(x0), x1=float(x1))
        for line, x0, x1 in zip(lines, left, right, strict=True)
    ]


def _in_line(ends: _Numbers, others: _Numbers, most: float) -> _Numbers:
    """Return three ends with the one moved that leaves the others most as the other side is."""
    if abs(_kink(ends)) <= most:
        return ends
    slant = (others[2] - others[0]) / 2 if abs(_kink(others)) <= most else 0.0
    first, middle, last = ends
    ways = np.array(
        [[2 * middle - last, middle, last], [first, (first + last) / 2, last],
         [first, middle, 2 * middle - first]]
    )  # fmt: skip
    return np.asarray(ways[np.abs((ways[:, 2] - ways[:, 0]) / 2 - slant).argmin()])


def _kink(ends: _Numbers) -> float:
    return float(ends[0] - 2 * ends[1] + ends[2])


def _as_long(left: _Numbers, right: _Numbers, most: float) -> tuple[_Numbers, _Numbers]:
    """Return the ends of two lines with the shorter one as long as the longer one."""
    short = int((right - left).argmin())
    missing = abs(float(np.diff(right - left)[0]))
    if missing <= most:
        return left, right
    left, right = left.copy(), right.copy()
    if abs(left[1] - left[0]) > abs(right[1] - right[0]):
        left[short] -= missing
    else:
        right[short] += missing
    return left, right
