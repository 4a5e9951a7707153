"""Where in a picture zones are and which way they run: a small network on a shrunken picture."""

from dataclasses import dataclass

import cv2
import numpy as np

from devices.camera.mrz.network import Maps, Network
from devices.camera.mrz.picture import Grey, Points

STRIDE = 4
"""Pixels of the shrunken picture from one answer of the network to the next."""

_LONGEST = 320
_MULTIPLE = 32
_LIKELY = 0.4
_FEWEST = 8
"""Cells of the smallest zone."""
_MOST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A part of the picture that looks like a zone."""

    middle: Points
    direction: Points
    """Unit vector from the first to the last character of a line."""
    length: float
    """Pixels from end to end."""
    weight: float
    """How much of it there is, and how surely."""


class Locator:
    """Finds bands."""

    def __init__(self) -> None:
        self._network = Network("locator")

    def find(self, grey: Grey, longest: int = _LONGEST) -> list[Band]:
        """Return the likely bands of a picture, the largest first.

        ``longest`` is the longest side to which the picture is shrunken.
        """
        factor = longest / max(grey.shape)
        size = (max(8, round(grey.shape[1] * factor)), max(8, round(grey.shape[0] * factor)))
        way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
        small = cv2.resize(grey, size, interpolation=way)
        right, below = -size[0] % _MULTIPLE, -size[1] % _MULTIPLE
        padded = cv2.copyMakeBorder(small, 0, below, 0, right, cv2.BORDER_REPLICATE)
        maps = self._network.run(np.asarray(padded, np.uint8)[None])[0]
        return _bands(maps, np.array([grey.shape[1] / size[0], grey.shape[0] / size[1]]) * STRIDE)


def _bands(maps: Maps, scale: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[Band]:
    chance = 1 / (1 + np.exp(-maps[0]))
    count, labels, stats, _ = cv2.connectedComponentsWithStats((chance > _LIKELY).astype(np.uint8))
    bands = []
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] < _FEWEST:
            continue
        rows, columns = np.nonzero(labels == label)
        weights = chance[rows, columns]
        points = (np.stack([columns, rows], axis=1) + 0.5) * scale
        middle = np.average(points, axis=0, weights=weights)
        said = np.array([(maps[k, rows, columns] * weights).sum() for k in (1, 2)]) * scale
        said /= np.hypot(*said) + 1e-9
        centred = points - middle
        _, axes = np.linalg.eigh((centred * weights[:, None]).T @ centred)
        axis = axes[:, 1] * (1 if axes[:, 1] @ said > 0 else -1)
        direction = axis if axis @ said > 0.8 else said
        along = centred @ direction
        length = float(along.max() - along.min() + scale.mean())
        middle = middle + direction * (along.max() + along.min()) / 2
        bands.append(
            Band(
                middle.astype(np.float32),
                direction.astype(np.float32),
                length,
                float(weights.sum()),
            )
        )
    return sorted(bands, key=lambda band: -band.weight)[:_MOST]
