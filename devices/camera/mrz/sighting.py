"""A zone as one picture shows it: its text, and whether any character of it was a close call."""

from dataclasses import dataclass
from datetime import date

import cv2
import numpy as np

from devices.camera.mrz.decode import Decoded, decode, formats
from devices.camera.mrz.line_finder import Zone
from devices.camera.mrz.picture import Points
from devices.camera.mrz.recogniser import Reading
from devices.documents.mrz import Format, Inspection, inspect

_FADED = 0.35
"""Share of the usual contrast that every character of a certain reading has."""
_PRESENT = 0.3
"""How surely there must be a character at every place of a certain reading."""
_CERTAIN = 1.0
"""Margin (in log probability) of every character of a certain reading, check digits apart."""
_CERTAIN_BLIND = 3.0
"""The same where no check digit would notice another character."""


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


def sight(zone: Zone, reading: Reading, today: date) -> MrzSighting:
    """Return what the characters of a zone say."""
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


def better(one: MrzSighting | None, other: MrzSighting | None) -> MrzSighting | None:
    """Return the sighting that breaks fewer rules, or else is the clearer one."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=_rank)


def _rank(sighting: MrzSighting) -> tuple[bool, int, float, float]:
    inspection = sighting.inspection
    margin = sighting.decoded.blind_margin
    return inspection.valid, -len(inspection.errors), margin, sighting.fit
