"""Reads the machine readable zone of one picture."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import cv2
import numpy as np

from devices.camera.mrz.blocks import find_blocks, find_turned_blocks
from devices.camera.mrz.line_finder import LineFinder
from devices.camera.mrz.locator import Band, Locator
from devices.camera.mrz.picture import Grey, Pyramid
from devices.camera.mrz.recogniser import Recogniser, aligned
from devices.camera.mrz.sighting import MrzSighting, better, sight
from devices.camera.mrz.zone import Zone

_LONGEST = 4500
_TURNS = (0, 90, 45, 135)
"""Degrees by which a still is turned to look for rows of characters."""
_MOST_BANDS = 3
_CLOSE = 448
"""Longest side at which a frame is searched again when nothing valid was found in it."""
_SCALES = (320, 640, 224)
"""Longest sides, in pixels, at which a still is searched, the likeliest first."""
_FIT = 0.25
"""How well characters must fit their places, or the lines are other text."""
_PROMISING = 0.5
"""The same for lines that are worth a second look."""

_Way = Callable[[Grey], list[Band]]


class MrzReader:
    """Finds and reads zones; holds nothing of one picture when it reads the next.

    Not for several threads at once.
    """

    def __init__(self) -> None:
        """Load the networks: some milliseconds."""
        self._locator = Locator()
        self._line_finder = LineFinder()
        self._recogniser = Recogniser()

    def read(self, grey: Grey, *, today: date) -> MrzSighting | None:
        """Return the best zone in the picture, None when there is nothing like one.

        Documents may lie in any direction, tilted by up to some 30 degrees.
        """
        return self._search(
            grey, today, (self._locator.find, find_blocks, self._find_closely), most=1
        )

    def read_still(self, grey: Grey, *, today: date) -> MrzSighting | None:
        """Like `read`, but tries everything: a single picture has no next frame.

        The picture may be of any size.
        """
        factor = min(1.0, _LONGEST / max(grey.shape))
        if factor < 1:
            size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
            grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
        best = self._search(
            grey,
            today,
            (
                *(partial(self._locator.find, longest=longest) for longest in _SCALES),
                *(partial(find_turned_blocks, angle=angle) for angle in _TURNS),
            ),
            most=_MOST_BANDS,
        )
        return best and replace(best, outline=best.outline / factor, pitch=best.pitch / factor)

    def _find_closely(self, grey: Grey) -> list[Band]:
        return self._locator.find(grey, _CLOSE)

    def _search(
        self, grey: Grey, today: date, ways: tuple[_Way, ...], most: int
    ) -> MrzSighting | None:
        """Return the first valid sighting, or the best when there is none."""
        picture = Pyramid(grey)
        best: MrzSighting | None = None
        for find in ways:
            best = better(best, self._read(picture, find(grey), today, most))
            if best is not None and best.inspection.valid:
                break
        return best

    def _read(
        self, picture: Pyramid, bands: list[Band], today: date, most: int
    ) -> MrzSighting | None:
        best: MrzSighting | None = None
        for band in bands[:most]:
            zone = self._line_finder.find(picture, band)
            if zone is None:
                continue
            best = better(best, self._read_zone(picture, zone, today))
            if best is not None and best.inspection.valid:
                break
        return best

    def _read_zone(self, picture: Pyramid, zone: Zone, today: date) -> MrzSighting | None:
        """Return what the lines say; once more with straighter letters when it is not certain."""
        reading = self._recogniser.read(picture, zone)
        if reading.fit < _FIT:
            return None
        sighting = sight(zone, reading, today)
        if sighting.certain or reading.fit < _PROMISING:
            return sighting
        zone = aligned(zone, reading)
        again = sight(zone, self._recogniser.read(picture, zone), today)
        if sighting.inspection.valid and again.lines != sighting.lines:
            return sighting  # two looks that differ are never certain
        return better(again, sighting)
