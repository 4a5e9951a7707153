"""Where in a picture zones are and which way they run: a small network on a shrunken picture."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.network import Maps, Network, normalised
from devices.camera.mrz.picture import Points, Pyramid

STRIDE = 4
"""Pixels of the shrunken picture from one answer of the network to the next."""

LONGEST = 448
"""Longest side, in pixels, at which all zones of a frame are seen that can be read."""
_MULTIPLE = 32
_LIKELY = (0.4, 0.7, 0.8, 0.88, 0.94, 0.97)
"""How surely a cell is of a zone: enough, and what tells a zone from other text beside it."""
_FEWEST = 8
"""Cells of the smallest zone."""
_MOST = 3
_LONG = 2.5
"""Length of a band, in widths."""
_ALIKE = 0.8
"""Cosine between a band's own axis and the direction that the network says, if it has an axis."""

Cells = tuple[NDArray[np.intp], ...]
"""Rows and columns of the network's answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A part of the picture that looks like a zone."""

    middle: Points
    direction: Points
    """Unit vector from the first to the last character of a line, or the other way round."""
    length: float
    """Pixels from end to end."""


class Locator:
    """Finds bands."""

    def __init__(self) -> None:
        self._network = Network("locator")

    def find(self, picture: Pyramid, longest: int = LONGEST) -> Iterator[Band]:
        """Yield the likely bands of a picture, the likeliest first.

        ``longest`` is the longest side to which the picture is shrunken.
        """
        height, width = picture.grey.shape
        factor = longest / max(height, width)
        size = (max(8, round(width * factor)), max(8, round(height * factor)))
        right, below = -size[0] % _MULTIPLE, -size[1] % _MULTIPLE
        padded = cv2.copyMakeBorder(picture.resized(size), 0, below, 0, right, cv2.BORDER_REPLICATE)
        maps = self._network.run(normalised(np.asarray(padded, np.uint8)[None]))[0]
        return _bands(maps, np.array([width / size[0], height / size[1]]) * STRIDE)


def _bands(maps: Maps, scale: NDArray[np.float64]) -> Iterator[Band]:
    chance = 1 / (1 + np.exp(-maps[0]))
    found = sorted(_components(chance, _LIKELY), key=lambda cells: -float(chance[cells].sum()))
    for cells in found[:_MOST]:
        yield _band(chance, maps[1:], cells, scale)


def _components(chance: NDArray[np.float32], levels: tuple[float, ...]) -> Iterator[Cells]:
    """Yield what hangs together; once more, above a higher level, where that is no band.

    Other text is a zone to some degree, and what is between them too.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats((chance > levels[0]).astype("u1"))
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] < _FEWEST:
            continue
        inside = labels == label
        cells = np.nonzero(inside)
        if _is_long(cells) or not levels[1:]:
            yield cells
        else:
            finer = list(_components(np.where(inside, chance, 0), levels[1:]))
            yield from finer or [cells]


def _is_long(cells: Cells) -> bool:
    spread = np.linalg.eigvalsh(np.cov(np.stack(cells)))
    return bool(spread[1] > _LONG**2 * spread[0])


def _band(
    chance: NDArray[np.float32], directions: Maps, cells: Cells, scale: NDArray[np.float64]
) -> Band:
    rows, columns = cells
    weights = chance[cells].astype(np.float64)
    said = directions[:, rows, columns] @ weights
    said /= np.hypot(*said) + 1e-9
    points = (np.stack([columns, rows], axis=1) + 0.5) * scale
    middle = np.average(points, axis=0, weights=weights)
    centred = points - middle
    _, axes = np.linalg.eigh((centred * weights[:, None]).T @ centred)
    axis = axes[:, 1] * (1 if axes[:, 1] @ said > 0 else -1)
    direction = axis if axis @ said > _ALIKE else said
    along = centred @ direction
    middle = middle + direction * (along.max() + along.min()) / 2
    return Band(
        middle.astype(np.float32),
        direction.astype(np.float32),
        float(np.ptp(along) + scale.mean()),
    )
