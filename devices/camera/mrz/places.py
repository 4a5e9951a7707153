"""Where the characters of lines stand, from how surely there is one at each column."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

STRIDE = 4
"""Pixels of a line's picture from one answer of the recogniser to the next."""
MARGIN = 36
"""Pixels before and after the line, because its ends are not found to the pixel."""

_SLACK = np.linspace(-2.4, 2.4, 13)
"""Places by which the ends may be wrong."""
_BENDS = np.linspace(-1.2, 1.2, 7)
"""Places by which the middle of a line may be out of the middle of its ends."""
_FINE_SLACK = (-0.14, 0.0, 0.14)
_FINE_BENDS = (-0.13, 0.0, 0.13)
_BENT = 0.008
"""What a line loses in fit when it is bent by a place, squared."""
_SHEAR = 0.02
"""The same when its ends are a place off the next line's."""
_OUTSIDE = 2.0
"""Weight of a character beside the line, in characters of the line."""
_CANDIDATES = 16
"""Ways to place a line that are looked at closely."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ruler:
    """Where so many characters stand, by how a line is placed.

    A way to place a line: the places by which its first and last character are off, and by which
    its middle is out of theirs. Columns: the characters, the gaps, and the places before and
    behind the line.
    """

    length: int
    straight: NDArray[np.float32]
    """Pixels for the line that is where it should be."""
    shifts: NDArray[np.float32]
    """Pixels for each of the three numbers of a way: (3, columns)."""
    weights: NDArray[np.float32]
    """What a character found there counts for."""
    coarse: NDArray[np.float32]
    """Ways that are tried first: (ends, bends, 3)."""
    coarse_pixels: NDArray[np.intp]

    def pixels(self, ways: NDArray[np.float32]) -> NDArray[np.intp]:
        """Return whole pixels for ways to place a line, a row for each; some are outside."""
        return _whole(self.straight + ways @ self.shifts)

    def middles(self, way: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the middles of the characters."""
        places = self.straight + way @ self.shifts
        return np.asarray(places[: self.length], np.float64)


@cache
def _ruler(length: int, width: int) -> _Ruler:
    pitch = (width - 2 * MARGIN) / length
    gaps = np.arange(length + 1) - 0.5
    places = np.concatenate([np.arange(length), gaps, [-1, length]])
    share = places / (length - 1)
    straight = (MARGIN + pitch * (places + 0.5)).astype(np.float32)
    shifts = (pitch * np.stack([1 - share, share, 4 * share * (1 - share)])).astype(np.float32)
    weights = np.concatenate(
        [np.full(length, 1 / length), np.full(length + 1, -1 / (length + 1)),
         np.full(2, -_OUTSIDE / length)]
    )  # fmt: skip
    steps = np.meshgrid(_SLACK, _SLACK, _BENDS, indexing="ij")
    coarse = np.stack(steps, axis=-1).reshape(-1, len(_BENDS), 3).astype(np.float32)
    pixels = _whole(straight + coarse.reshape(-1, 3) @ shifts)
    return _Ruler(length, straight, shifts, weights.astype(np.float32), coarse, pixels)


def _whole(places: NDArray[np.float32]) -> NDArray[np.intp]:
    return (places + np.float32(0.5)).astype(np.intp)


@cache
def _fine() -> NDArray[np.float32]:
    steps = np.meshgrid(_FINE_SLACK, _FINE_SLACK, _FINE_BENDS, indexing="ij")
    return np.stack(steps, axis=-1).reshape(-1, 3).astype(np.float32)


def best_places(
    present: NDArray[np.float32], length: int, width: int
) -> tuple[float, NDArray[np.float64]]:
    """Return how well so many characters a line fit, and their middles, a row for every line.

    ``present`` says for each line and `STRIDE` columns how surely there is a character.
    """
    columns = np.arange(present.shape[1]) * STRIDE + (STRIDE - 1) / 2
    ruler = _ruler(length, width)
    fine = [np.interp(np.arange(width), columns, line).astype(np.float32) for line in present]
    found = [_candidates(line, ruler) for line in fine]
    total = found[0].fits
    links = []
    for before, line in pairwise(found):
        apart = ((line.ways[:, None, :2] - before.ways[None, :, :2]) ** 2).sum(axis=2)
        reached = total[None] - _SHEAR * apart
        links.append(reached.argmax(axis=1))
        total = line.fits + reached.max(axis=1)
    at = int(total.argmax())
    fit = float(total[at]) / len(present)
    rows = [ruler.middles(found[-1].ways[at])]
    for line, link in zip(reversed(found[:-1]), reversed(links), strict=True):
        at = int(link[at])
        rows.append(ruler.middles(line.ways[at]))
    return fit, np.stack(rows[::-1])


@dataclass(frozen=True, slots=True, eq=False)
class _Candidates:
    """The best ways to place one line, with different ends."""

    ways: NDArray[np.float32]
    fits: NDArray[np.float32]


def _candidates(line: NDArray[np.float32], ruler: _Ruler) -> _Candidates:
    coarse = ruler.coarse
    bent = _BENT * coarse[..., 2] ** 2
    seen = line.take(ruler.coarse_pixels, mode="clip") @ ruler.weights
    by_ends = seen.reshape(bent.shape) - bent
    few = np.argpartition(-by_ends.max(axis=1), _CANDIDATES)[:_CANDIDATES]
    ways = coarse[few, by_ends[few].argmax(axis=1)]
    near = (ways[:, None] + _fine()).reshape(-1, 3)
    fits = line.take(ruler.pixels(near), mode="clip") @ ruler.weights - _BENT * near[:, 2] ** 2
    by_way = fits.reshape(_CANDIDATES, -1)
    chosen = np.arange(_CANDIDATES) * by_way.shape[1] + by_way.argmax(axis=1)
    return _Candidates(near[chosen], fits[chosen])
