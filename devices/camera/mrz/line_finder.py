"""The lines of a zone to the pixel: a small network on the band that the locator found."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.line_fit import Line, fitted
from devices.camera.mrz.locator import Band
from devices.camera.mrz.network import Maps, Network, normalised, softmax
from devices.camera.mrz.picture import Grey, Matrix, Pyramid
from devices.camera.mrz.zone import Zone, zone_between

CROP = (384, 96)
"""Width and height of the straightened band."""
STRIDES = (4, 2)
"""Pixels of it from one answer of the network to the next, across and down."""

_ROOM = 1.25
"""Width of the crop, in lengths of the band."""
_MOST_CROPS = 3
_RIM = 6
"""Pixels from the crop's edge within which a line does not end but leaves it."""
_MORE = 0.6
"""By how much of what is seen a line that leaves the crop is followed."""
_SMALL = 0.5
"""Length of lines, in widths of the crop, that are worth a closer look."""

_RARE = np.array([1.0, 1.0, 0.5, 0.5])
"""How often letters are seen upright, upside-down, mirrored, and both, beside each other."""
_OPEN = 0.15
"""Share of what speaks for the likeliest way that leaves another one open."""


class LineFinder:
    """Finds the lines of a zone."""

    def __init__(self) -> None:
        self._network = Network("line_finder")

    def find(self, picture: Pyramid, band: Band) -> list[Zone]:
        """Return the zone in the band; none when there are not two or three lines.

        A second one has the same lines, read another way, when the letters leave that open.
        Of some zones the locator sees a part only: lines that leave the crop are followed.
        """
        view = self._look(picture, band)
        ways = view.ways
        for _ in range(_MOST_CROPS - 1):
            if not view.complete or view.fits:
                break
            view = self._look(picture, view.band())
            ways = ways + view.ways
        if not view.complete:
            return []
        ways = ways * _RARE
        likely = [way for way in ways.argsort()[:-3:-1] if ways[way] > _OPEN * ways.max()]
        zones = [view.zone(int(way)) for way in likely]
        return [zone for zone in zones if zone is not None]

    def _look(self, picture: Pyramid, band: Band) -> "_View":
        crop = _Crop(band)
        chances = softmax(self._network.run(normalised(crop.of(picture)[None])))[0]
        lines = fitted(1 - chances[0], STRIDES)
        return _View(crop, tuple(lines), chances[1:].sum(axis=(1, 2)))


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """What was found in a crop."""

    crop: "_Crop"
    lines: tuple[Line, ...]
    ways: Maps
    """How much speaks for letters upright, upside-down, mirrored, mirrored and upside-down."""

    @property
    def complete(self) -> bool:
        return 2 <= len(self.lines) <= 3

    @property
    def fits(self) -> bool:
        """Whether nothing leaves the crop, and it is not much larger than the lines."""
        (left, _), (right, _) = self._ends()[:, 0].min(axis=0), self._ends()[:, 1].max(axis=0)
        return bool(left > _RIM and right < CROP[0] - _RIM and right - left > _SMALL * CROP[0])

    def band(self) -> Band:
        """Return the band that the lines make, longer where they go on beyond the crop."""
        ends = self._ends()
        left, right = ends[:, 0].mean(axis=0), ends[:, 1].mean(axis=0)
        along = right - left
        if ends[:, 0, 0].min() <= _RIM:
            left = left - _MORE * along
        if ends[:, 1, 0].max() >= CROP[0] - _RIM:
            right = right + _MORE * along
        left, right = self.crop.seen(np.stack([left, right]))
        length = float(np.hypot(*(right - left)))
        return Band(
            ((left + right) / 2).astype(np.float32),
            ((right - left) / length).astype(np.float32),
            length,
        )

    def zone(self, way: int) -> Zone | None:
        """Return the zone whose letters lie one of the `ways`."""
        ends = self._ends()
        middles = [line.at((line.x0 + line.x1) / 2) for line in self.lines]
        spacing = (middles[-1] - middles[0]) / (len(middles) - 1)
        hang = np.mean(middles) - ends[:, :, 1].mean()
        bow = float(hang / spacing)
        if way in (1, 3):  # the last line is the first, and what hangs rises
            ends, bow = ends[::-1], -bow
        if way in (1, 2):
            ends = ends[:, ::-1]
        width = float(np.mean([line.x1 - line.x0 for line in self.lines])) * self.crop.shrink
        return zone_between(self.crop.seen(ends.reshape(-1, 2)), width, bow)

    def _ends(self) -> Matrix:
        """Return the left and the right end of each line, as the crop shows them: (lines, 2, 2)."""
        return np.array([[(x, line.at(x)) for x in (line.x0, line.x1)] for line in self.lines])


class _Crop:
    """A band straightened."""

    def __init__(self, band: Band) -> None:
        self.shrink = _ROOM * band.length / CROP[0]
        """Pixels of the picture that become one."""
        cos, sin = band.direction * self.shrink
        self._to_picture: Matrix = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]], np.float64)
        middle = np.array([(CROP[0] - 1) / 2, (CROP[1] - 1) / 2])
        self._to_picture[:2, 2] = band.middle - self._to_picture[:2, :2] @ middle

    def of(self, picture: Pyramid) -> Grey:
        return picture.warped(self._to_picture, CROP, self.shrink)

    def seen(self, points: NDArray[np.float64]) -> Matrix:
        """Return where points (n, 2) of the crop are in the picture."""
        flat = cv2.perspectiveTransform(points[None], self._to_picture)
        return np.asarray(flat[0], np.float64)
