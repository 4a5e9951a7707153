"""Accepting a machine readable zone: what the pictures of one document say together."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from devices.camera.mrz import MrzSighting
from devices.camera.mrz.certainty import VOTED, doubts
from devices.camera.mrz.decode import Decoded, Scores
from devices.camera.mrz.rules import Mask
from devices.camera.mrz.sighting import Text, text_of
from devices.documents.mrz import Mrz

NEEDED = 2
"""Pictures that must say every line themselves."""

_REMEMBERED = 12
"""Pictures that vote; those before them do not count any more."""
_HEARD = 0.35
"""Share of the frames that are heard, the clearest ones: others were taken while it moved."""
_ALIKE = 0.3
"""Correlation of what frames say: wear and security printing are the same in all of them."""
_LEAST = -8.0
"""No frame rules out a character more than so (log probability): networks can be sure and wrong."""
_CLEAR = 3.0
"""Margin from which on a character is clear in a frame."""
_LEGIBLE = 0.75
"""Share of clear characters from which on a frame has a vote."""
_OTHERWISE = 3
"""Characters that are clearly different in another document. Two cards of one family differ in
a given name, a number or a birth date, and in check digits."""


@dataclass(frozen=True, slots=True, eq=False)
class Vote:
    """What the frames say together."""

    text: Text
    faded: Mask
    """Places that no frame has shown unspoiled."""
    agreeing: int
    """Frames that say every line themselves."""
    against: int
    """Frames that clearly show another character somewhere."""

    @property
    def doubts(self) -> Mask:
        """Places whose character may be another one."""
        return doubts(self.text.decoded, self.faded, VOTED)

    @property
    def agreed(self) -> bool:
        """Whether enough frames say it, and it breaks no rule: all but clear characters."""
        valid = self.text.inspection.valid and not self.faded.any()
        return valid and self.agreeing >= NEEDED + self.against

    @property
    def mrz(self) -> Mrz | None:
        """The zone, when it is accepted."""
        return self.text.inspection.mrz if self.agreed and not self.doubts.any() else None


@dataclass(slots=True, eq=False)
class _Picture:
    """One picture, and how it was read in each of the sizes in which it was shown."""

    original: int | None
    sightings: list[MrzSighting]

    @property
    def clearest(self) -> MrzSighting:
        """What it says: it is one witness, however often it is shown."""
        shape = self.sightings[0].shape
        alike = [sighting for sighting in self.sightings if sighting.shape == shape]
        return max(alike, key=lambda sighting: sighting.clearness)


class Agreement:
    """Collects the sightings of one document, and votes on every character.

    Names have no check digit, so no single frame of a camera is believed. Nor are frames
    independent witnesses: a worn letter looks the same in all of them. So the log probabilities of
    a few, the clearest, count as much as correlated ones do (Kish's effective number of
    observations). Stills, of which there may be but one, are believed alone when they are certain.
    """

    def __init__(self, today: date) -> None:
        self._today = today
        self._pictures: list[_Picture] = []
        self.vote: Vote | None = None
        """What has been said so far."""

    def add(self, sighting: MrzSighting, original: int | None = None) -> tuple[Mrz, int] | None:
        """Return the zone once it is accepted, and how many pictures said all of it themselves.

        A frame of another document starts over. One that is hardly legible has no vote, nor has a
        picture that has been seen already: it is no second opinion.

        Args:
            original: the still that this is a sighting of (`devices.camera.frame.Frame.original`);
                None: a frame of a camera, which is a picture of its own.
        """
        if _clear(sighting.text.decoded, sighting.faded).mean() < _LEGIBLE:
            return None
        still = (p for p in self._pictures if original is not None and p.original == original)
        picture = next(still, None)
        if picture is None and self.vote is not None and _is_another(sighting, self.vote):
            self.forget()
        again = any(np.array_equal(sighting.scores, seen.scores) for seen in self._seen())
        if again and original is None:
            return None
        if not again:
            if picture is None:
                self._pictures.append(_Picture(original, [sighting]))
                del self._pictures[:-_REMEMBERED]
            else:
                picture.sightings.append(sighting)
            self.vote = vote([each.clearest for each in self._pictures], self._today)
        return self._accepted(again=again)

    def forget(self) -> None:
        """Start over: the document has been taken away."""
        self._pictures.clear()
        self.vote = None

    def _accepted(self, *, again: bool) -> tuple[Mrz, int] | None:
        """Return what is believed; `again`: a still is shown again, and was seen in every size."""
        said = self.vote
        if said is None or not (said.mrz is not None or (again and self._stands_alone(said))):
            return None
        mrz = said.text.inspection.mrz
        return None if mrz is None else (mrz, said.agreeing)

    def _seen(self) -> Iterator[MrzSighting]:
        return (sighting for picture in self._pictures for sighting in picture.sightings)

    def _stands_alone(self, said: Vote) -> bool:
        """Tell whether a still is certain of what is said, and nothing speaks against it."""
        lines = said.text.inspection.lines
        certain = any(
            picture.original is not None
            and picture.clearest.certain
            and picture.clearest.lines == lines
            for picture in self._pictures
        )
        denied = any(_denies(sighting, said.text) for sighting in self._seen())
        return certain and not denied


def vote(voters: list[MrzSighting], today: date) -> Vote:
    """Return what sightings of one shape say together; their order does not matter."""
    clearest = sorted(voters, key=_clearness, reverse=True)
    faded = np.stack([voter.faded for voter in clearest])
    scores = np.stack([np.maximum(voter.scores, _LEAST) for voter in clearest])
    text = text_of(_together(scores, faded), voters[0].shape[1], today)
    lines = text.inspection.lines
    return Vote(
        text,
        np.asarray(faded.all(axis=0), np.bool_),
        sum(voter.lines == lines for voter in voters),
        sum(_denies(voter, text) for voter in voters),
    )


def _clearness(voter: MrzSighting) -> tuple[float, float]:
    """Sort frames; those of which everything is very clear too, whatever their order is."""
    return voter.clearness, float(voter.text.decoded.margins.mean())


def _together(scores: Scores, faded: Mask) -> Scores:
    """Return what frames say, the clearest first; of each place those that show it unspoiled."""
    shown = ~faded | faded.all(axis=0)
    most = max(NEEDED, math.ceil(_HEARD * len(scores)))
    heard = shown & (shown.cumsum(axis=0) <= most)
    count = heard.sum(axis=0)
    total = (scores * heard[..., None]).sum(axis=0)
    return np.asarray(total / (1 + (count - 1) * _ALIKE)[:, None], np.float32)


def _clear(decoded: Decoded, faded: Mask) -> Mask:
    return np.asarray((decoded.margins >= _CLEAR) & ~faded, np.bool_)


def _contradicts(sighting: MrzSighting, lines: tuple[str, ...]) -> Mask:
    """Return the places where a sighting clearly shows something else."""
    differs = _letters(sighting.lines) != _letters(lines)
    return np.asarray(differs & _clear(sighting.text.decoded, sighting.faded), np.bool_)


def _denies(sighting: MrzSighting, text: Text) -> bool:
    """Tell whether a sighting clearly shows another text."""
    lines = text.inspection.lines
    return sighting.shape != text.shape or bool(_contradicts(sighting, lines).any())


def _is_another(sighting: MrzSighting, before: Vote) -> bool:
    """Tell whether the sighting is of another document than the one voted on."""
    text = before.text
    if sighting.shape != text.shape:
        return True
    clearly = _contradicts(sighting, text.inspection.lines) & (text.decoded.margins >= _CLEAR)
    return int(clearly.sum()) >= _OTHERWISE


def _letters(lines: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer("".join(lines).encode("ascii"), np.uint8)
