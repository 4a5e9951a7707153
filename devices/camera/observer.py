"""What can be seen in a frame at a glance: whether anything is there, moves, is lit and sharp."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.picture import Grey

_SMALL = (160, 90)
_EDGE = 24
_OCCUPIED = 0.012
"""Share of edge pixels from which on something lies there."""
_MARGIN = 2
"""Rows and columns along the border in which something that is cut shows edges."""
_MOVING = 2.6
_DARK = 14.0
_WHITE = 250
_GLARE = 0.004
"""Share of the picture from which on a white spot hides something."""
_FADED = (2, 45)
"""By how much it is darker beside a highlight, 8 to 12 pixels off."""
_SOFT = 0.25
"""Share of a highlight's surroundings that are; the rest are print and the ends of pages."""
_SHARP = 14.0
_NEAR = 0.38
_CARD = 1.5
"""Width by height: an ID-1 card has 1.586, the page of a passport (ID-3) 1.42."""
_DOCUMENT = (1.3, 1.7)
"""Width by height of cards, pages and spreads, seen somewhat aslant; phones have 2."""


@dataclass(frozen=True, slots=True)
class Glance:
    """One frame at a glance."""

    occupied: bool
    moving: bool
    dark: bool
    small: bool
    """What lies there takes up little of the picture."""
    page: bool
    """It has the shape of a passport's page rather than that of a card."""
    document: bool
    """It has the shape of either, and all of it is in the picture."""


class Observer:
    """Looks at frames one after the other; under a millisecond each."""

    def __init__(self) -> None:
        self._before: NDArray[np.float32] | None = None

    def look(self, grey: Grey) -> Glance:
        """Return what the frame shows, compared with the one before."""
        small = np.asarray(cv2.resize(grey, _SMALL, interpolation=cv2.INTER_AREA), np.float32)
        across = np.abs(cv2.Sobel(small, cv2.CV_32F, 1, 0)) / 4
        down = np.abs(cv2.Sobel(small, cv2.CV_32F, 0, 1)) / 4
        edges = np.maximum(across, down) > _EDGE
        before, self._before = self._before, small
        moving = before is not None and float(np.abs(small - before).mean()) > _MOVING
        extent = max((np.ptp(points) for points in edges.nonzero() if len(points)), default=0)
        slimness = _slimness(edges)
        return Glance(
            occupied=float(edges.mean()) > _OCCUPIED,
            moving=moving,
            dark=float(small.mean()) < _DARK,
            small=bool(extent < _NEAR * _SMALL[0]),
            page=slimness < _CARD,
            document=_DOCUMENT[0] < slimness < _DOCUMENT[1] and not _is_cut(edges),
        )


def _slimness(edges: NDArray[np.bool_]) -> float:
    """Longer by shorter side of what lies there, however it is turned."""
    points = np.argwhere(edges).astype(np.float32)
    if len(points) < 3:
        return 0.0
    sides = cv2.minAreaRect(points)[1]
    return float(max(sides) / max(min(sides), 1.0))


def _is_cut(edges: NDArray[np.bool_]) -> bool:
    """Tell whether what lies there goes on beyond the picture."""
    inner = edges[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
    return int(edges.sum()) > int(inner.sum())


def has_glare(grey: Grey) -> bool:
    """Tell whether a spot of the picture is so bright that nothing can be seen in it.

    White paper and screens are as bright, but end at an edge or a letter: a highlight fades away.
    """
    resized = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    quarter = np.asarray(resized, np.uint8)
    white = (quarter >= _WHITE).astype(np.uint8)
    if not white.any():
        return False
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(white)
    large = np.flatnonzero(stats[1:, cv2.CC_STAT_AREA] > _GLARE * white.size) + 1
    if not len(large):
        return False
    fades = _fades(quarter)
    return any(
        bool((ring := _around(labels == spot)).any()) and float(fades[ring].mean()) > _SOFT
        for spot in large
    )


def _fades(picture: Grey) -> NDArray[np.bool_]:
    """Where it is somewhat darker than white, and so are the pixels beside: no edge is near."""
    beside = cv2.morphologyEx(picture, cv2.MORPH_GRADIENT, _disk(1))
    drop = _WHITE - picture.astype(np.int16)
    return np.asarray((drop >= _FADED[0]) & (drop <= _FADED[1]) & (beside <= _FADED[1]))


def _around(spot: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ring around a spot, a little way off."""
    filled = spot.astype(np.uint8)
    return np.asarray(cv2.dilate(filled, _disk(3)) > cv2.dilate(filled, _disk(2)))


def _disk(radius: int) -> NDArray[np.uint8]:
    size = 2 * radius + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def is_sharp(grey: Grey) -> bool:
    """Tell whether there are hard borders: how steep the steepest edges are."""
    laplacian = cv2.Laplacian(cv2.GaussianBlur(grey, (3, 3), 0), cv2.CV_16S, ksize=1)
    return float(np.quantile(np.abs(laplacian[::2, ::2]), 0.995)) > _SHARP
