"""The lines of a zone to the pixel: a small network on the band that the locator found."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.locator import Band
from devices.camera.mrz.network import Maps, Network, softmax
from devices.camera.mrz.picture import Grey, Matrix, Pyramid

CROP = (384, 96)
"""Width and height of the straightened band."""
STRIDES = (4, 2)
"""Pixels of it from one answer of the network to the next, across and down."""

_ROOM = 1.25
"""Width of the crop, in lengths of the band."""
_MOST_CROPS = 3
_RIM = 6
"""Pixels from the crop's edge within which a line does not end but leaves it."""
_LONGER = 1.6
_LIKELY = 0.5
_SHORTEST = 0.2
"""Length of a piece of a line, in widths of the crop."""
_ALIKE = 0.6
"""Length of a line, in lengths of the longest."""


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """Two or three lines in the picture."""

    count: int
    to_picture: Matrix
    """From the grid (x: 0 at the lines' left ends, 1 at the right; y: line) to pixels."""
    width: float
    """Pixels from end to end."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in the crop: from (x0, y0) to (x1, y1)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    def at(self, x: float) -> float:
        return self.y0 + (self.y1 - self.y0) * (x - self.x0) / self.length


class LineFinder:
    """Finds the lines of a zone."""

    def __init__(self) -> None:
        self._network = Network("line_finder")

    def find(self, picture: Pyramid, band: Band) -> Zone | None:
        """Return the lines in the band, the right way up; None when there are not two or three.

        Of some zones the locator sees a part only: lines that leave the crop are followed.
        """
        view = self._look(picture, band)
        for _ in range(_MOST_CROPS - 1):
            if not (view.complete and view.leaves):
                break
            band = _longer(band, view.points)
            view = self._look(picture, band)
        if not view.complete:
            return None
        points = view.points[::-1] if view.turned else view.points
        count = len(view.lines)
        grid = np.array([[x, y] for y in range(count) for x in (0, 1)], np.float64)
        matrix, _ = cv2.findHomography(grid, points, 0)
        if matrix is None:
            return None
        width = float(np.mean([line.length for line in view.lines])) * view.crop.shrink
        return Zone(count, np.asarray(matrix, np.float64), width)

    def _look(self, picture: Pyramid, band: Band) -> "_View":
        crop = _Crop(band)
        chances = softmax(self._network.run(crop.of(picture)[None]))[0]
        upright, turned = (float(chances[k][chances[k] > _LIKELY].sum()) for k in (1, 2))
        return _View(crop, tuple(_lines(chances[1] + chances[2])), turned > upright)


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """What was found in a crop."""

    crop: "_Crop"
    lines: tuple[_Line, ...]
    turned: bool
    """The letters are upside-down."""

    @property
    def complete(self) -> bool:
        return 2 <= len(self.lines) <= 3

    @property
    def leaves(self) -> bool:
        """Whether lines go on beyond the crop."""
        first = min(line.x0 for line in self.lines)
        last = max(line.x1 for line in self.lines)
        return first <= _RIM or last >= CROP[0] - _RIM

    @property
    def points(self) -> Matrix:
        """The lines' left and right ends in the picture."""
        ends = [[(line.x0, line.y0), (line.x1, line.y1)] for line in self.lines]
        flat = np.array(ends, np.float64).reshape(1, -1, 2)
        return np.asarray(cv2.perspectiveTransform(flat, self.crop.to_picture)[0], np.float64)


class _Crop:
    """A band straightened."""

    def __init__(self, band: Band) -> None:
        self.shrink = _ROOM * band.length / CROP[0]
        """Pixels of the picture that become one."""
        cos, sin = band.direction * self.shrink
        self.to_picture: Matrix = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]], np.float64)
        middle = np.array([(CROP[0] - 1) / 2, (CROP[1] - 1) / 2])
        self.to_picture[:2, 2] = band.middle - self.to_picture[:2, :2] @ middle

    def of(self, picture: Pyramid) -> Grey:
        return picture.warped(self.to_picture, CROP, self.shrink)


def _longer(band: Band, points: Matrix) -> Band:
    """Return a band for lines that are longer than what was seen of them, by their ends."""
    along = (points[1::2] - points[::2]).mean(axis=0)
    direction = along / np.hypot(*along)
    return replace(
        band,
        middle=points.mean(axis=0).astype(np.float32),
        direction=direction.astype(np.float32),
        length=band.length * _LONGER,
    )


def _lines(chance: NDArray[np.float32]) -> list[_Line]:
    """Return the lines of the map, from top to bottom: at most three that belong together."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((chance > _LIKELY).astype(np.uint8))
    shortest = _SHORTEST * chance.shape[1]
    wide = [k for k in range(1, count) if stats[k, cv2.CC_STAT_WIDTH] >= shortest]
    pieces = [_fitted(chance, labels == k) for k in wide]
    lines: list[_Line] = []
    for piece in sorted(pieces, key=lambda piece: -piece.length):
        same = next((k for k, line in enumerate(lines) if _continues(line, piece)), None)
        if same is None:
            lines.append(piece)
        else:
            lines[same] = _joined(lines[same], piece)
    if not lines:
        return []
    longest = max(line.length for line in lines)
    middle = CROP[0] / 2
    long = [line for line in lines if line.length >= _ALIKE * longest]
    return sorted(sorted(long, key=lambda line: -line.length)[:3], key=lambda line: line.at(middle))


def _fitted(chance: NDArray[np.float32], inside: NDArray[np.bool_]) -> _Line:
    rows, columns = np.nonzero(inside)
    weights = chance[rows, columns]
    across, down = STRIDES
    x = (columns + 0.5) * across - 0.5
    y = (rows + 0.5) * down - 0.5
    mean_x, mean_y = np.average(x, weights=weights), np.average(y, weights=weights)
    spread = (weights * (x - mean_x) ** 2).sum()
    slope = (weights * (x - mean_x) * (y - mean_y)).sum() / (spread + 1e-6)
    x0, x1 = _end(chance, inside, x.min(), first=True), _end(chance, inside, x.max(), first=False)
    return _Line(x0, mean_y + slope * (x0 - mean_x), x1, mean_y + slope * (x1 - mean_x))


def _end(chance: Maps, inside: NDArray[np.bool_], x: float, *, first: bool) -> float:
    """Return where a line ends, to parts of a cell: its last cell may be covered in part."""
    across = STRIDES[0]
    columns = np.flatnonzero(inside.any(axis=0))
    column = columns[0 if first else -1]
    step = -1 if first else 1
    rows = inside[:, column]
    beyond = column + step
    spill = 0.0
    if 0 <= beyond < chance.shape[1]:
        spill = float(chance[rows, beyond].mean())
    cover = float(chance[rows, column].mean())
    return float(x + step * across * (cover + spill - 0.5))


def _continues(line: _Line, piece: _Line) -> bool:
    overlap = min(line.x1, piece.x1) - max(line.x0, piece.x0)
    if overlap > 0.3 * piece.length:
        return False
    middle = (piece.x0 + piece.x1) / 2
    return abs(line.at(middle) - piece.at(middle)) < 5


def _joined(one: _Line, other: _Line) -> _Line:
    left, right = (one, other) if one.x0 < other.x0 else (other, one)
    return _Line(left.x0, left.y0, right.x1, right.y1)
