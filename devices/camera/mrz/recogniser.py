"""What stands where in straightened lines: a small network on all lines at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from devices.camera.mrz.network import Maps, Network, levelled, softmax
from devices.camera.mrz.picture import Grey, Matrix, Pyramid
from devices.camera.mrz.places import MARGIN, STRIDE, best_places
from devices.camera.mrz.zone import Zone

STRIP_HEIGHT = 32
"""Pixels of a line's picture; capital letters are about 20 of them."""
BLANK = 37
"""The class of what is between characters; the others are the alphabet's."""

LENGTHS = {2: (44, 36), 3: (30,)}
"""Characters in a line, by the number of lines, the commonest first."""

_WIDTHS = {2: 704, 3: 512}
"""Pixels of a line's picture, by the number of lines: 12 to 17 for a character."""
_TALL = 0.64
"""Height of a line's picture in distances of lines."""
_LETTERS = slice(5, 27, 2)
"""Rows of a line's picture that letters fill: every other one tells enough."""
_FITS = 0.7
"""How well characters fit the places of the right length at least, and of a wrong one never."""
_NEAR = 0.36
"""Half the part of a place over which the network's answers are gathered."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The characters of a zone."""

    length: int
    """Characters in a line."""
    scores: NDArray[np.float32]
    """Log probabilities: lines one after the other, then the alphabet."""
    presence: NDArray[np.float32]
    """How surely there is a character at all, for each place."""
    fit: float
    """How well characters and gaps fit the places: 1 is perfect, 0 is anything."""
    contrast: NDArray[np.float32]
    """Difference of ink and paper for each place, as a share of the paper's brightness."""
    places: NDArray[np.float64]
    """Where the middles of the characters are in the zone's grid (x), a row for every line."""


class Recogniser:
    """Reads the lines of a zone."""

    def __init__(self) -> None:
        self._network = Network("recogniser")

    def read(self, picture: Pyramid, zone: Zone) -> Reading:
        """Return what stands in the lines."""
        strips = _strips(picture, zone)
        chances = softmax(self._network.run(levelled(strips)))[:, :, 0]
        present = 1 - chances[:, BLANK]
        width = _WIDTHS[zone.count]
        fit, rows = _placed(present, LENGTHS[zone.count], width)
        scores, presence = _gathered(chances, rows)
        places = (rows - MARGIN) / (width - 2 * MARGIN)
        return Reading(rows.shape[1], scores, presence, fit, _contrast(strips, rows), places)


def _placed(
    present: NDArray[np.float32], lengths: tuple[int, ...], width: int
) -> tuple[float, NDArray[np.float64]]:
    """Return how well characters fit the places of the likeliest length, and those places."""
    best = best_places(present, lengths[0], width)
    for length in lengths[1:]:
        if best[0] < _FITS:
            best = max(best, best_places(present, length, width), key=lambda found: found[0])
    return best


def aligned(zone: Zone, reading: Reading) -> Zone:
    """Return the zone with characters of a column below each other, and ends where they are."""
    half = (reading.places[:, -1:] - reading.places[:, :1]) / (reading.length - 1) / 2
    x = np.concatenate([reading.places[:, :1] - half, reading.places[:, -1:] + half], axis=1)
    return zone.with_ends(x)


def _strips(picture: Pyramid, zone: Zone) -> Grey:
    width = _WIDTHS[zone.count]
    step = 1 / (width - 2 * MARGIN)
    tall = _TALL / STRIP_HEIGHT
    sag = None
    if zone.bow:
        sag = zone.sag((np.arange(width) + 0.5 - MARGIN) * step) / tall
    strips = np.empty((zone.count, STRIP_HEIGHT, width), np.uint8)
    for row in range(zone.count):
        to_grid: Matrix = np.array(
            [
                [step, 0, (0.5 - MARGIN) * step],
                [0, tall, row + (0.5 - STRIP_HEIGHT / 2) * tall],
                [0, 0, 1],
            ]
        )
        shrink = zone.width * step
        to_picture = zone.to_picture @ to_grid
        strips[row] = picture.warped(to_picture, (width, STRIP_HEIGHT), shrink, sag)
    return strips


def _pitch(middles: NDArray[np.float64]) -> float:
    return float((middles[-1] - middles[0]) / (len(middles) - 1))


def _gathered(
    chances: Maps, rows: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the log probabilities of the alphabet at each place, and of any character."""
    columns = np.arange(chances.shape[2]) * STRIDE + (STRIDE - 1) / 2
    away = np.abs(columns[:, None] - rows[:, None]) / _pitch(rows[0])
    weights = np.clip((_NEAR - away) / 0.1 + 0.5, 0, 1).astype(np.float32)
    sums = np.matmul(chances, weights).transpose(0, 2, 1)
    letters = sums[..., :BLANK] + 1e-7
    scores = np.log(letters / letters.sum(axis=2, keepdims=True))
    presence = 1 - sums[..., BLANK] / weights.sum(axis=1)
    return scores.reshape(-1, BLANK).astype(np.float32), presence.reshape(-1)


def _contrast(strips: Grey, rows: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return how much darker ink is than paper at every place.

    Under a highlight it is less so, in a shadow it is not.
    """
    offsets = np.linspace(-0.4, 0.4, 9) * _pitch(rows[0])
    cells = []
    for strip, middles in zip(strips, rows, strict=True):
        columns = np.clip(np.rint(middles[:, None] + offsets), 0, strip.shape[1] - 1)
        parts = strip[_LETTERS][:, columns.astype(np.intp)].transpose(1, 0, 2)
        cells.append(parts.reshape(len(middles), -1))
    ranked = np.concatenate(cells).astype(np.float32)
    few, many = ranked.shape[1] // 20, ranked.shape[1] * 4 // 5
    ranked.partition((few, many), axis=1)
    paper = np.maximum(ranked[:, many], 1)
    return np.asarray((paper - ranked[:, few]) / paper, np.float32)
