"""A grey picture in several sizes, and parts of it seen through a homography."""

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Points = NDArray[np.float32]
Matrix = NDArray[np.float64]

_ALIASED = 1.5
"""Pixels that may become one without a smaller level: more would harm."""


class Pyramid:
    """A picture, and its halves as they are needed: shrinking without them would alias."""

    def __init__(self, grey: Grey) -> None:
        self._levels = [grey]

    @property
    def grey(self) -> Grey:
        """The picture itself."""
        return self._levels[0]

    def resized(self, size: tuple[int, int]) -> Grey:
        """Return all of it in another size (width, height)."""
        shrink = max(self.grey.shape[1] / size[0], self.grey.shape[0] / size[1])
        source = self._level(shrink, 2)
        way = cv2.INTER_AREA if shrink > 1 else cv2.INTER_LINEAR
        return np.asarray(cv2.resize(source, size, interpolation=way), np.uint8)

    def warped(
        self,
        to_picture: Matrix,
        size: tuple[int, int],
        shrink: float,
        sag: NDArray[np.float64] | None = None,
    ) -> Grey:
        """Return the part to whose points (x, y) of a picture of ``size`` the matrix leads.

        ``shrink`` is how many pixels of the picture become one. ``sag`` is by how much what
        belongs into each column hangs below it, in pixels of the part.
        """
        source = self._level(shrink, _ALIASED)
        x = source.shape[1] / self._levels[0].shape[1]
        y = source.shape[0] / self._levels[0].shape[0]
        scale = np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2], [0, 0, 1]])
        if sag is not None:
            maps = _maps(scale @ to_picture, size, sag)
            part = cv2.remap(source, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            return np.asarray(part, np.uint8)
        part = cv2.warpPerspective(
            source,
            scale @ to_picture,
            size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(part, np.uint8)

    def _level(self, shrink: float, most: float) -> Grey:
        """Return a level for shrinking by so much, of which ``most`` is left to do."""
        level = 0
        while shrink > most and min(self._levels[level].shape) > 32:
            level += 1
            shrink /= 2
            if level == len(self._levels):
                last = self._levels[-1]
                half = (max(1, last.shape[1] // 2), max(1, last.shape[0] // 2))
                smaller = cv2.resize(last, half, interpolation=cv2.INTER_AREA)
                self._levels.append(np.asarray(smaller, np.uint8))
        return self._levels[level]


def _maps(matrix: Matrix, size: tuple[int, int], sag: NDArray[np.float64]) -> tuple[Points, Points]:
    """Return x and y of the source for each pixel of the part."""
    columns = np.stack([np.arange(size[0]), sag, np.ones(size[0])])
    rows = np.arange(size[1])
    x, y, depth = matrix @ columns
    below = matrix[:, 1, None] * rows
    deep = depth + below[2][:, None]
    return (
        ((x + below[0][:, None]) / deep).astype(np.float32),
        ((y + below[1][:, None]) / deep).astype(np.float32),
    )
