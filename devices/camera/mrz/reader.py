"""Reads the machine readable zone of one picture."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import cv2
import numpy as np

from devices.camera.mrz.blocks import find_blocks, find_turned_blocks
from devices.camera.mrz.decode import Decoded, decode, formats
from devices.camera.mrz.line_finder import LineFinder, Zone
from devices.camera.mrz.locator import Band, Locator
from devices.camera.mrz.picture import Grey, Points, Pyramid
from devices.camera.mrz.recogniser import Reading, Recogniser, aligned
from devices.documents.mrz import Format, Inspection, inspect

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
_FADED = 0.35
"""Share of the usual contrast that every character of a certain reading has."""
_PRESENT = 0.3
"""How surely there must be a character at every place of a certain reading."""
_CERTAIN = 1.0
"""Margin (in log probability) of every character of a certain reading, check digits apart."""
_CERTAIN_BLIND = 3.0
"""The same where no check digit would notice another character."""


_Way = Callable[[Grey], list[Band]]


@dataclass(frozen=True, slots=True, eq=False)
class MrzSighting:
    """A machine readable zone as one picture shows it."""

    inspection: Inspection
    outline: Points
    """Corners in the picture, clockwise from the zone's own top left."""
    pitch: float
    """Pixels from character to character."""
    decoded: Decoded
    fit: float
    """How well the characters fit their places: 1 is perfect."""
    faded: bool
    """Light has eaten some of the ink."""

    @property
    def format(self) -> Format | None:
        """The format that the lines have."""
        return self.inspection.format

    @property
    def lines(self) -> tuple[str, ...]:
        """The text as read."""
        return self.inspection.lines

    @property
    def certain(self) -> bool:
        """Whether everything holds and no character was a close call."""
        return (
            self.inspection.valid
            and not self.faded
            and self.decoded.margin >= _CERTAIN
            and self.decoded.blind_margin >= _CERTAIN_BLIND
        )


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
            best = _better(best, self._read(picture, find(grey), today, most))
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
            best = _better(best, self._read_zone(picture, zone, today))
            if best is not None and best.inspection.valid:
                break
        return best

    def _read_zone(self, picture: Pyramid, zone: Zone, today: date) -> MrzSighting | None:
        """Return what the lines say; once more with straighter letters when it is not certain."""
        reading = self._recogniser.read(picture, zone)
        if reading.fit < _FIT:
            return None
        sighting = _sighting(zone, reading, today)
        if sighting.certain or reading.fit < _PROMISING:
            return sighting
        zone = aligned(zone, reading)
        again = _sighting(zone, self._recogniser.read(picture, zone), today)
        if sighting.inspection.valid and again.lines != sighting.lines:
            return sighting  # two looks that differ are never certain
        return _better(again, sighting)


def _sighting(zone: Zone, reading: Reading, today: date) -> MrzSighting:
    inspection, decoded = _best_format(reading, zone.count, today)
    return MrzSighting(
        inspection,
        _outline(zone, reading),
        zone.width / reading.length,
        decoded,
        reading.fit,
        _faded(reading),
    )


def _faded(reading: Reading) -> bool:
    """Tell whether light has eaten ink: some character is much paler than the others.

    What is left of an E is then an F without any doubt, so no network would notice.
    """
    contrast = reading.contrast
    pale = float(contrast.min()) < _FADED * float(np.median(contrast))
    return pale or float(reading.presence.min()) < _PRESENT


def _best_format(reading: Reading, count: int, today: date) -> tuple[Inspection, Decoded]:
    """Return the reading by the format that the first letter tells: V is a visa."""
    readings = []
    for format_ in formats(count, reading.length):
        decoded = decode(reading.scores, format_, lambda lines: inspect(lines, today=today).valid)
        readings.append((inspect(decoded.lines, today=today), decoded))
        if readings[-1][0].format is format_:
            break
    return readings[-1]


def _outline(zone: Zone, reading: Reading) -> Points:
    first, last = reading.places[:, 0].mean(), reading.places[:, -1].mean()
    half = (last - first) / (reading.length - 1) / 2
    left, right = first - half, last + half
    top, bottom = -0.3, zone.count - 0.7
    grid = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    return np.asarray(cv2.perspectiveTransform(grid[None], zone.to_picture)[0], np.float32)


def _better(one: MrzSighting | None, other: MrzSighting | None) -> MrzSighting | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=_rank)


def _rank(sighting: MrzSighting) -> tuple[bool, int, float, float]:
    inspection = sighting.inspection
    margin = sighting.decoded.blind_margin
    return inspection.valid, -len(inspection.errors), margin, sighting.fit
