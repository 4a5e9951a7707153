"""Reads the machine readable zone of one picture."""

from dataclasses import replace
from datetime import date

import cv2
import numpy as np

from devices.camera.mrz.line_finder import LineFinder
from devices.camera.mrz.locator import LONGEST, Band, Locator
from devices.camera.mrz.picture import Grey, Pyramid
from devices.camera.mrz.recogniser import Recogniser, aligned
from devices.camera.mrz.sighting import MrzSighting, better, sight
from devices.camera.mrz.zone import Zone

_LARGEST = 4500
"""Longest side of a still, in pixels; larger ones are shrunken."""
_SCALES = (LONGEST, 832, 224)
"""Longest sides, in pixels, at which a still is searched, the likeliest first."""
_FIT = 0.25
"""How well characters must fit their places, or the lines are other text."""
_PROMISING = 0.5
"""The same for lines that are worth a second look."""
_GOOD = 0.75
"""The same for lines that are a zone for sure: nothing else is looked for."""


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

        Documents may lie in any direction, tilted by up to some 30 degrees, and be mirrored.
        """
        return self._search(grey, today, (LONGEST,))

    def read_still(self, grey: Grey, *, today: date) -> MrzSighting | None:
        """Like `read`, but looks for large and small zones too: there is no next frame.

        The picture may be of any size.
        """
        factor = min(1.0, _LARGEST / max(grey.shape))
        if factor < 1:
            size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
            grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
        best = self._search(grey, today, _SCALES)
        return best and replace(best, outline=best.outline / factor, pitch=best.pitch / factor)

    def _search(self, grey: Grey, today: date, scales: tuple[int, ...]) -> MrzSighting | None:
        """Return the first sighting that is valid or fits well, or the best when there is none."""
        picture = Pyramid(grey)
        best: MrzSighting | None = None
        for longest in scales:
            for band in self._locator.find(picture, longest):
                best = better(best, self._read(picture, band, today))
                if best is not None and (best.inspection.valid or best.fit >= _GOOD):
                    return best
        return best

    def _read(self, picture: Pyramid, band: Band, today: date) -> MrzSighting | None:
        """Return what the lines say; the other way round too when that is open."""
        best: MrzSighting | None = None
        for zone in self._line_finder.find(picture, band):
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
