"""Accepting a machine readable zone: names have no check digit, so frames must agree."""

from collections import Counter, deque

from devices.camera.mrz import MrzSighting
from devices.documents.mrz import Mrz

NEEDED = 2
_REMEMBERED = 12
"""Certain sightings that count; a document that was there before them does not."""


class Agreement:
    """Collects certain sightings of one document."""

    def __init__(self) -> None:
        self._seen: deque[Mrz] = deque(maxlen=_REMEMBERED)

    def add(self, sighting: MrzSighting) -> tuple[Mrz, int] | None:
        """Return the zone and how many frames showed it, once enough agree on every line.

        Frames that say something else count against it: each needs one more to outvote it.
        """
        if not sighting.certain or sighting.inspection.mrz is None:
            return None
        self._seen.append(sighting.inspection.mrz)
        votes = Counter(mrz.lines for mrz in self._seen)
        lines, count = votes.most_common(1)[0]
        others = len(self._seen) - count
        if count < NEEDED + others:
            return None
        return next(mrz for mrz in reversed(self._seen) if mrz.lines == lines), count

    def forget(self) -> None:
        """Start over: the document has been taken away."""
        self._seen.clear()
