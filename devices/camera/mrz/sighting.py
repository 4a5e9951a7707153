"""A zone as one picture shows it: its text, and which characters of it were close calls."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from devices.camera.mrz.certainty import STILL, doubts
from devices.camera.mrz.decode import Decoded, Scores, decode
from devices.camera.mrz.picture import Points
from devices.camera.mrz.recogniser import Reading
from devices.camera.mrz.rules import Mask, rules_for
from devices.camera.mrz.zone import Zone
from devices.documents.mrz import Format, Inspection, inspect
from devices.documents.mrz.checkdigit import ALPHABET

_FADED = 0.35
"""Share of the usual contrast below which light may have eaten a part of a character."""
_PRESENT = 0.3
"""How surely there must be a character at all."""
_VERY_CLEAR = 8.0
"""Margin from which on a character is as clear as any."""
_LETTERS = ALPHABET.index("A")


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """What scores say, of one picture or of several together."""

    inspection: Inspection
    decoded: Decoded

    @property
    def shape(self) -> tuple[int, int]:
        """Number of lines, and of characters in a line."""
        lines = self.inspection.lines
        return len(lines), len(lines[0])


@dataclass(frozen=True, slots=True, eq=False)
class MrzSighting:
    """A machine readable zone as one picture shows it. Places count through all lines."""

    text: Text
    outline: Points
    """Corners in the picture from the zone's own top left, clockwise as the zone is read: the other
    way round in a mirrored picture."""
    pitch: float
    """Pixels from character to character."""
    fit: float
    """How well the characters fit their places: 1 is perfect."""
    scores: Scores
    """Log probabilities of every character at every place."""
    faded: Mask
    """Places where light has eaten ink, or something covers it."""

    @property
    def inspection(self) -> Inspection:
        """What the text means, and what is wrong with it."""
        return self.text.inspection

    @property
    def format(self) -> Format | None:
        """The format that the lines have."""
        return self.inspection.format

    @property
    def lines(self) -> tuple[str, ...]:
        """The text as read."""
        return self.inspection.lines

    @property
    def shape(self) -> tuple[int, int]:
        """Number of lines, and of characters in a line."""
        return self.text.shape

    @property
    def clearness(self) -> float:
        """The mean margin of its characters, of which none is clearer than very clear."""
        return float(np.minimum(self.text.decoded.margins, _VERY_CLEAR).mean())

    @property
    def doubts(self) -> Mask:
        """Places whose character may be another one."""
        return doubts(self.text.decoded, self.faded, STILL)

    @property
    def certain(self) -> bool:
        """Whether everything holds and no character was a close call."""
        return self.inspection.valid and not self.doubts.any()


def sight(zone: Zone, reading: Reading, today: date) -> MrzSighting:
    """Return what the characters of a zone say."""
    return MrzSighting(
        text_of(reading.scores, reading.length, today),
        _outline(zone, reading),
        zone.width / reading.length,
        reading.fit,
        reading.scores,
        _faded(reading),
    )


def text_of(scores: Scores, length: int, today: date) -> Text:
    """Return the likeliest text of scores, with ``length`` characters in a line."""
    letters = scores[:5, _LETTERS:].argmax(axis=1) + _LETTERS
    start = "".join(ALPHABET[i] for i in letters)
    decoded = decode(scores, rules_for(start, len(scores) // length, length), today)
    return Text(inspect(decoded.lines, today=today), decoded)


def between(one: MrzSighting, other: MrzSighting, today: date) -> MrzSighting:
    """Return what two looks at one zone say together; where they differ, the surer one prevails."""
    scores = np.asarray((one.scores + other.scores) / 2, np.float32)
    return replace(one, text=text_of(scores, one.shape[1], today), scores=scores)


def better(one: MrzSighting | None, other: MrzSighting | None) -> MrzSighting | None:
    """Return the sighting that breaks fewer rules, or else is the clearer one."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=_rank)


def _rank(sighting: MrzSighting) -> tuple[bool, int, float]:
    inspection = sighting.inspection
    return inspection.valid, -len(inspection.errors), sighting.clearness


def _faded(reading: Reading) -> Mask:
    """Return which characters are much paler than the others, or hardly there.

    What is left of an E is then an F without any doubt, so no network would notice.
    """
    contrast = reading.contrast
    faded: Mask = contrast < _FADED * float(np.median(contrast))
    return faded | (reading.presence < _PRESENT)


def _outline(zone: Zone, reading: Reading) -> Points:
    first, last = reading.places[:, 0].mean(), reading.places[:, -1].mean()
    half = (last - first) / (reading.length - 1) / 2
    left, right = first - half, last + half
    top, bottom = -0.3, zone.count - 0.7
    grid = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    return zone.seen(grid).astype(np.float32)
