"""Where the lines of a zone lie in a picture."""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.picture import Matrix

_FLAT = 0.03
"""Bow, in distances of lines, that is not worth straightening."""


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """Two or three lines in a picture, told by a grid.

    x is 0 at the lines' left ends and 1 at their right ends, y is the number of the line. The lines
    of a page that does not lie flat are parabolas of one bow.
    """

    count: int
    to_picture: Matrix
    """From the grid to pixels, but for the bow."""
    width: float
    """Pixels from end to end."""
    bow: float = 0.0
    """By how much the lines' middles lie below their ends, in distances of lines."""

    def sag(self, x: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Return by how much lines hang at ``x`` below the straight line of their ends."""
        return np.asarray(4 * self.bow * x * (1 - x), np.float64)

    def seen(self, grid: Matrix) -> Matrix:
        """Return where points (n, 2) of the grid are in the picture."""
        bent = np.stack([grid[:, 0], grid[:, 1] + self.sag(grid[:, 0])], axis=1)
        return np.asarray(cv2.perspectiveTransform(bent[None], self.to_picture)[0], np.float64)

    def with_ends(self, x: NDArray[np.float64]) -> "Zone":
        """Return it with the ends (line, side) of each line elsewhere on the line."""
        at = [[x[line, side], line] for line in range(self.count) for side in (0, 1)]
        share = float(np.mean(x[:, 1] - x[:, 0]))
        zone = zone_between(self.seen(np.array(at, np.float64)), self.width * share,
                            self.bow * share**2)  # fmt: skip
        return zone or self


def zone_between(ends: Matrix, width: float, bow: float) -> Zone | None:
    """Return the zone with the lines' left and right ends, one after the other, in the picture.

    None when they are not the corners of anything.
    """
    count = len(ends) // 2
    grid = np.array([[x, y] for y in range(count) for x in (0, 1)], np.float64)
    matrix, _ = cv2.findHomography(grid, ends, 0)
    if matrix is None:
        return None
    zone = Zone(count, np.asarray(matrix, np.float64), width)
    return replace(zone, bow=bow) if abs(bow) > _FLAT else zone
