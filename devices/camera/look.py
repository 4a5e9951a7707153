"""One picture read and searched for codes by itself, and how long that took."""

import time
from dataclasses import dataclass
from datetime import date

import cv2
import numpy as np

from devices.camera.barcodes import Barcode, scan
from devices.camera.frame import Pixels
from devices.camera.mrz import MrzReader, MrzSighting
from devices.camera.overlay import draw_overlay


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What one picture shows."""

    picture: Pixels
    sighting: MrzSighting | None
    codes: list[Barcode]
    milliseconds: float
    """That the zone took to be found and read."""

    def drawn(self) -> Pixels:
        """Return the picture with what was found on it."""
        return draw_overlay(self.picture, self.sighting, self.codes)


class Looker:
    """Looks at pictures one by one. Not for several threads at once."""

    def __init__(self) -> None:
        self._reader = MrzReader()

    def look(self, picture: Pixels, *, still: bool) -> Seen:
        """Read a picture (BGR): a still of any size, or a frame as the kiosk reads it."""
        start = time.perf_counter()
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        read = self._reader.read_still if still else self._reader.read
        sighting = read(grey, today=date.today())  # noqa: DTZ011 -- the hall's own day
        milliseconds = (time.perf_counter() - start) * 1000
        return Seen(picture, sighting, scan(grey), milliseconds)
