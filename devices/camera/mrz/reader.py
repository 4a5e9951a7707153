"""Reads the machine readable zone of one picture."""

from dataclasses import dataclass, replace
from datetime import date

import cv2
import numpy as np

from devices.camera.mrz.line_finder import LineFinder
from devices.camera.mrz.locator import LONGEST, Band, Locator
from devices.camera.mrz.picture import Grey, Pyramid
from devices.camera.mrz.recogniser import Reading, Recogniser, aligned
from devices.camera.mrz.sighting import MrzSighting, better, between, sight
from devices.camera.mrz.zone import Zone

_LARGEST = 4500
"""Longest side of a still, in pixels; larger ones are shrunken."""
_SCALES = (LONGEST, 832, 224)
"""Longest sides, in pixels, at which a still is searched, the likeliest first."""
_FIT = 0.4
"""How well characters must fit their places, or the lines are other text."""
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
        """Return what the lines say; once more with straighter letters when it is not certain."""
        look = self._look(picture, band, today)
        if look is None:
            return None
        sighting = look.sighting
        if sighting.certain:
            return sighting
        zone = aligned(look.zone, look.reading)
        again = sight(zone, self._recogniser.read(picture, zone), today)
        if again.lines != sighting.lines and again.shape == sighting.shape:
            again = between(again, sighting, today)
        return better(again, sighting)

    def _look(self, picture: Pyramid, band: Band, today: date) -> "_Look | None":
        """Return what the lines say; the other way round too when that is open."""
        best: _Look | None = None
        for zone in self._line_finder.find(picture, band):
            reading = self._recogniser.read(picture, zone)
            if reading.fit < _FIT:
                break  # other text, whichever way it is read
            look = _Look(zone, reading, sight(zone, reading, today))
            if best is None or better(best.sighting, look.sighting) is look.sighting:
                best = look
            if look.sighting.inspection.valid:
                break
        return best


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """What the lines say, read one way."""

    zone: Zone
    reading: Reading
    sighting: MrzSighting
